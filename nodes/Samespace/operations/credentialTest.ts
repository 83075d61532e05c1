import type { ICredentialTestFunctions, ICredentialsDecrypted, INodeCredentialTestResult } from 'n8n-workflow';

import { testCredential } from '../transport';

/** The 'Test' of the credential dialog, by the name that a node's `testedBy` gives it. */
export const credentialTest = {
	async samespaceApiTest(
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await testCredential(this, credential.data ?? {}, Date.now());
	},
};

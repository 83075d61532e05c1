import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { signed } from '../nodes/Samespace/transport/signing';
import { timezones } from '../nodes/Samespace/transport/timezones';

/** A Samespace cluster and a key to its reports. */
export class SamespaceApi implements ICredentialType {
	name = 'samespaceApi';

	displayName = 'Samespace API';

	icon: Icon = { light: 'file:../nodes/Samespace/samespace.svg', dark: 'file:../nodes/Samespace/samespace.dark.svg' };

	documentationUrl = 'https://github.com/your-organization/n8n-nodes-samespace#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Cluster ID',
			name: 'clusterId',
			type: 'string',
			default: '',
			placeholder: 'e.g. acme',
			hint: "The first part of your Samespace address: 'acme' for acme.samespace.com. Pasting the whole address works too.",
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			hint: "A key of type 'Voice'. A user with 'Admin' access creates it in the Samespace settings.",
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'options',
			options: timezones.map((name) => ({ name, value: name })),
			default: 'UTC',
			hint: 'The time zone that your Samespace cluster is set to. Times that Samespace sends or expects without an offset are in this zone.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://reports.example.com',
			hint: 'Only for a cluster on its own host. Used instead of the Cluster ID. Must start with https:// (http:// only for localhost; if HTTP_PROXY is set, add the host to NO_PROXY).',
		},
	];

	/** Signs a request, and refuses to sign one that would take the key anywhere but to the cluster. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return signed(credentials, requestOptions);
	}
}

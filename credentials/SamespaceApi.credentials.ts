import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { signed } from '../nodes/Samespace/transport/signing';

/** A Samespace cluster and a key to its reports. */
export class SamespaceApi implements ICredentialType {
	name = 'samespaceApi';

	displayName = 'Samespace API';

	icon: Icon = { light: 'file:../nodes/Samespace/samespace.svg', dark: 'file:../nodes/Samespace/samespace.dark.svg' };

	documentationUrl = 'https://github.com/samespace/n8n-nodes-samespace#make-the-key';

	properties: INodeProperties[] = [
		{
			displayName: 'Cluster ID',
			name: 'clusterId',
			type: 'string',
			default: '',
			placeholder: 'e.g. acme',
			description: "The first part of your Samespace address: 'acme' for acme.samespace.com",
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: "A key of type 'Voice'. A user with 'Admin' access makes it in the settings of Samespace.",
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'string',
			default: 'UTC',
			placeholder: 'e.g. Europe/Berlin',
			description:
				"The time zone of the cluster, as an IANA name. Some reports take and give times without an offset: they are read in this zone.",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://reports.example.com',
			description: 'Only for a cluster on a host of its own: used instead of the Cluster ID. Must begin with https://.',
			hint: 'http:// works for this machine alone. If n8n runs behind HTTP_PROXY, list that host in NO_PROXY, or the proxy sees the key.',
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

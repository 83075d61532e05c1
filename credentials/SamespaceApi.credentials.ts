import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { clusterOf, type SamespaceCredential } from '../nodes/Samespace/transport/cluster';

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
		},
	];

	/** Signs a request, and refuses to sign one that would take the key anywhere but to the cluster. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const credential = credentials as Partial<SamespaceCredential>;
		const cluster = clusterOf(credential);
		if (!cluster.ok) throw new Error(cluster.failure.detail);
		// n8n's HTTP Request node names the address `uri`, and redirects by other names.
		const { url, uri = url, baseURL = cluster.value.origin } = requestOptions as IHttpRequestOptions & { uri?: string };
		if (typeof uri !== 'string' || !URL.canParse(uri, baseURL) || new URL(uri, baseURL).origin !== cluster.value.origin) {
			throw new Error('This Samespace credential is only for requests to its own cluster. Nothing was sent.');
		}
		const noRedirects = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false, maxRedirects: 0 };
		return {
			...requestOptions,
			...noRedirects,
			headers: { ...requestOptions.headers, 'x-api-key': credential.apiKey?.trim() },
		};
	}
}

import type { IHttpRequestOptions } from 'n8n-workflow';

import { addressOn, apiKeyOf, clusterOf, type CredentialFields } from './cluster';

/** Replaced where a request is signed: the key belongs to us, and a foreign `Host` leads to another tenant of a shared front. */
const ownHeaders: ReadonlySet<string> = new Set(['x-api-key', 'host']);

/** No helper of n8n's may follow a redirect: it would take the key along. Its helpers call this by different names. */
const noRedirects = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false, maxRedirects: 0 };

/** The requests of this node carry their own signal here, since n8n replaces `abortSignal` before a request is signed. */
export const requestSignal = Symbol('signal of a Samespace request');

/** A request as n8n's helpers give it: some name the address `url`, some `uri`, and where both are there `url` is sent to. */
export type UnsignedRequest = IHttpRequestOptions & { uri?: unknown; [requestSignal]?: AbortSignal };

/**
 * Signs a request, and refuses to sign one that would take the key anywhere but to the credential's own cluster. The address
 * is parsed once, and what is sent to is what was parsed, by whichever name a helper looks for it.
 *
 * @throws Error in words for whoever made the request, which names neither the address nor the key
 */
export function signed(credential: CredentialFields, request: UnsignedRequest): IHttpRequestOptions {
	const cluster = clusterOf(credential);
	if (!cluster.ok) throw new Error(cluster.failure.detail);
	const { baseURL, url, uri, [requestSignal]: signal, ...rest } = request;
	const address = addressOn(cluster.value.origin, url ?? uri, baseURL ?? undefined);
	if (address === null) throw new Error('This Samespace credential is only for requests to its own cluster. Nothing was sent.');
	const headers = Object.entries(rest.headers ?? {}).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
	return {
		...rest,
		...noRedirects,
		url: address.href,
		uri: address.href,
		...(signal === undefined ? {} : { abortSignal: signal }),
		headers: { ...Object.fromEntries(headers), 'x-api-key': apiKeyOf(credential) },
	} as IHttpRequestOptions;
}

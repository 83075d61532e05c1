import type { IHttpRequestOptions } from 'n8n-workflow';

import { addressOn, apiKeyOf, clusterOf, type CredentialFields } from './cluster';

/** Headers of ours, and those by which a shared front finds another tenant than the address names. */
const ownHeaders: ReadonlySet<string> = new Set(['x-api-key', 'host', ':authority', 'x-forwarded-host', 'x-host', 'forwarded']);

/** No helper of n8n's may follow a redirect: it would take the key along. Its helpers call this by different names. */
const noRedirects = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false, maxRedirects: 0 };

/** The requests of this node carry their own signal here, since n8n replaces `abortSignal` before a request is signed. */
export const requestSignal = Symbol('signal of a Samespace request');

/** A request as n8n's helpers give it: some name the address `url`, some `uri`, and where both are there `url` is sent to. */
export type UnsignedRequest = IHttpRequestOptions & { uri?: unknown; rejectUnauthorized?: unknown; [requestSignal]?: AbortSignal };

/**
 * Signs a request, and refuses to sign one that would take the key anywhere but to the credential's own cluster. The address
 * is parsed once, and what is sent to is what was parsed, by whichever name a helper looks for it. What would lead the connection
 * elsewhere all the same (a proxy, an agent's host, a certificate that nobody checks) is refused: people who may use a
 * shared credential, in the HTTP Request node for one, must not be able to read it.
 *
 * @throws Error that says why, and names neither the address nor the key
 */
export function signed(credential: CredentialFields, request: UnsignedRequest): IHttpRequestOptions {
	const cluster = clusterOf(credential);
	if (!cluster.ok) throw new Error(cluster.failure.detail);
	if (isDiverted(request)) {
		throw new Error("This Samespace credential doesn't sign requests with a proxy or an agent of their own, or without a check of the certificate. Nothing was sent.");
	}
	const { baseURL, url, uri, [requestSignal]: signal, ...rest } = request;
	const address = addressOn(cluster.value.origin, url ?? uri, baseURL ?? undefined);
	if (address === null) throw new Error('This Samespace credential is only for requests to its own cluster. Nothing was sent.');
	const headers = Object.entries(rest.headers ?? {}).filter(([name]) => !ownHeaders.has(name.trim().toLowerCase()));
	return {
		...rest,
		...noRedirects,
		url: address.href,
		uri: address.href,
		...(signal === undefined ? {} : { abortSignal: signal }),
		headers: { ...Object.fromEntries(headers), 'x-api-key': apiKeyOf(credential) },
	} as IHttpRequestOptions;
}

function isDiverted({ proxy, agentOptions, skipSslCertificateValidation, rejectUnauthorized }: UnsignedRequest): boolean {
	const hasAgent = typeof agentOptions === 'object' && agentOptions !== null && Object.keys(agentOptions).length > 0;
	return Boolean(proxy) || hasAgent || Boolean(skipSslCertificateValidation) || rejectUnauthorized === false;
}

import { IANAZone } from 'luxon';

import { failed, success, type Outcome } from '../reading';

/** The credential as filled in. */
export interface SamespaceCredential {
	clusterId: string;
	apiKey: string;
	timezone: string;
	baseUrl: string;
}

/** Where a cluster is, and which clock it keeps. */
export interface Cluster {
	/** Scheme, host and port; no path. */
	origin: string;
	/** IANA name. */
	zone: string;
}

const dnsLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Finds the cluster that a credential means, before anything is sent. Fails as `credential`, naming the field, where the
 * cluster ID is not one DNS label (`evil.example/#` would carry the key elsewhere) or the base URL is neither https nor
 * on this machine.
 */
export function clusterOf(credential: Partial<SamespaceCredential>): Outcome<Cluster> {
	const zone = (credential.timezone ?? '').trim() || 'UTC';
	if (!IANAZone.create(zone).isValid) {
		return failed({ kind: 'credential', detail: `The 'Time Zone' of the credential is no IANA zone such as 'Europe/Berlin': '${zone}'` });
	}
	if (!(credential.apiKey ?? '').trim()) return failed({ kind: 'credential', detail: "The 'API Key' of the credential is empty" });
	const baseUrl = (credential.baseUrl ?? '').trim();
	const origin = baseUrl ? originOfUrl(baseUrl) : originOfId((credential.clusterId ?? '').trim());
	return origin.ok ? success({ origin: origin.value, zone }) : origin;
}

function originOfId(clusterId: string): Outcome<string> {
	if (!clusterId) return failed({ kind: 'credential', detail: "The 'Cluster ID' of the credential is empty" });
	if (!dnsLabel.test(clusterId)) {
		return failed({
			kind: 'credential',
			detail: "The 'Cluster ID' of the credential is only the first part of your Samespace address: 'acme' for acme.samespace.com",
		});
	}
	return success(`https://${clusterId.toLowerCase()}.samespace.com`);
}

function originOfUrl(baseUrl: string): Outcome<string> {
	const url = parseUrl(baseUrl);
	const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopbackHosts.has(url.hostname));
	if (!url || !isSafe || url.username || url.password || url.search || url.hash || url.pathname !== '/') {
		return failed({
			kind: 'credential',
			detail: "The 'Base URL' of the credential must be https:// and a host, without a path (http:// only for this machine)",
		});
	}
	return success(url.origin);
}

function parseUrl(text: string): URL | null {
	return URL.canParse(text) ? new URL(text) : null;
}

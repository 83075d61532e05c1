import { IANAZone } from 'luxon';

/** What a run needs to know. Times are in milliseconds. */
export type Settings = {
	baseUrl: string;
	apiKey: string;
	/** IANA zone in which times without an offset are written. */
	timezone: string;
	/** Between two requests. */
	pauseMs: number;
	/** For one request, to the last byte of its answer. */
	timeoutMs: number;
	/** At least this long lies between the two looks at open logins. */
	betweenLooksMs: number;
	/** Longest `Retry-After` that is waited out. */
	maxRetryAfterMs: number;
	/** Requests in all, tries included. */
	maxRequests: number;
	now: () => number;
};

export const gentle = {
	pauseMs: 250,
	timeoutMs: 60_000,
	betweenLooksMs: 15_000,
	maxRetryAfterMs: 120_000,
	maxRequests: 200,
	now: Date.now,
} as const;

const clusterShape = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const loopback = ['127.0.0.1', 'localhost', '[::1]'];
/** What an HTTP header may hold. fetch would say so too, with the key in its message. */
const headerText = /^[\x21-\x7e]+$/;

type Environment = Record<string, string | undefined>;

/** Reads the settings from environment variables, or says in one sentence what is wrong with them, never their values. */
export function readSettings(environment: Environment): Settings | { problem: string } {
	const text = (name: string): string => (environment[name] ?? '').trim();
	const [cluster, apiKey] = [text('SAMESPACE_CLUSTER_ID'), text('SAMESPACE_API_KEY')];
	const given = text('SAMESPACE_BASE_URL');
	const timezone = text('SAMESPACE_TIMEZONE') || 'UTC';
	if (given === '' && cluster === '') return { problem: "Set SAMESPACE_CLUSTER_ID: 'acme' for acme.samespace.com" };
	if (given === '' && !clusterShape.test(cluster)) {
		return { problem: "SAMESPACE_CLUSTER_ID isn't a cluster id: expected letters, digits and hyphens, such as 'acme'" };
	}
	if (apiKey === '') return { problem: "Set SAMESPACE_API_KEY: a key of type 'Voice'" };
	if (!headerText.test(apiKey)) return { problem: "SAMESPACE_API_KEY has characters that a key can't have, such as spaces" };
	if (!IANAZone.isValidZone(timezone)) return { problem: "SAMESPACE_TIMEZONE isn't an IANA zone such as 'Europe/Berlin'" };
	const baseUrl = given === '' ? `https://${cluster}.samespace.com` : originOf(given);
	if (baseUrl === undefined) {
		return { problem: 'SAMESPACE_BASE_URL must be an https address without a path or password; http is for this machine only' };
	}
	return { ...gentle, baseUrl, apiKey, timezone };
}

function originOf(text: string): string | undefined {
	if (!URL.canParse(text)) return undefined;
	const { protocol, hostname, pathname, search, hash, username, password, origin } = new URL(text);
	if (`${username}${password}${search}${hash}` !== '' || pathname !== '/') return undefined;
	if (protocol === 'https:') return origin;
	return protocol === 'http:' && loopback.includes(hostname) ? origin : undefined;
}

import { IANAZone } from 'luxon';

import { failed, success, type Outcome } from '../reading';

/** The credential as filled in. */
export interface SamespaceCredential {
	clusterId: string;
	apiKey: string;
	timezone: string;
	baseUrl: string;
}

/** Where a cluster is, how it is asked, and which clock it keeps. */
export interface Cluster {
	/** Fit to be sent in a header. */
	apiKey: string;
	/** Scheme, host and port; no path. */
	origin: string;
	/** IANA name. */
	zone: string;
	/** What signs its requests. */
	credential: CredentialFields;
}

/** The fields of a credential as n8n gives them: anything, since an expression or an import may have filled them in. */
export type CredentialFields = { readonly [Field in keyof SamespaceCredential]?: unknown };

const longestField = 300;
/** As people copy it out of their browser. */
const longestAddress = 4_000;
/** Some keys are tokens of a kilobyte. */
const longestKey = 4_000;
const dnsLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
/** What HTTP sends in a header as it is. Everything else is dropped or refused on the way: another key would arrive. */
const headerText = /^[\x20-\x7e\xa0-\xff]+$/;
const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const labels: { readonly [Field in keyof SamespaceCredential]: string } = {
	clusterId: 'Cluster ID',
	apiKey: 'API Key',
	timezone: 'Time Zone',
	baseUrl: 'Base URL',
};

/** The key as it is sent; empty where there is none that could be. */
export function apiKeyOf(credential: CredentialFields): string {
	return textIn(credential, 'apiKey') ?? '';
}

/**
 * Finds the cluster that a credential means, before anything is sent. Fails as `credential`, naming the field, where the
 * cluster ID is not one DNS label (`evil.example/#` would carry the key elsewhere), the base URL is neither https nor
 * on this machine, or the key can't be sent.
 */
export function clusterOf(credential: CredentialFields): Outcome<Cluster> {
	for (const field of Object.keys(labels) as Array<keyof SamespaceCredential>) {
		if (textIn(credential, field) === null) return refused(field, `must be text of at most ${longestOf(field).toLocaleString('en')} characters`);
	}
	const zone = textIn(credential, 'timezone') || 'UTC';
	if (!isZone(zone)) return refused('timezone', `isn't an IANA time zone such as 'Europe/Berlin': '${zone.slice(0, 40)}'`);
	const apiKey = apiKeyOf(credential);
	if (!apiKey) return refused('apiKey', 'is empty');
	if (!headerText.test(apiKey)) return refused('apiKey', "has a character that can't be sent in an HTTP header. Copy the key from Samespace again");
	const baseUrl = textIn(credential, 'baseUrl');
	const origin = baseUrl ? originOfUrl(baseUrl) : originOfId(textIn(credential, 'clusterId') ?? '');
	return origin.ok ? success({ apiKey, origin: origin.value, zone, credential }) : origin;
}

/**
 * An address on the cluster, absolute or as a path, parsed once; null for every other. What is sent to must be this URL's
 * `href`: `https:evil.example` and `//evil.example` are other hosts, and `blob:` addresses share the origin of their inside.
 */
export function addressOn(origin: string, entered: unknown, base: unknown = origin): URL | null {
	if (typeof entered !== 'string' || typeof base !== 'string') return null;
	const url = URL.canParse(entered) ? new URL(entered) : URL.canParse(entered, base) ? new URL(entered, base) : null;
	const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
	return url && isHttp && url.origin === origin && !url.username && !url.password ? url : null;
}

let asked = { zone: 'UTC', isValid: true };

/** Each request asks again, nearly always for the same zone: it is looked up once. */
function isZone(zone: string): boolean {
	if (zone !== asked.zone) asked = { zone, isValid: IANAZone.isValidZone(zone) };
	return asked.isValid;
}

/** A field's text, trimmed; empty where it is left out, null where it is anything but text or is too long. */
function textIn(credential: CredentialFields, field: keyof SamespaceCredential): string | null {
	const value = Object.hasOwn(credential, field) ? credential[field] : undefined;
	if (value === undefined || value === null) return '';
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.length <= longestOf(field) ? value.trim() : null;
}

function longestOf(field: keyof SamespaceCredential): number {
	return field === 'apiKey' ? longestKey : field === 'clusterId' ? longestAddress : longestField;
}

/** The address of a cluster as people copy it out of their browser: what stands before it, and the path behind it. */
const pastedAddress = /^(?:https?:\/\/)?([a-z0-9-]{1,63})\.samespace\.com(?::443)?(?:[/?#][^]*)?$/i;

function originOfId(entered: string): Outcome<string> {
	if (!entered) return refused('clusterId', 'is empty');
	const clusterId = pastedAddress.exec(entered)?.[1] ?? entered;
	if (!dnsLabel.test(clusterId)) return refused('clusterId', "must be the first part of your Samespace address: 'acme' for acme.samespace.com");
	return success(`https://${clusterId.toLowerCase()}.samespace.com`);
}

function originOfUrl(baseUrl: string): Outcome<string> {
	const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
	const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopbackHosts.has(url.hostname));
	if (!url || !isSafe || url.username || url.password || url.search || url.hash || url.pathname !== '/') {
		return refused('baseUrl', 'must be https:// and a host, without a path (http:// only for localhost)');
	}
	return success(url.origin);
}

function refused(field: keyof SamespaceCredential, why: string): Outcome<never> {
	return failed({ kind: 'credential', detail: `The '${labels[field]}' of the credential ${why}` });
}

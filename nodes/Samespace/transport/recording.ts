import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { failed, success, type Failure, type Outcome } from '../reading';
import { isSuccess, judgeAnswer } from './answers/answer';
import { isStream, onArrival, type BodyStream } from './answers/stream';
import { addressOn, type CredentialFields } from './cluster';
import { explain, type Explanation } from './explain';
import { Lease } from './lease';
import { withoutKey } from './redact';
import { send, sendUnsigned, type OpenAnswer } from './samespace';

/** A recording that is about to flow. */
export interface RecordingStream {
	stream: BodyStream;
	fileName: string;
	mimeType: string;
	/** Ends it once it is stored, or where it can't be. */
	lease: Lease;
}

/** What a recording is asked for by. */
export interface RecordingRequest {
	/** On the cluster; see `addressOn`. */
	url: string;
	/** Of the cluster. */
	origin: string;
	apiKey: string;
	/** Signs what goes to the cluster. */
	credential: CredentialFields;
	/** How long the cluster may take to begin, and how long the stream may then be silent. */
	timeoutMs: number;
	/** Ends the download. */
	signal?: AbortSignal;
}

/** What recordings are, and what their files end in. Anything else, above all what a browser would run, isn't taken for one. */
const extensions: ReadonlyMap<string, string> = new Map([
	['audio/wav', 'wav'],
	['audio/x-wav', 'wav'],
	['audio/wave', 'wav'],
	['audio/vnd.wave', 'wav'],
	['audio/mpeg', 'mp3'],
	['audio/mp3', 'mp3'],
	['audio/ogg', 'ogg'],
	['application/ogg', 'ogg'],
	['audio/opus', 'opus'],
	['audio/mp4', 'm4a'],
	['audio/x-m4a', 'm4a'],
	['audio/aac', 'aac'],
	['audio/webm', 'webm'],
	['audio/flac', 'flac'],
	['audio/basic', 'au'],
	['audio/amr', 'amr'],
	['audio/gsm', 'gsm'],
	['audio/aiff', 'aiff'],
	['audio/3gpp', '3gp'],
	['video/mp4', 'mp4'],
	['video/webm', 'webm'],
	['video/quicktime', 'mov'],
	['video/x-matroska', 'mkv'],
	['video/3gpp', '3gp'],
]);
/** The type that stands first for an ending. */
const typesByEnding: ReadonlyMap<string, string> = new Map(Array.from(extensions, ([type, ending]) => [ending, type] as const).reverse());
/** What is surely no recording, whatever a store says that doesn't know better. */
const endingsOfOthers: ReadonlySet<string> = new Set(['html', 'htm', 'xml', 'json', 'csv', 'txt', 'pdf', 'zip', 'gz', 'js', 'exe']);
/** What stores say that don't know better: the name's ending then decides. */
const unknownTypes: ReadonlySet<string> = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'application/x-octet-stream']);
const audioType = /^audio\/[a-z0-9][a-z0-9.+-]{0,50}$/;

const mostRedirects = 5;
const longestName = 100;

/**
 * Asks for a recording, once. Redirects within the cluster are followed with the key; where one leads elsewhere, it is followed
 * once, over https and without the key. Fails as `redirect` where that leads on; as `unexpected` where what comes isn't audio.
 * Never throws.
 */
export async function openRecording(context: IExecuteFunctions, request: RecordingRequest): Promise<Outcome<RecordingStream>> {
	let at = request.url;
	for (let redirects = 0; ; redirects += 1) {
		const opened = await openAt(context, at, { ...request, mayRedirect: redirects < mostRedirects });
		if (!opened.ok) return opened;
		if ('stream' in opened.value) return success(opened.value);
		at = opened.value.redirectTo;
	}
}

interface Hop extends RecordingRequest {
	mayRedirect: boolean;
}

type Opened = Outcome<RecordingStream | { redirectTo: string }>;

/** One request of a download. Its connection stays open only where the recording comes through it. */
async function openAt(context: IExecuteFunctions, at: string, hop: Hop): Promise<Opened> {
	const lease = new Lease(hop.timeoutMs, hop.signal);
	const isOwn = addressOn(hop.origin, at) !== null;
	const answer = isOwn ? await send(context, { credential: hop.credential, lease }, requestFor(at)) : await sendUnsigned(context, lease, requestFor(at));
	const opened = answer.ok ? judged(answer.value, at, { ...hop, mayRedirect: hop.mayRedirect && isOwn }, lease) : answer;
	if (!opened.ok || 'redirectTo' in opened.value) lease.end();
	return opened.ok || isOwn ? opened : failed({ ...opened.failure, elsewhere: true });
}

function judged(answer: OpenAnswer, at: string, hop: Hop, lease: Lease): Opened {
	const redirectTo = hop.mayRedirect ? redirectOf(answer, at) : null;
	if (redirectTo !== null) return success({ redirectTo });
	if (!isSuccess(answer)) return judgeAnswer(answer, '', Date.now());
	const { body, headers } = answer;
	const sentType = textOf(headers['content-type']).split(';')[0].trim().toLowerCase();
	const name = nameOf(hop, textOf(headers['content-disposition']));
	const mimeType = unknownTypes.has(sentType) ? (typesByEnding.get(name.ending) ?? 'audio/wav') : sentType;
	const isAudio = (extensions.has(mimeType) || audioType.test(mimeType)) && !(unknownTypes.has(sentType) && endingsOfOthers.has(name.ending));
	if (!isStream(body) || !isAudio || withoutKey(mimeType, hop.apiKey) !== mimeType) return failed({ kind: 'unexpected', detail: shownType(sentType) });
	lease.renew();
	onArrival(body, () => lease.renew());
	return success({ stream: body, mimeType, fileName: `${name.stem}.${extensions.get(mimeType) ?? 'audio'}`, lease });
}

function requestFor(url: string): IHttpRequestOptions {
	return { method: 'GET', url, headers: { Accept: 'audio/*, */*' } };
}

/** Where a redirect leads: to the cluster, or to an https address. It may hold a signature: it is never shown. */
function redirectOf({ status, headers: { location } }: OpenAnswer, from: string): string | null {
	if (status < 300 || status >= 400 || typeof location !== 'string' || !URL.canParse(location, from)) return null;
	const url = new URL(location, from);
	const isSafe = url.protocol === 'https:' || addressOn(new URL(from).origin, url.href) !== null;
	return isSafe && !url.username && !url.password ? url.href : null;
}

/** What needs no other words because the recording is kept elsewhere. */
const aboutContent: ReadonlySet<Failure['kind']> = new Set(['redirect', 'unexpected', 'stopped']);

/** Puts the failure of a download into words. */
export function explainRecording(failure: Failure): Explanation {
	const { kind, status, detail, elsewhere } = failure;
	if (elsewhere && !aboutContent.has(kind)) {
		return {
			title: "The recording couldn't be downloaded from where Samespace stores it",
			advice: `Samespace redirected to an address outside the cluster, which failed (${status === undefined ? (detail ?? kind) : `status ${status}`}). Run it again to get a new address.`,
		};
	}
	if (status === 404) return { title: "This recording doesn't exist", advice: "Check that 'Recording URL' is the 'recording_url' of a call of this cluster (status 404)." };
	if (status === 410) return { title: 'The recording has expired', advice: 'Samespace has deleted it (status 410).' };
	if (status === 401 || status === 403) {
		return {
			title: 'Samespace refused the recording',
			advice: `The API key may not be allowed to download recordings. Use a key of type 'Voice' that a user with 'Admin' access created (status ${status}).`,
		};
	}
	if (kind === 'redirect') {
		return { title: "Samespace stores this recording at an address that can't be used", advice: `The redirect wasn't followed (status ${status}) because its target isn't an https address or redirects again.` };
	}
	if (kind === 'timeout') return { title: 'The recording stopped arriving', advice: 'Nothing arrived for a minute. Run it again.' };
	if (kind === 'unexpected') return { title: "Samespace's response isn't a recording", advice: `It sent ${detail}. Check the 'Recording URL'.` };
	if (status === 400 || status === 422) return { title: 'Samespace refused the recording', advice: `Check the 'Recording URL' (status ${status}).` };
	if (status === 429) return { title: 'Samespace is limiting requests', advice: 'Run it again later (status 429).' };
	return explain(failure);
}

/** A type to show: what a server puts there may be anything. */
function shownType(sentType: string): string {
	return /^[a-z]{1,20}\/[a-z0-9.+-]{1,50}$/.test(sentType) ? sentType : 'content of an unknown type';
}

/** The name that the cluster gives, else the end of the address: never a path. Its ending is known apart from it. */
function nameOf({ url, apiKey }: RecordingRequest, disposition: string): { stem: string; ending: string } {
	const header = disposition.slice(0, 1000);
	const given = (/filename="([^"]{1,300})/i.exec(header) ?? /filename=([^";]{1,300})/i.exec(header))?.[1];
	const named = given ?? new URL(url).pathname.split('/').filter(Boolean).slice(-2).join('-');
	const safe = (withoutKey(named, apiKey) === named ? named : 'recording').replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^[._]+/, '');
	const ending = /\.([a-z0-9]{1,5})$/i.exec(safe);
	const stem = (ending ? safe.slice(0, ending.index) : safe).slice(0, longestName) || 'recording';
	return { stem, ending: ending?.[1].toLowerCase() ?? '' };
}

function textOf(header: unknown): string {
	return typeof header === 'string' ? header : '';
}

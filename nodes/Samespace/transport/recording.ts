import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { failed, success, type Failure, type Outcome } from '../reading';
import { judged, type HttpAnswer } from './answer';
import { explain, type Explanation } from './explain';
import { send, sendUnsigned } from './samespace';
import { discard, type BodyStream } from './stream';

/** A recording that is about to flow. */
export interface RecordingStream {
	stream: BodyStream;
	fileName: string;
	mimeType: string;
}

const audioTypes: { [mimeType: string]: string } = {
	'audio/wav': 'wav',
	'audio/x-wav': 'wav',
	'audio/wave': 'wav',
	'audio/mpeg': 'mp3',
	'audio/mp3': 'mp3',
	'audio/ogg': 'ogg',
	'audio/mp4': 'm4a',
	'audio/webm': 'webm',
};

/**
 * Asks for a recording, once. Where the cluster says that it lies elsewhere, it is fetched from there without the key.
 * Fails as `redirect` where that is not an https address, or leads on; as `unexpected` where what comes is a page or JSON.
 * Never throws.
 */
export async function openRecording(
	context: IExecuteFunctions,
	{ url, timeoutMs }: { url: string; timeoutMs: number },
): Promise<Outcome<RecordingStream>> {
	const asked: IHttpRequestOptions = { method: 'GET', url, headers: { Accept: 'audio/*, */*' }, encoding: 'stream', json: false, timeout: timeoutMs };
	const answer = await askThereOrElsewhere(context, asked);
	if (!answer.ok) return answer;
	const stream = answer.value.body as BodyStream;
	const sentType = String(answer.value.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
	if (sentType === 'text/html' || sentType === 'application/json') {
		discard(stream);
		return failed({ kind: 'unexpected', detail: sentType });
	}
	const mimeType = sentType === '' || sentType.endsWith('/octet-stream') ? 'audio/wav' : sentType;
	return success({ stream, mimeType, fileName: fileNameOf(url, answer.value.headers, mimeType) });
}

async function askThereOrElsewhere(context: IExecuteFunctions, asked: IHttpRequestOptions): Promise<Outcome<HttpAnswer>> {
	const answer = await send(context, asked);
	const elsewhere = answer.ok ? redirectOf(answer.value, asked.url) : null;
	if (!answer.ok || elsewhere === null) return judged(answer);
	discard(answer.value.body);
	const there = judged(await sendUnsigned(context, { ...asked, url: elsewhere }));
	return there.ok ? there : failed({ ...there.failure, elsewhere: true });
}

/** Where a redirect leads, if that is an https address. It may hold a signature: it is never shown. */
function redirectOf({ status, headers: { location } }: HttpAnswer, from: string): string | null {
	if (status < 300 || status >= 400 || typeof location !== 'string' || !URL.canParse(location, from)) return null;
	const url = new URL(location, from);
	return url.protocol === 'https:' && !url.username && !url.password ? url.href : null;
}

/** Puts the failure of a download into words. */
export function explainRecording(failure: Failure): Explanation {
	const { kind, status, detail, elsewhere } = failure;
	if (elsewhere && kind !== 'redirect' && kind !== 'stopped') {
		return {
			title: 'The recording could not be fetched from where Samespace keeps it',
			advice: `Samespace named an address outside the cluster, which failed (${status === undefined ? (detail ?? kind) : `status ${status}`}). Run it again: it then names the address anew.`,
		};
	}
	if (status === 404) return { title: 'There is no such recording', advice: "Check that 'Recording URL' is the 'recording_url' of a call of this cluster (status 404)." };
	if (status === 410) return { title: 'The recording has expired', advice: 'Samespace no longer keeps it (status 410).' };
	if (status === 401 || status === 403) {
		return {
			title: 'Samespace refused the recording',
			advice: `The API key may not be allowed to download recordings. Use a key of type 'Voice', made by a user with 'Admin' access (status ${status}).`,
		};
	}
	if (kind === 'redirect') {
		return { title: 'Samespace keeps this recording at another address', advice: `That is no https address, or leads on to another one (status ${status}). It was not followed.` };
	}
	if (kind === 'unexpected') return { title: 'Samespace answered with something that is not a recording', advice: `It sent ${failure.detail}. Check the 'Recording URL'.` };
	return explain(failure);
}

/** The name that the cluster gives, else the address without its path. Never a path of its own. */
function fileNameOf(url: string, headers: { [name: string]: unknown }, mimeType: string): string {
	const given = /filename="?([^";]+)"?/i.exec(String(headers['content-disposition'] ?? ''))?.[1];
	const extension = audioTypes[mimeType] ?? 'bin';
	const name = given ?? new URL(url).pathname.split('/').filter(Boolean).slice(-2).join('-');
	const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, '_');
	return /\.[a-z0-9]{2,4}$/i.test(safe) ? safe : `${safe}.${extension}`;
}

import type { IExecuteFunctions } from 'n8n-workflow';

import { failed, success, type Failure, type Outcome } from '../reading';
import { explain, type Explanation } from './explain';
import { send } from './samespace';

/** A recording that is about to flow. */
export interface RecordingStream {
	stream: NodeJS.ReadableStream & { destroy(): void };
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

/** Asks for a recording, once. Fails as `unexpected` where what comes is a page or JSON. Never throws. */
export async function openRecording(
	context: IExecuteFunctions,
	{ url, timeoutMs }: { url: string; timeoutMs: number },
): Promise<Outcome<RecordingStream>> {
	const answer = await send(context, { timeoutMs }, { method: 'GET', url, headers: { Accept: 'audio/*, */*' }, encoding: 'stream', json: false });
	if (!answer.ok) return answer;
	const stream = answer.value.body as RecordingStream['stream'];
	const sentType = String(answer.value.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
	if (sentType === 'text/html' || sentType === 'application/json') {
		stream.destroy();
		return failed({ kind: 'unexpected', detail: sentType });
	}
	const mimeType = sentType === '' || sentType === 'application/octet-stream' ? 'audio/wav' : sentType;
	return success({ stream, mimeType, fileName: fileNameOf(url, answer.value.headers, mimeType) });
}

/** Puts the failure of a download into words. */
export function explainRecording(failure: Failure): Explanation {
	const { kind, status } = failure;
	if (status === 404) return { title: 'There is no such recording', advice: "Check that 'Recording URL' is the 'recording_url' of a call of this cluster (status 404)." };
	if (status === 410) return { title: 'The recording has expired', advice: 'Samespace no longer keeps it (status 410).' };
	if (status === 401 || status === 403) {
		return {
			title: 'Samespace refused the recording',
			advice: `The API key may not be allowed to download recordings. Use a key of type 'Voice', made by a user with 'Admin' access (status ${status}).`,
		};
	}
	if (kind === 'redirect') {
		return { title: 'Samespace keeps this recording at another address', advice: `It was not followed (status ${status}), since that would take the API key along.` };
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

import type { ErrorBody } from '../switches.ts';

/** What goes out, its body in pieces so that a recording need not be held whole. */
export type Reply = {
	status: number;
	headers: Record<string, string>;
	length: number;
	pieces: () => Iterable<Buffer>;
	/** Milliseconds that making it takes, beside the latency of every answer. */
	takesMs?: number;
};

export const jsonType = 'application/json; charset=utf-8';

/** A reply of one piece. */
export function replyOf(status: number, contentType: string, body: string | Buffer): Reply {
	const bytes = typeof body === 'string' ? Buffer.from(body) : body;
	return { status, headers: { 'content-type': contentType }, length: bytes.length, pieces: () => [bytes] };
}

/** An error in one of the styles an error may have (U11). */
export function errorReply(
	status: number,
	message: string,
	style: ErrorBody,
	headers: Record<string, string> = {},
): Reply {
	const reply = errorBody(status, message, style);
	return { ...reply, headers: { ...reply.headers, ...headers } };
}

function errorBody(status: number, message: string, style: ErrorBody): Reply {
	switch (style) {
		case 'jsonMessage':
			return replyOf(status, jsonType, JSON.stringify({ message }));
		case 'jsonError':
			return replyOf(status, jsonType, JSON.stringify({ error: message }));
		case 'text':
			return replyOf(status, 'text/plain; charset=utf-8', message);
		case 'html':
			return replyOf(status, 'text/html', `<html><head><title>${status}</title></head><body>${message}</body></html>`);
		case 'empty':
			return replyOf(status, 'text/plain', '');
	}
}

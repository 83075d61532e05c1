/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { gzipSync } from 'node:zlib';
import type { ErrorBody } from '../switches.ts';
import { faultOf, hasFault } from './fault.ts';
import type { ErrorShape, Fault } from './fault.ts';
import { errorReply, jsonType, replyOf } from './reply.ts';
import type { Reply } from './reply.ts';

/** The reply that a fault gives instead of any answer, if one does. */
export function replyInstead(faults: readonly Fault[], style: ErrorBody): Reply | undefined {
	const status = faultOf(faults, 'status');
	if (status) {
		const headers: Record<string, string> = status.retryAfter === undefined ? {} : { 'retry-after': status.retryAfter };
		return errorReply(status.status, status.message ?? `fault ${status.status}`, status.errorBody ?? style, headers);
	}
	const redirect = faultOf(faults, 'redirect');
	if (redirect) return errorReply(redirect.status ?? 302, 'Moved', style, { location: redirect.url });
	if (hasFault(faults, 'html200'))
		return replyOf(200, 'text/html', '<!doctype html><html><body>Please log in</body></html>');
	const error = faultOf(faults, 'error200');
	return error && replyOf(200, jsonType, JSON.stringify(errorShapes[error.shape ?? 'code'](error.message)));
}

const errorShapes: Record<ErrorShape, (message?: string) => object> = {
	code: (message = 'Internal error') => ({ code: 500, message, data: null }),
	status: (message = 'Query timed out') => ({ status: 'error', message, data: [] }),
	error: (message = 'Internal error') => ({ error: message }),
	errorObject: (message = 'Internal error') => ({ error: { message } }),
};

/** The reply with what faults do to its bytes; the HTTP around them stays valid. */
export function disturbedReply(reply: Reply, faults: readonly Fault[]): Reply {
	if (hasFault(faults, 'emptyBody')) return withBody(reply, Buffer.alloc(0));
	if (hasFault(faults, 'truncatedJson')) {
		const bytes = whole(reply);
		return withBody(reply, bytes.subarray(0, Math.max(1, Math.floor(bytes.length * 0.6))));
	}
	if (hasFault(faults, 'wrongContentType'))
		return { ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } };
	if (hasFault(faults, 'gzip')) {
		const headers = { ...reply.headers, 'content-encoding': 'gzip' };
		return { ...withBody(reply, gzipSync(whole(reply))), headers };
	}
	return reply;
}

function whole(reply: Reply): Buffer {
	return Buffer.concat([...reply.pieces()]);
}

function withBody(reply: Reply, bytes: Buffer): Reply {
	return { ...reply, length: bytes.length, pieces: () => [bytes] };
}

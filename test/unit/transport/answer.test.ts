/* eslint-disable @n8n/community-nodes/no-restricted-imports -- answers may be streams */
import { once } from 'node:events';
import { Readable } from 'node:stream';

import { judgeAnswer, judgeFault } from '../../../nodes/Samespace/transport/answer';

const now = Date.parse('2026-03-01T12:00:00Z');

function judged(status: number, body: unknown = {}, headers: { [name: string]: unknown } = {}): unknown {
	const outcome = judgeAnswer({ status, headers, body }, now);
	return outcome.ok ? outcome.value.body : outcome.failure;
}

describe('an answer', () => {
	it.each([200, 201, 204, 299])('of status %i is its body', (status) => {
		expect(judged(status, { total: 1 })).toEqual({ total: 1 });
	});

	it.each([300, 301, 302, 303, 304, 307, 308, 399])('of status %i is a redirect that is not followed', (status) => {
		expect(judged(status, 'moved', { location: 'https://evil.example/' })).toEqual({ kind: 'redirect', status });
	});

	it.each([400, 401, 404, 429, 500, 503, 599])('of status %i is a failure with that status', (status) => {
		expect(judged(status)).toMatchObject({ kind: 'status', status });
	});

	it('says how long to wait', () => {
		expect(judged(429, {}, { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7000 });
		expect(judged(503, {}, { 'retry-after': 'Sun, 01 Mar 2026 12:00:30 GMT' })).toMatchObject({ retryAfterMs: 30_000 });
		expect(judged(503, {}, {})).toMatchObject({ retryAfterMs: undefined });
	});

	it.each([
		[{ message: 'too long' }, 'too long'],
		[{ error: 'too long' }, 'too long'],
		[{ error: { message: 'too long' } }, 'too long'],
		[{ message: '', error: 'too long' }, 'too long'],
		[{ message: 7, error: null, code: 4 }, '{"message":7,"error":null,"code":4}'],
		['too long', 'too long'],
		[' too long\n', 'too long'],
		['<!doctype html><html>', undefined],
		['', undefined],
		[{}, undefined],
		[null, 'null'],
		['x'.repeat(500), 'x'.repeat(200)],
		[{ message: 'x'.repeat(500) }, 'x'.repeat(200)],
	])('tells with %j what the API said', (body, detail) => {
		expect(judged(400, body)).toMatchObject({ detail });
	});

	it('that is a stream is closed where it is none that was wanted', async () => {
		const stream = Readable.from(['not ', 'this']);
		const closed = once(stream, 'close');
		judged(404, stream);
		await closed;
		expect(stream.readableEnded).toBe(false);
	});
});

describe('a fault', () => {
	it.each([
		['ENOTFOUND', 'unknownHost'],
		['ECONNABORTED', 'timeout'],
		['ETIMEDOUT', 'timeout'],
		['ESOCKETTIMEDOUT', 'timeout'],
		['ERR_CANCELED', 'stopped'],
		['CERT_HAS_EXPIRED', 'untrusted'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
		['EPROTO', 'untrusted'],
		['ECONNREFUSED', 'network'],
		['ECONNRESET', 'network'],
		['EPIPE', 'network'],
		['EAI_AGAIN', 'network'],
		['EHOSTUNREACH', 'network'],
	])('of code %s is of the kind %s, however deep n8n has wrapped it', (code, kind) => {
		const fault = Object.assign(new Error('x'), { code });
		for (const wrapped of [fault, new Error('outer', { cause: fault }), new Error('a', { cause: new Error('b', { cause: fault }) })]) {
			expect(judgeFault(wrapped).kind).toBe(kind);
		}
	});

	it.each([
		[new Error('socket hang up'), 'socket hang up'],
		['text', 'no answer'],
		[null, 'no answer'],
		[undefined, 'no answer'],
	])('without a code is one of the network: %p', (fault, detail) => {
		expect(judgeFault(fault)).toEqual({ kind: 'network', detail });
	});

	it('whose causes go round in circles is one of the network', () => {
		const fault: Error & { cause?: unknown } = new Error('round');
		fault.cause = fault;
		expect(judgeFault(fault)).toEqual({ kind: 'network', detail: 'round' });
	});
});

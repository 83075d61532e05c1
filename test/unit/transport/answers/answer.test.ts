import { isSuccess, judgeAnswer, judgeFault } from '../../../../nodes/Samespace/transport/answers/answer';

const now = Date.parse('2026-03-01T12:00:00Z');

function judged(status: number, body: unknown = {}, headers: { [name: string]: unknown } = {}): unknown {
	return judgeAnswer({ status, headers }, typeof body === 'string' ? body : JSON.stringify(body), now).failure;
}

describe('an answer', () => {
	it.each([200, 201, 204, 299])('of status %i is a success', (status) => {
		expect(isSuccess({ status, headers: {} })).toBe(true);
	});

	it.each([300, 301, 302, 303, 304, 307, 308, 399])('of status %i is a redirect that is not followed', (status) => {
		expect(isSuccess({ status, headers: {} })).toBe(false);
		expect(judged(status, 'moved', { location: 'https://evil.example/' })).toEqual({ kind: 'redirect', status });
	});

	it.each([400, 401, 404, 429, 500, 503, 599])('of status %i is a failure with that status', (status) => {
		expect(isSuccess({ status, headers: {} })).toBe(false);
		expect(judged(status)).toMatchObject({ kind: 'status', status });
	});

	it('says how long to wait', () => {
		expect(judged(429, {}, { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7000 });
		expect(judged(503, {}, { 'retry-after': 'Sun, 01 Mar 2026 12:00:30 GMT' })).toMatchObject({ retryAfterMs: 30_000 });
		expect(judged(503, {}, {})).toMatchObject({ retryAfterMs: undefined });
	});

	it.each([
		[{ message: 'too long' }, 'too long'],
		['too long', 'too long'],
		[' too long\n', 'too long'],
		['<!doctype html><html>', undefined],
		[{ caller: '+918530610172' }, undefined],
	])('tells with %j what the API said', (body, said) => {
		expect(judged(400, body)).toMatchObject({ said });
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
	])('without a code is one of the network: %p', (fault, said) => {
		expect(judgeFault(fault)).toEqual({ kind: 'network', said });
	});

	it('whose causes go round in circles is one of the network', () => {
		const fault: Error & { cause?: unknown } = new Error('round');
		fault.cause = fault;
		expect(judgeFault(fault)).toEqual({ kind: 'network', said: 'round' });
	});

	it('is a timeout if the request took too long, and a stop if the user stopped it, whatever the code', () => {
		const fault = Object.assign(new Error('x'), { code: 'ERR_CANCELED' });
		expect(judgeFault(fault, { endedBy: 'limit' }).kind).toBe('timeout');
		expect(judgeFault(new Error('aborted'), { endedBy: 'stop' }).kind).toBe('stopped');
		expect(judgeFault(fault, { endedBy: null }).kind).toBe('stopped');
	});
});

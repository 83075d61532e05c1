import * as fc from 'fast-check';

import type { Failure, FailureKind } from '../../../nodes/Samespace/reading';
import { explain, withoutKey } from '../../../nodes/Samespace/transport';

/** Each kind once, so that a new one cannot be forgotten here. */
const failures: { [Kind in FailureKind]: Failure } = {
	credential: { kind: 'credential', detail: "The 'Cluster ID' of the credential is empty" },
	network: { kind: 'network', detail: 'ECONNRESET' },
	timeout: { kind: 'timeout', detail: 'ETIMEDOUT' },
	unknownHost: { kind: 'unknownHost', detail: 'ENOTFOUND' },
	untrusted: { kind: 'untrusted', detail: 'CERT_HAS_EXPIRED' },
	unreadable: { kind: 'unreadable', detail: '<html>' },
	unexpected: { kind: 'unexpected', detail: '{"a":1}' },
	status: { kind: 'status', status: 500 },
	redirect: { kind: 'redirect', status: 302 },
	incomplete: { kind: 'incomplete', window: { start: 0, end: 60_000 }, expected: 7, received: 5 },
	skipIgnored: { kind: 'skipIgnored', window: { start: 0, end: 60_000 }, expected: null, received: 5 },
	stopped: { kind: 'stopped' },
};

const statuses = [400, 401, 403, 404, 408, 413, 422, 425, 429, 500, 501, 502, 503, 504];

describe('an explanation', () => {
	it.each(Object.values(failures))('of $kind says what happened and what to do', (failure) => {
		const { title, advice } = explain(failure);
		expect(title).toMatch(/^[A-Z].{15,}[^.]$/);
		expect(advice).toMatch(/^[A-Z].{15,}\.$/s);
		expect(title + advice).not.toMatch(/undefined|null|NaN|\[object/);
	});

	it.each(statuses)('of status %i names it, and what the API said', (status) => {
		const { title, advice } = explain({ kind: 'status', status, detail: 'these are its words' });
		expect(title + advice).toContain(`status ${status}`);
		expect(title + advice).toContain('these are its words');
		expect(`${explain({ kind: 'status', status }).title}${explain({ kind: 'status', status }).advice}`).not.toMatch(/undefined|said/);
	});

	it('says how often it was tried, if more than once', () => {
		expect(explain({ ...failures.network, attempts: 6 }).advice).toContain('It was tried 6 times.');
		expect(explain({ ...failures.network, attempts: 1 }).advice).not.toContain('tried');
	});

	it('of what is missing says from when to when, how many there should be and how many came', () => {
		expect(explain(failures.incomplete).advice).toContain('From 1970-01-01T00:00:00.000Z to 1970-01-01T00:01:00.000Z, 7 rows were announced and 5 came.');
		expect(explain(failures.skipIgnored).advice).toContain('an unknown number of rows were announced and 5 came.');
	});

	it('is another for each kind', () => {
		expect(new Set(Object.values(failures).map((failure) => explain(failure).title)).size).toBe(Object.keys(failures).length);
	});
});

describe('a key that the API sends back', () => {
	const key = 'Voice@7c2f"quoted"\\and more#';

	it.each([
		['plain', `no such key: ${key}`],
		['twice', `${key} ${key}`],
		['escaped as in JSON', `{"key":${JSON.stringify(key)}}`],
		['cut off at the end', `no such key: ${key.slice(0, 9)}`],
		['escaped and cut off', `no such key: ${JSON.stringify(key).slice(1, 14)}`],
		['alone', key],
	])('%s is not shown', (_, detail) => {
		const shown = String(withoutKey({ kind: 'status', status: 400, detail }, key).detail);
		expect(shown).toContain('***');
		expect(shown).not.toContain(key.slice(0, 5));
	});

	it('is not shown however much of it stands at the end', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 8, maxLength: 60 }), fc.string({ maxLength: 30 }), fc.nat({ max: 60 }), (secret, before, length) => {
				const kept = secret.slice(0, Math.max(4, length));
				const { detail = '' } = withoutKey({ kind: 'status', detail: before + kept }, secret);
				expect(detail.endsWith(kept)).toBe(kept === '***');
			}),
		);
	});

	it('leaves a failure alone that does not hold it', () => {
		const failure: Failure = { kind: 'status', status: 400, detail: 'Voice is busy' };
		expect(withoutKey(failure, key)).toBe(failure);
		expect(withoutKey({ kind: 'timeout' }, key)).toEqual({ kind: 'timeout' });
		expect(withoutKey(failure, '')).toBe(failure);
	});
});

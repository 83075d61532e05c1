import * as fc from 'fast-check';

import { parseRetryAfter, type Failure, type FailureKind } from '../../../../nodes/Samespace/reading';
import { retryBudgetMs, retryDelay } from '../../../../nodes/Samespace/reading/pacing/retry';

const first = { attempts: 1, maxRetries: 5, elapsedMs: 0, chance: 0.5 };
const now = Date.parse('2026-03-01T12:00:00Z');

describe('a request is sent again', () => {
	it.each([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530])('after status %i', (status) => {
		expect(retryDelay({ kind: 'status', status }, first)).toBeGreaterThan(0);
	});

	it.each<FailureKind>(['network', 'timeout', 'unreadable', 'strange', 'reported'])('after a failure of kind %s', (kind) => {
		expect(retryDelay({ kind }, first)).toBeGreaterThan(0);
	});

	it('once for each retry that is allowed', () => {
		expect(retryDelay({ kind: 'timeout' }, { ...first, attempts: 5 })).not.toBeNull();
		expect(retryDelay({ kind: 'timeout' }, { ...first, attempts: 6 })).toBeNull();
		expect(retryDelay({ kind: 'timeout' }, { ...first, maxRetries: 0 })).toBeNull();
	});

	it('as long as the waits together stay within five minutes', () => {
		const throttled: Failure = { kind: 'status', status: 429, retryAfterMs: 60_000 };
		expect(retryDelay(throttled, { ...first, maxRetries: 100, elapsedMs: retryBudgetMs - 60_000 })).toBe(60_000);
		expect(retryDelay(throttled, { ...first, maxRetries: 100, elapsedMs: retryBudgetMs - 59_999 })).toBeNull();
	});
});

describe('a request is not sent again', () => {
	it.each([301, 400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 501, 505, 525])('after status %i', (status) => {
		expect(retryDelay({ kind: 'status', status, retryAfterMs: 1000 }, first)).toBeNull();
	});

	it.each<FailureKind>(['credential', 'unknownHost', 'untrusted', 'unexpected', 'tooLarge', 'redirect', 'incomplete', 'skipIgnored', 'stopped'])(
		'after a failure of kind %s',
		(kind) => {
			expect(retryDelay({ kind }, first)).toBeNull();
		},
	);
});

describe('the wait before the next try', () => {
	it('is what the API asks for, even none', () => {
		expect(retryDelay({ kind: 'status', status: 503, retryAfterMs: 7_000 }, { ...first, attempts: 4 })).toBe(7_000);
		expect(retryDelay({ kind: 'status', status: 429, retryAfterMs: 0 }, first)).toBe(0);
	});

	it('else doubles from half a second to thirty, half of it by chance', () => {
		const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => retryDelay({ kind: 'network' }, { attempts, maxRetries: 9, elapsedMs: 0, chance: 1 }));
		expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
		expect(retryDelay({ kind: 'network' }, { ...first, chance: 0 })).toBe(250);
	});

	it('is never negative and never longer than thirty seconds by itself', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempts, chance) => {
				const wait = retryDelay({ kind: 'network' }, { attempts, maxRetries: 1000, elapsedMs: 0, chance }) as number;
				expect(wait).toBeGreaterThanOrEqual(250);
				expect(wait).toBeLessThanOrEqual(30_000);
			}),
		);
	});
});

describe('Retry-After', () => {
	it.each<[string, unknown, number | undefined]>([
		['seconds', '7', 7_000],
		['seconds as a number', 7, 7_000],
		['no seconds', '0', 0],
		['seconds with white space', ' 12 ', 12_000],
		['far too many seconds', '999999999999', 120_000],
		['more seconds than a number holds', '9'.repeat(400), 120_000],
		['a date', 'Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
		['a date of the old form', 'Sunday, 01-Mar-26 12:00:45 GMT', 45_000],
		['an ISO date', '2026-03-01T12:00:10Z', 10_000],
		['a date far ahead', 'Thu, 01 Mar 2096 12:00:00 GMT', 120_000],
		['a date that is past', 'Sun, 01 Mar 2026 11:59:59 GMT', undefined],
		['now', 'Sun, 01 Mar 2026 12:00:00 GMT', undefined],
		['negative seconds', '-5', undefined],
		['a part of a second', '1.5', undefined],
		['an exponent', '1e3', undefined],
		['words', 'soon', undefined],
		['words with a number', 'in 5 minutes', undefined],
		['a weekday and nonsense', 'Sun, some day', undefined],
		['nothing', '', undefined],
		['white space', '  ', undefined],
		['no header', undefined, undefined],
		['null', null, undefined],
		['several headers', ['7', '8'], undefined],
	])('with %s is understood', (_, header, wait) => {
		expect(parseRetryAfter(header, now)).toBe(wait);
	});

	it('never makes a wait that is negative, endless or longer than two minutes', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.double(), fc.date({ noInvalidDate: true }).map((date) => date.toUTCString())), (header) => {
				const wait = parseRetryAfter(header, now) ?? 0;
				expect(wait).toBeGreaterThanOrEqual(0);
				expect(wait).toBeLessThanOrEqual(120_000);
			}),
		);
	});
});

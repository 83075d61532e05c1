import * as fc from 'fast-check';
import { DateTime } from 'luxon';

import { spreadOf } from '../../../nodes/Samespace/output/summary/measures/stays';
import { calls, sessions } from '../../../nodes/Samespace/reports';

const range = { start: Date.parse('2026-10-20T00:00:00Z'), end: Date.parse('2026-10-30T00:00:00Z') };
const iso = (instant: number): string => new Date(instant).toISOString();
const startOf = (part: { [column: string]: unknown }): number => Date.parse(String(part.start_time));
const endOf = (part: { [column: string]: unknown }): number => Date.parse(String(part.end_time));

it.each([
	['hour', 'UTC'],
	['hour', 'Asia/Kolkata'],
	['hourOfDay', 'Europe/Berlin'],
	['day', 'Europe/Berlin'],
	['weekday', 'America/New_York'],
	['month', 'Pacific/Chatham'],
])('by %s in %s, the parts of a session are the whole of it, each within one hour or day', (group, timezone) => {
	const spread = spreadOf({ report: sessions, timezone, range, groupBy: ['agent', group] });
	const unit = group.startsWith('hour') ? 'hour' : 'day';
	fc.assert(
		fc.property(fc.integer({ min: range.start, max: range.end }), fc.integer({ min: 1, max: 40 * 3_600_000 }), (start, lasts) => {
			const parts = spread?.({ start_time: iso(start), end_time: iso(start + lasts), session_duration: lasts / 1000 }) ?? [];
			expect(startOf(parts[0])).toBe(start);
			expect(endOf(parts[parts.length - 1])).toBe(start + lasts);
			parts.slice(1).forEach((part, at) => expect(startOf(part)).toBe(endOf(parts[at])));
			const units = parts.map((part) => DateTime.fromMillis(startOf(part), { zone: timezone }).startOf(unit).toMillis());
			parts.forEach((part, at) => expect(DateTime.fromMillis(endOf(part) - 1, { zone: timezone }).startOf(unit).toMillis()).toBe(units[at]));
			expect(new Set(units).size).toBe(parts.length);
			expect(parts.reduce((sum, { session_duration: seconds }) => sum + Number(seconds), 0)).toBeCloseTo(lasts / 1000, 6);
		}),
	);
});

it('what has not ended lasts to the end of the range, and has no seconds yet', () => {
	const spread = spreadOf({ report: sessions, timezone: 'UTC', range, groupBy: ['day'] });
	const parts = spread?.({ start_time: '2026-10-28T12:00:00.000Z', end_time: null, session_duration: null });
	expect(parts?.map(({ start_time: start, session_duration: seconds }) => [start, seconds])).toEqual([
		['2026-10-28T12:00:00.000Z', null],
		['2026-10-29T00:00:00.000Z', null],
	]);
});

it('on a page, its parts end with the range', () => {
	const noon = { start: Date.parse('2026-10-21T08:00:00Z'), end: Date.parse('2026-10-21T12:30:00Z') };
	const row = { start_time: '2026-10-21T09:00:00.000Z', end_time: '2026-10-21T18:00:00.000Z', session_duration: 32_400 };
	const secondsBy = (groupBy: string[]): unknown[] => spreadOf({ report: sessions, timezone: 'UTC', range: noon, groupBy, isClipped: true })?.(row).map(({ session_duration: seconds }) => seconds) ?? [];
	expect(secondsBy(['day'])).toEqual([12_600]);
	expect(secondsBy(['hourOfDay'])).toEqual([3600, 3600, 3600, 1800]);
	expect(secondsBy([])).toEqual([32_400]);
});

it('what has not ended and is said to last longer than any calendar reaches is one part', () => {
	for (const groupBy of [[], ['day']]) {
		const parts = spreadOf({ report: sessions, timezone: 'UTC', range, groupBy })?.({ start_time: '2026-10-28T12:00:00.000Z', end_time: null, session_duration: '9000000000000' });
		expect(parts).toHaveLength(1);
	}
});

it('a session of more than a week is one part, and one without a readable start stays as it is', () => {
	const spread = spreadOf({ report: sessions, timezone: 'UTC', range, groupBy: ['hour'] });
	expect(spread?.({ start_time: '2026-10-28T12:00:00.000Z', session_duration: 8 * 86_400 })).toHaveLength(1);
	const odd = { start_time: 'soon' };
	expect(spread?.(odd)).toEqual([odd]);
});

it('nothing is cut where no group is of time, and calls are not cut at all', () => {
	const row = { start_time: '2026-10-21T22:00:00.000Z', end_time: '2026-10-23T02:00:00.000Z', session_duration: 100 };
	expect(spreadOf({ report: sessions, timezone: 'UTC', range, groupBy: ['agent'] })?.(row)).toHaveLength(1);
	expect(spreadOf({ report: calls, timezone: 'UTC', range, groupBy: ['hour'] })).toBeNull();
});

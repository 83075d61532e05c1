import * as fc from 'fast-check';

import { rangeOf } from '../../../nodes/Samespace/parameters/range';
import { periodsOf } from '../../../nodes/Samespace/parameters/periods';
import type { Range } from '../../../nodes/Samespace/reading';
import { wallText } from '../reading/wallClock.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zones = [
	...['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns'],
	...['Pacific/Chatham', 'Africa/Casablanca', 'America/Santiago', 'Asia/Beirut', 'Pacific/Kiritimati'],
	...['Atlantic/Azores', 'America/Havana', 'Africa/Cairo'],
];

const anyZone = fc.constantFrom(...zones);
const anyInstant = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2029, 0, 1) });

function named(dateRange: string, now: number, zone: string): Range {
	return rangeOf((_, fallback) => (fallback === 'last7Days' ? dateRange : fallback), now, zone);
}

function dayOf(instant: number, zone: string): string {
	return wallText(instant, zone).slice(0, 10);
}

/** The first instant of a day: another day ends just before it. */
function beginsADay(instant: number, zone: string): boolean {
	return dayOf(instant - 1, zone) !== dayOf(instant, zone);
}

/** How many days of the calendar lie from one day to another, both counted. */
function daysFrom({ start, end }: Range, zone: string): number {
	return (Date.parse(dayOf(end, zone)) - Date.parse(dayOf(start, zone))) / dayMs + 1;
}

describe('named ranges, in every zone and at any time', () => {
	it.each<[string, number]>([
		['today', 1],
		['last7Days', 7],
		['last30Days', 30],
	])('%s: so many days of the calendar, from the first instant of the first one to now', (name, days) => {
		fc.assert(
			fc.property(anyInstant, anyZone, (now, zone) => {
				const range = named(name, now, zone);
				expect(range.end).toBe(now);
				expect(beginsADay(range.start, zone)).toBe(true);
				expect(daysFrom(range, zone)).toBe(days);
			}),
		);
	});

	it('yesterday ends a millisecond before today begins, and is one day', () => {
		fc.assert(
			fc.property(anyInstant, anyZone, (now, zone) => {
				const range = named('yesterday', now, zone);
				expect(range.end + 1).toBe(named('today', now, zone).start);
				expect(beginsADay(range.start, zone)).toBe(true);
				expect(daysFrom(range, zone)).toBe(1);
			}),
		);
	});

	it('last 24 hours are 24 hours', () => {
		fc.assert(fc.property(anyInstant, anyZone, (now, zone) => expect(named('last24Hours', now, zone)).toEqual({ start: now - dayMs, end: now })));
	});

	it('last week ends a millisecond before this week begins, on a Monday, and has seven days', () => {
		fc.assert(
			fc.property(anyInstant, anyZone, (now, zone) => {
				const [last, current] = [named('lastWeek', now, zone), named('thisWeek', now, zone)];
				expect(last.end + 1).toBe(current.start);
				expect([last.start, current.start].map((start) => new Date(dayOf(start, zone)).getUTCDay())).toEqual([1, 1]);
				expect(beginsADay(last.start, zone) && beginsADay(current.start, zone)).toBe(true);
				expect(daysFrom(last, zone)).toBe(7);
				expect(daysFrom(current, zone)).toBeLessThanOrEqual(7);
				expect(current.end).toBe(now);
			}),
		);
	});

	it('last month ends a millisecond before this month begins, and is one month', () => {
		fc.assert(
			fc.property(anyInstant, anyZone, (now, zone) => {
				const [last, current] = [named('lastMonth', now, zone), named('thisMonth', now, zone)];
				expect(last.end + 1).toBe(current.start);
				expect(dayOf(last.start, zone).slice(8)).toBe('01');
				expect(dayOf(last.start, zone).slice(0, 7)).toBe(dayOf(last.end, zone).slice(0, 7));
				expect(beginsADay(last.start, zone) && beginsADay(current.start, zone)).toBe(true);
				expect(dayOf(current.start, zone)).toBe(`${dayOf(now, zone).slice(0, 7)}-01`);
			}),
		);
	});
});

/**
 * What the clock shows a second before a period begins: also where the very hour, or midnight, is missing. The clock of
 * Lord Howe is set by half an hour.
 */
function lastSecond(interval: string, zone: string): RegExp {
	if (interval !== 'hour') return / 23:59:59$/;
	return zone === 'Australia/Lord_Howe' ? /:[25]9:59$/ : /:59:59$/;
}

describe('periods of a range, in every zone and at any time', () => {
	it.each(['hour', 'day', 'week', 'month'] as const)('by the %s: without a gap, cut where the calendar cuts', (interval) => {
		const longestMs = interval === 'hour' ? 5 * dayMs : 100 * dayMs;
		fc.assert(
			fc.property(anyInstant, fc.integer({ min: 0, max: longestMs }), anyZone, (start, length, zone) => {
				const periods = [...periodsOf({ start, end: start + length }, interval, zone)];
				expect(periods[0].start).toBe(start);
				expect(periods[periods.length - 1].end).toBe(start + length);
				periods.slice(1).forEach((period, at) => {
					expect(period.start).toBe(periods[at].end);
					expect(period.start).toBeGreaterThan(periods[at].start);
					expect(wallText(period.start - 1000, zone)).toMatch(lastSecond(interval, zone));
					if (interval === 'month') expect(dayOf(period.start, zone).slice(8)).toBe('01');
					if (interval === 'week') expect(new Date(dayOf(period.start, zone)).getUTCDay()).toBe(1);
				});
			}),
			{ numRuns: 20 },
		);
	});

	it.each(['day', 'week', 'month'] as const)('by the %s: none reaches over a boundary', (interval) => {
		fc.assert(
			fc.property(anyInstant, fc.integer({ min: 1, max: 100 * dayMs }), anyZone, (start, length, zone) => {
				for (const period of periodsOf({ start, end: start + length }, interval, zone)) {
					const [first, last] = [dayOf(period.start, zone), dayOf(period.end - 1, zone)];
					if (interval === 'day') expect(first).toBe(last);
					if (interval === 'month') expect(first.slice(0, 7)).toBe(last.slice(0, 7));
					if (interval === 'week') expect(daysFrom({ start: period.start, end: period.end - 1 }, zone)).toBeLessThanOrEqual(7);
				}
			}),
			{ numRuns: 20 },
		);
	});

	it('a year by the hour is found in a moment', () => {
		const periods = [...periodsOf({ start: Date.UTC(2026, 0, 1), end: Date.UTC(2027, 0, 1) }, 'hour', 'America/New_York')];
		expect(periods).toHaveLength(8760);
	});
});

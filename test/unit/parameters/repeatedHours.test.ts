import * as fc from 'fast-check';

import type { Interval } from '../../../nodes/Samespace/parameters/columns';
import { joinedHours, periodsOf } from '../../../nodes/Samespace/parameters/periods';
import type { Range } from '../../../nodes/Samespace/reading';
import { sentWindow } from '../../../nodes/Samespace/reading/windows';
import { productivity, repeatedHours } from '../../../nodes/Samespace/reports';
import { instantsOf, wallText } from '../reading/wallClock.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** The first instant of each repeated hour, and how long that hour is, by the tz database. */
const setBacks: Array<[zone: string, start: string, minutes: number]> = [
	['Europe/Berlin', '2025-10-26T00:00:00Z', 60],
	['Europe/London', '2025-10-26T00:00:00Z', 60],
	['America/New_York', '2026-11-01T05:00:00Z', 60],
	['America/St_Johns', '2010-11-07T01:31:00Z', 60],
	['America/Havana', '2025-11-02T04:00:00Z', 60],
	['Asia/Beirut', '2025-10-25T20:00:00Z', 60],
	['Australia/Lord_Howe', '2026-04-04T14:30:00Z', 30],
	['Pacific/Chatham', '2026-04-04T13:00:00Z', 60],
	['Antarctica/Casey', '2010-03-04T12:00:00Z', 180],
	['Asia/Pyongyang', '2015-08-14T14:30:00Z', 30],
];
const workflowZones = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Denver', 'America/Havana', 'Australia/Lord_Howe', 'Pacific/Chatham', 'Asia/Kathmandu'];

const cases = fc.record({
	setBack: fc.constantFrom(...setBacks),
	sameZone: fc.boolean(),
	otherZone: fc.constantFrom(...workflowZones),
	beforeMs: fc.oneof(fc.integer({ min: -3 * hourMs, max: 30 * hourMs }), fc.integer({ min: -6, max: 60 }).map((half) => half * 30 * minuteMs)),
	lengthMs: fc.oneof(fc.nat({ max: 72 * hourMs }), fc.nat({ max: 144 }).map((half) => half * 30 * minuteMs)),
});

interface Asked {
	zone: string;
	clusterZone: string;
	range: Range;
	/** Both showings of the hour: each text in it stands for two instants. */
	repeated: Range;
	periods: Range[];
	plain: Range[];
}

function asked({ setBack: [clusterZone, start, minutes], sameZone, otherZone, beforeMs, lengthMs }: typeof cases extends fc.Arbitrary<infer Case> ? Case : never, interval: Interval): Asked {
	const first = Date.parse(start);
	const range = { start: first - beforeMs, end: first - beforeMs + lengthMs };
	const zone = sameZone ? clusterZone : otherZone;
	return {
		zone,
		clusterZone,
		range,
		repeated: { start: first, end: first + 2 * minutes * minuteMs },
		periods: [...periodsOf(range, interval, zone, repeatedHours(range, clusterZone))],
		plain: [...periodsOf(range, interval, zone)],
	};
}

const everyInterval = ['whole', 'hour', 'day', 'week', 'month'] as const;

describe.each(everyInterval)('totals by %s around an hour that clocks repeat', (interval) => {
	it('are asked for with texts that stand for one instant each', () => {
		fc.assert(
			fc.property(cases, (one) => {
				const { periods, clusterZone, repeated } = asked(one, interval);
				const isNear = (instant: number): boolean => Math.abs(instant - repeated.start) < 8 * hourMs;
				for (const period of periods.filter(({ start, end }) => isNear(start) || isNear(end))) {
					const sent = sentWindow(period, { report: productivity, clusterZone });
					expect([sent.start_time, sent.end_time].map((text) => instantsOf(text, clusterZone))).toEqual([[sent.start], [sent.end]]);
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('cover the range without a gap or an overlap', () => {
		fc.assert(
			fc.property(cases, (one) => {
				const { periods, range, repeated } = asked(one, interval);
				periods.slice(1).forEach(({ start }, at) => expect(start).toBe(periods[at].end));
				if (periods.length > 1) for (const { start, end } of periods) expect(end).toBeGreaterThan(start);
				const [first, last] = [periods[0].start, periods[periods.length - 1].end];
				// A second before the repeated hour stands for its beginning.
				expect(first).toBeLessThanOrEqual(range.start);
				expect(last).toBeGreaterThanOrEqual(range.end - secondMs);
				const isAround = (instant: number): boolean => instant >= repeated.start - secondMs && instant <= repeated.end;
				if (first !== range.start) expect(isAround(first)).toBe(true);
				if (last !== range.end) expect(isAround(last)).toBe(true);
			}),
			{ numRuns: 150 },
		);
	});

	it('are the plain periods but for those that touch the repeated hour', () => {
		fc.assert(
			fc.property(cases, (one) => {
				const { periods, plain, repeated } = asked(one, interval);
				const isFar = ({ start, end }: Range): boolean => end < repeated.start - secondMs || start > repeated.end;
				expect(periods.filter(isFar)).toEqual(plain.filter(isFar));
				expect(plain.length - periods.length).toBeLessThanOrEqual(Math.ceil((repeated.end - repeated.start) / hourMs) + 1);
				if (interval !== 'hour' && interval !== 'whole') expect(plain.length - periods.length).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 150 },
		);
	});
});

describe('the hours in question', () => {
	it.each(setBacks)('are found in %s', (zone, start, minutes) => {
		const first = Date.parse(start);
		const found = repeatedHours({ start: first - hourMs, end: first + hourMs }, zone);
		expect(found).toEqual([{ start: first, end: first + 2 * minutes * minuteMs }]);
		for (const [instant, count] of [[first - secondMs, 1], [first, 2], [found[0].end - secondMs, 2], [found[0].end, 1]]) {
			expect(instantsOf(wallText(instant, zone), zone)).toHaveLength(count);
		}
	});

	it.each(['UTC', 'Asia/Kolkata'])('are none in %s', (zone) => {
		expect(repeatedHours({ start: Date.UTC(2020, 0, 1), end: Date.UTC(2026, 0, 1) }, zone)).toEqual([]);
	});

	it('are one a year where there is summer time, and found in a moment', () => {
		const found = repeatedHours({ start: Date.UTC(2016, 0, 1), end: Date.UTC(2026, 0, 1) }, 'America/New_York');
		expect(found.map(({ start }) => new Date(start).getUTCFullYear())).toEqual([2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025]);
	});
});

describe('examples', () => {
	const berlin = (start: string, end: string, interval: Interval, zone: string): string[] => {
		const range = { start: Date.parse(`2025-10-${start}Z`), end: Date.parse(`2025-10-${end}Z`) };
		const periods = [...periodsOf(range, interval, zone, repeatedHours(range, 'Europe/Berlin'))];
		return [periods[0].start, ...periods.map((period) => period.end)].map((instant) => new Date(instant).toISOString().slice(8, 19));
	};

	it.each<[string, string, string, Interval, string, string[]]>([
		['the two hours are one, from a second before', '25T23:00', '26T03:00', 'hour', 'Europe/Berlin', ['25T23:00:00', '25T23:59:59', '26T02:00:00', '26T03:00:00']],
		['hours of a half-hour zone are joined until both ends can be named', '25T22:30', '26T03:30', 'hour', 'Asia/Kolkata', ['25T22:30:00', '25T23:30:00', '26T02:30:00', '26T03:30:00']],
		['a range that begins and ends in it is both hours', '26T00:30', '26T01:10', 'hour', 'Europe/Berlin', ['25T23:59:59', '26T02:00:00']],
		['a day that ends as it begins ends a second sooner', '25T00:00', '26T00:00', 'whole', 'UTC', ['25T00:00:00', '25T23:59:59']],
		['days of UTC', '25T00:00', '27T00:00', 'day', 'UTC', ['25T00:00:00', '25T23:59:59', '27T00:00:00']],
		['a day that ends amid it goes on to its end', '25T01:00', '27T01:00', 'day', 'Etc/GMT+1', ['25T01:00:00', '26T02:00:00', '27T01:00:00']],
	])('%s', (_, start, end, interval, zone, expected) => {
		expect(berlin(start, end, interval, zone)).toEqual(expected);
	});

	const isTold = (start: string, end: string, interval: Interval, zone: string): boolean => {
		const range = { start: Date.parse(`2025-10-${start}Z`), end: Date.parse(`2025-10-${end}Z`) };
		return joinedHours(range, interval, zone, repeatedHours(range, 'Europe/Berlin')).length > 0;
	};

	it.each<[string, boolean, string, string, Interval, string]>([
		['hours that are joined', true, '25T20:00', '26T06:00', 'hour', 'UTC'],
		['hours of another day', false, '24T20:00', '25T06:00', 'hour', 'UTC'],
		['hours up to the first that would be joined', false, '25T20:00', '26T00:00', 'hour', 'UTC'],
		['hours from the second boundary on', false, '26T02:00', '26T06:00', 'hour', 'UTC'],
		['days that meet elsewhere', false, '24T00:00', '28T00:00', 'day', 'Europe/Berlin'],
		['days that meet a second early', false, '24T00:00', '28T00:00', 'day', 'UTC'],
		['days that meet an hour late', true, '24T00:00', '28T00:00', 'day', 'Etc/GMT+1'],
		['a range that meets it nowhere but within', false, '25T20:00', '26T06:00', 'whole', 'UTC'],
		['a range that begins in it', true, '26T00:30', '26T06:00', 'whole', 'UTC'],
		['a range that ends in it', true, '25T00:30', '26T01:30', 'whole', 'UTC'],
		['a range that begins with it', false, '26T00:00', '26T06:00', 'whole', 'UTC'],
		['a range that ends as it begins', false, '25T00:00', '26T00:00', 'whole', 'UTC'],
	])('the run tells of %s: %s', (_, expected, start, end, interval, zone) => {
		expect(isTold(start, end, interval, zone)).toBe(expected);
	});
});

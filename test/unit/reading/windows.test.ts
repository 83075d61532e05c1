import * as fc from 'fast-check';

import type { Range } from '../../../nodes/Samespace/reading';
import { cut, sentWindow, splitRange, type WindowStyle } from '../../../nodes/Samespace/reading/windows';
import { calls, csat, productivity } from '../../../nodes/Samespace/reports';
import { instantsOf, monthLater, wallText } from './wallClock.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const zones = [
	...['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns'],
	...['Pacific/Chatham', 'Africa/Casablanca', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Tehran'],
];
const reports = [calls, csat, productivity];

const styles: fc.Arbitrary<WindowStyle> = fc.record({ report: fc.constantFrom(...reports), clusterZone: fc.constantFrom(...zones) });
const instants = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2029, 0, 1) });
const ranges = fc
	.tuple(instants, fc.oneof(fc.integer({ min: 0, max: 400 * dayMs }), fc.integer({ min: 0, max: 5 * minuteMs })))
	.map(([start, length]): Range => ({ start, end: start + length }));

describe('windows of a range', () => {
	it('cover it without a gap, and neighbours share their boundary, a whole minute', () => {
		fc.assert(
			fc.property(ranges, styles, (range, style) => {
				const windows = [...splitRange(range, style)];
				expect(windows[0].start).toBe(range.start);
				expect(windows[windows.length - 1].end).toBe(range.end);
				windows.slice(1).forEach(({ start }, at) => {
					expect(start).toBe(windows[at].end);
					expect(start % minuteMs).toBe(0);
				});
				if (range.end > range.start) for (const { start, end } of windows) expect(end).toBeGreaterThan(start);
			}),
			{ numRuns: 200 },
		);
	});

	it('are as sent no longer than 30 days and a calendar month, by the clocks of UTC and of the cluster', () => {
		fc.assert(
			fc.property(ranges, styles, (range, style) => {
				for (const window of splitRange(range, style)) {
					const { start, end } = sentWindow(window, style);
					expect(end - start).toBeLessThanOrEqual(30 * dayMs);
					for (const zone of ['UTC', style.clusterZone]) {
						const [from, to] = [wallText(start, zone), wallText(end, zone)];
						expect(to <= monthLater(from)).toBe(true);
						expect(asUtc(to) - asUtc(from)).toBeLessThanOrEqual(30 * dayMs);
					}
				}
			}),
			{
				numRuns: 1_000,
				// A month later, the clock on the wall is set forward over the window's end.
				examples: [[{ start: 1_796_173_680_000, end: 1_806_195_480_001 }, { report: calls, clusterZone: 'Europe/Berlin' }]],
			},
		);
	});

	it('are few: a month at a time, but for what the shortest month and the margins take', () => {
		fc.assert(
			fc.property(ranges, styles, (range, style) => {
				const count = [...splitRange(range, style)].length;
				expect(count).toBeLessThanOrEqual(Math.max(1, Math.ceil((range.end - range.start) / (27.8 * dayMs))));
			}),
			{ numRuns: 100 },
		);
	});

	it.each<[string, string, string, string[]]>([
		['the 31st', '2026-01-31T00:00:00Z', '2026-03-02T00:00:00Z', ['2026-02-15T00:00:00Z']],
		['a leap day', '2024-01-30T12:00:00Z', '2024-03-29T12:00:00Z', ['2024-02-29T11:58:00Z', '2024-03-15T11:58:00Z']],
		['a month without one', '2025-01-30T12:00:00Z', '2025-03-29T12:00:00Z', ['2025-02-28T11:58:00Z', '2025-03-15T11:58:00Z']],
		['a month of 31 days', '2026-05-01T00:00:00Z', '2026-05-31T23:59:59.999Z', ['2026-05-17T00:00:00Z']],
		['a hundred days', '2026-05-01T08:00:00Z', '2026-08-09T08:00:00Z', ['2026-05-26T08:00:00Z', '2026-06-20T08:00:00Z', '2026-07-15T08:00:00Z']],
		['a month of 30 days', '2026-04-01T00:00:00Z', '2026-04-30T23:58:00Z', []],
		['an empty range', '2026-04-01T00:00:00Z', '2026-04-01T00:00:00Z', []],
	])('of %s are about equally long, whole days, and granted under every reading of a month', (_, start, end, boundaries) => {
		const windows = [...splitRange({ start: Date.parse(start), end: Date.parse(end) }, { report: calls, clusterZone: 'UTC' })];
		expect(windows.slice(1).map((window) => window.start)).toEqual(boundaries.map((text) => Date.parse(text)));
	});

	it('are found as they are needed, however many there are', () => {
		const century = { start: Date.UTC(1970, 0, 1), end: Date.UTC(9999, 0, 1) };
		expect(splitRange(century, { report: calls, clusterZone: 'UTC' }).next().value).toMatchObject({ start: century.start });
	});
});

/** Hours before and after which clocks are changed: set back, set back by half an hour, set forward. */
const changes: Array<[zone: string, at: string]> = [
	['America/New_York', '2026-11-01T06:00:00Z'],
	['America/New_York', '2026-03-08T07:00:00Z'],
	['Europe/Berlin', '2026-10-25T01:00:00Z'],
	['Europe/Berlin', '2026-03-29T01:00:00Z'],
	['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
	['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
	['Pacific/Chatham', '2026-04-04T14:00:00Z'],
];

const nearChanges = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -3 * 60 * minuteMs, max: 3 * 60 * minuteMs }), fc.nat({ max: 4 * 60 * minuteMs }));

describe('a window as it is sent', () => {
	it('holds every instant of the window with a step to spare, whichever way the server reads a text that stands for two', () => {
		fc.assert(
			fc.property(nearChanges, ([[zone, at], before, length]) => {
				const start = Date.parse(at) + before;
				const sent = sentWindow({ start, end: start + length }, { report: csat, clusterZone: zone });
				const from = instantsOf(sent.start_time, zone);
				const to = instantsOf(sent.end_time, zone);
				expect(from.length * to.length).toBeGreaterThan(0);
				for (const reading of from) expect(reading).toBeLessThan(start);
				for (const reading of to) expect(reading).toBeGreaterThan(start + length);
				expect([sent.start, sent.end]).toEqual([from[0], to[0]]);
			}),
			{ numRuns: 150 },
		);
	});

	it.each(changes)('of totals is the window itself, to the whole second, in %s at %s', (zone, at) => {
		for (let minutes = -200; minutes <= 200; minutes += 17) {
			const window = { start: Date.parse(at) + minutes * minuteMs, end: Date.parse(at) + (minutes + 90) * minuteMs };
			const sent = sentWindow(window, { report: productivity, clusterZone: zone });
			expect(instantsOf(sent.start_time, zone)).toContain(window.start);
			expect(instantsOf(sent.end_time, zone)).toContain(window.end);
		}
	});

	it('of totals takes in the seconds on which it begins and ends', () => {
		const window = { start: Date.parse('2026-03-01T10:00:00.500Z'), end: Date.parse('2026-03-01T11:00:00.500Z') };
		expect(sentWindow(window, { report: productivity, clusterZone: 'UTC' })).toMatchObject({
			start_time: '2026-03-01 10:00:00',
			end_time: '2026-03-01 11:00:01',
		});
	});

	it('is ISO text a whole minute wider where the report takes that', () => {
		const window = { start: Date.parse('2026-03-01T00:00:00Z'), end: Date.parse('2026-03-02T00:00:00Z') };
		expect(sentWindow(window, { report: calls, clusterZone: 'America/New_York' })).toMatchObject({
			start_time: '2026-02-28T23:59:00.000Z',
			end_time: '2026-03-02T00:01:00.000Z',
		});
	});

	it("is text of the cluster's clock a whole minute wider where the report takes that", () => {
		const window = { start: Date.parse('2026-03-01T05:00:00.250Z'), end: Date.parse('2026-03-01T06:00:00.250Z') };
		expect(sentWindow(window, { report: csat, clusterZone: 'America/New_York' })).toMatchObject({
			start_time: '2026-02-28 23:59:00',
			end_time: '2026-03-01 01:02:00',
		});
	});

	it('includes both passes of a repeated hour', () => {
		const window = { start: Date.parse('2026-11-01T06:15:00Z'), end: Date.parse('2026-11-01T06:45:00Z') };
		expect(sentWindow(window, { report: csat, clusterZone: 'America/New_York' })).toMatchObject({
			start_time: '2026-11-01 00:44:00',
			end_time: '2026-11-01 02:16:00',
		});
	});
});

describe('halving', () => {
	it('gives two shorter halves that share a whole second, down to a minute', () => {
		fc.assert(
			fc.property(ranges, (range) => {
				const halves = cut(range, 2);
				if (range.end - range.start <= minuteMs) {
					expect(halves).toBeNull();
					return;
				}
				const [first, second] = halves as Range[];
				expect([first.start, second.end]).toEqual([range.start, range.end]);
				expect(first.end).toBe(second.start);
				expect(first.end % 1000).toBe(0);
				for (const half of [first, second]) expect(half.end - half.start).toBeGreaterThan(0);
				for (const half of [first, second]) expect(half.end - half.start).toBeLessThan(range.end - range.start);
			}),
		);
	});

	it('takes no more than 16 steps from a month to a minute', () => {
		let steps = 0;
		for (let window: Range | undefined = { start: 0, end: 30 * dayMs }; window; window = cut(window, 2)?.[0]) steps += 1;
		expect(steps).toBeLessThanOrEqual(17);
	});
});

function asUtc(text: string): number {
	return Date.parse(`${text.replace(' ', 'T')}Z`);
}

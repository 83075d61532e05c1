import { DateTime } from 'luxon';

import type { ReportQuery } from '../../../nodes/Samespace/reading';
import type { FakeApi, LoggedPage } from '../../support/fakeApi';
import { dayMs, maxRetries, retryAfterMs, type World } from './world.ts';

/** A reading that has ended, and the requests that it sent. */
interface Sent {
	world: World;
	query: ReportQuery;
	api: FakeApi;
}

/** Windows are widened by so much on either side at most, for an API that leaves out the ends or compares whole minutes. */
export const marginMs = 2 * 60_000;
const leastMarginMs = 60_000;
/** Half of the first wait is fixed, the other half is chance. */
const leastBackoffMs = 250;

/** No window is longer than any reading of a month allows, and none leaves the range: it was fixed at the beginning. */
export function asksForLegalWindows({ world, query, api }: Sent): void {
	const [{ start: first, end: last }] = query.periods;
	for (const { start, end } of api.log.map(windowOf)) {
		expect(end - start).toBeLessThanOrEqual(30 * dayMs);
		expect(end).toBeLessThanOrEqual(DateTime.fromMillis(start, { zone: 'UTC' }).plus({ months: 1 }).toMillis());
		// Where rows come that were not asked for, one of them is asked for by its own time. Where a total may
		// be that of one page, which may be cut off, a longer time shows it.
		if (world.timesIgnored !== false || world.skipIgnored || world.behaviour.counts === 'pageRows') continue;
		expect(start).toBeGreaterThanOrEqual(first - marginMs);
		// While nothing shows that only starts count (U20), four hours more are asked for.
		expect(end).toBeLessThanOrEqual(last + marginMs + dayMs / 6);
	}
}

/** A reading to the end leaves no instant out; neighbours share their boundary. */
export function coversTheRange({ query, api }: Sent): void {
	const [{ start: first, end: last }] = query.periods;
	let coveredUntil = first - leastMarginMs;
	for (const { start, end } of api.log.map(windowOf).sort((a, b) => a.start - b.start)) {
		if (start > last + marginMs) continue;
		expect(start).toBeLessThanOrEqual(coveredUntil);
		coveredUntil = Math.max(coveredUntil, end);
	}
	expect(coveredUntil).toBeGreaterThanOrEqual(last + leastMarginMs);
}

/**
 * A request that failed is sent again so often at the most, and not before the time that the API named; without one it
 * waits all the same. Where a window may be read twice this cannot be told, as a page may be dropped and asked for anew.
 */
export function retriesAsTold({ world, api }: Sent): void {
	if (isReadTwice(world) || refuses(world)) return;
	const faults = new Map(world.faults);
	const before = new Map<string, LoggedPage & { streak: number }>();
	for (const page of api.log) {
		const key = requestOf(page);
		const last = before.get(key);
		const streak = last?.failed ? last.streak + 1 : 1;
		expect(streak).toBeLessThanOrEqual(maxRetries + 1);
		if (last?.failed) {
			const isTold = faults.get(last.n) === 'throttledFor' && (world.persistent === null || last.n <= 3);
			expect(page.startedAt - (last.endedAt ?? 0)).toBeGreaterThanOrEqual(isTold ? retryAfterMs : leastBackoffMs);
		}
		before.set(key, { ...page, streak });
	}
}

/** Requests under way: never more than allowed; after a 429 half as many, and one more after each round of good ones. */
export function keepsToItsLanes({ world, api }: Sent): void {
	const { concurrency, faults } = world;
	expect(api.peak).toBeLessThanOrEqual(concurrency);
	const throttled = api.log.filter(({ n, failed }) => failed && ['status429', 'throttledFor'].includes(new Map(faults).get(n) ?? ''));
	if (throttled.length !== 1 || refuses(world)) return;
	const [{ endedAt: since = 0 }] = throttled;
	const failedOnce = new Set(api.log.filter(({ failed }) => failed).map(requestOf));
	for (const page of api.log.filter(({ startedAt }) => startedAt > since)) {
		if (failedOnce.has(requestOf(page))) continue;
		const at = page.startedAt;
		const good = api.log.filter(({ failed, endedAt = Infinity }) => !failed && endedAt >= since && endedAt <= at).length;
		const underWay = api.log.filter(({ n, startedAt, endedAt = Infinity }) => n <= page.n && startedAt <= at && endedAt > at).length;
		expect(underWay).toBeLessThanOrEqual(widthAfter(good, concurrency));
	}
}

/** Whether requests fail that will not be sent again as they were. */
function refuses({ behaviour: { refusedLimit, resultWindow } }: World): boolean {
	return refusedLimit !== undefined || resultWindow !== undefined;
}

/** Whether the rows or totals of a window may not add up, or a window is cut, so that a page may be asked for again. */
function isReadTwice(world: World): boolean {
	const { skipIgnored, limitIgnored, timesIgnored, unstable, arrivals, removals, wrongTotals, alwaysWrong } = world;
	const { instants, twins, pageSize, behaviour: { cap = Infinity }, limit } = world;
	if (limit !== null || instants.length + twins + 2 > 8 * Math.min(pageSize, cap)) return true;
	return skipIgnored || limitIgnored || timesIgnored !== false || unstable || arrivals.length + removals.length + wrongTotals.length > 0 || alwaysWrong !== 0;
}

function widthAfter(good: number, concurrency: number): number {
	let width = Math.max(1, Math.floor(concurrency / 2));
	for (let left = good; left >= width && width < concurrency; width += 1) left -= width;
	return width;
}

/** The window of a request, in ms since 1970. */
export function windowOf({ filters }: Pick<LoggedPage, 'filters'>): { start: number; end: number } {
	return { start: Date.parse(String(filters.start_time)), end: Date.parse(String(filters.end_time)) };
}

function requestOf({ filters, limit, skip }: LoggedPage): string {
	return JSON.stringify([filters, limit, skip]);
}

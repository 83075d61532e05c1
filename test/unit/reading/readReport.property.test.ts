import * as fc from 'fast-check';

import { readReport, type Failure, type ReportQuery, type Statistics } from '../../../nodes/Samespace/reading';
import type { ReportRecord } from '../../../nodes/Samespace/reports';
import { FakeApi, type FakeRecord, type LoggedPage } from '../../support/fakeApi';
import { VirtualTime } from '../../support/virtualTime';
import { asksForLegalWindows, coversTheRange, keepsToItsLanes, marginMs, retriesAsTold, windowOf } from './requestLaws.ts';
import { absurd, behaviourOf, datasetOf, lasting, maxRetries, queryOf, worlds, type World } from './world.ts';
import { seeds } from '../../support/seeds';

const schedules = Math.max(500, seeds * 10);

interface Run {
	world: World;
	query: ReportQuery;
	api: FakeApi;
	ids: string[];
	records: ReportRecord[];
	/** All rows that were sent. */
	rows: Set<unknown>;
	failure: Failure | null;
	gaps: Failure[];
	statistics: Statistics;
	/** Pages that were there and that nobody had taken, at the worst. */
	waiting: { ever: number };
	startedAt: number;
}

it('every schedule ends with the truth exactly once or an error, within its bounds', async () => {
	await fc.assert(
		fc.asyncProperty(worlds, async (world) => {
			const run = await runOf(world);
			comesOut(run);
			isNotLost(run);
			failsForAReason(run);
			startsNothingAfterTheEnd(run);
			staysWithinItsBounds(run);
			asksForLegalWindows(run);
			keepsToItsLanes(run);
			if (run.failure === null && run.query.limit === null) coversTheRange(run);
			retriesAsTold(run);
			if (isUndisturbed(world)) isJustAsExpected(run);
		}),
		{ numRuns: schedules },
	);
}, 120_000 + 20 * schedules);

async function runOf(world: World): Promise<Run> {
	const query = queryOf(world);
	const waiting = { now: 0, ever: 0 };
	const behaviour = behaviourOf(world);
	const rows = new Set<unknown>();
	const watched = { ...behaviour, body: (_n: number, body: unknown) => watch(body, rows, waiting) };
	const api = new FakeApi(datasetOf(world), watched, new VirtualTime(query.range.end));
	const controller = new AbortController();
	const startedAt = api.time.now();
	if (world.stopAt !== null) void api.time.sleep(world.stopAt).then(() => controller.abort());
	const io = api.io(world.concurrency, { signal: controller.signal });
	const records: ReportRecord[] = [];
	const reader = readReport(query, io);
	const end = await api.time.run(
		(async () => {
			let step = await reader.next();
			for (; !step.done; step = await reader.next()) {
				records.push(...step.value.records);
				if (world.pause > 0) await api.time.sleep(world.pause);
			}
			return step.value;
		})(),
	);
	const sent = api.log.length;
	await api.time.run(api.time.sleep(1_000_000));
	expect(api.log.length).toBe(sent);
	return { world, query, api, ids: records.map(({ _id }) => String(_id)), records, rows, ...end, statistics: io.statistics, waiting, startedAt };
}

/** Counts the pages with rows that nobody has looked into. */
function watch(body: unknown, sent: Set<unknown>, waiting: { now: number; ever: number }): unknown {
	const rows = (Array.isArray(body) ? body : (body as { data: unknown[] }).data) as ReportRecord[];
	for (const row of rows) sent.add(row);
	const [first] = rows;
	if (first === undefined) return body;
	waiting.now += 1;
	waiting.ever = Math.max(waiting.ever, waiting.now);
	let isTaken = false;
	const { _id } = first;
	const get = (): unknown => {
		if (!isTaken) waiting.now -= 1;
		isTaken = true;
		return _id;
	};
	Object.defineProperty(first, '_id', { enumerable: true, configurable: true, get });
	return body;
}

/** Once, within the range and the filters, and as it was sent: a record is not copied. */
function comesOut({ ids, records, rows, query }: Run): void {
	const [{ start, end }] = query.periods;
	expect(new Set(ids).size).toBe(ids.length);
	expect(records.every((record) => rows.has(record))).toBe(true);
	for (const record of records) {
		const at = Date.parse(String(record.start_time));
		expect(at >= start && at <= end).toBe(true);
		expect(query.conditions.every((condition) => condition.accepts(record))).toBe(true);
	}
	expect(ids.length).toBeLessThanOrEqual(query.limit ?? Infinity);
}

/** Records that were there all the time come out, or lie in a gap that is told of, or no answer could show them. */
function isNotLost({ world, query, api, ids, failure, gaps }: Run): void {
	if (failure) return;
	const settled = wantedOf(query, api.records).filter(({ id }) => !id.startsWith('late'));
	if (query.limit === null && query.skip === 0) {
		const missing = settled.filter(({ id }) => !ids.includes(id));
		const lost = missing.filter((record) => !gaps.some(({ window }) => isIn(window, record)) && !isHidden(record, world, api));
		expect(lost).toEqual([]);
	} else if (gaps.length + world.arrivals.length + world.removals.length === 0) {
		const expected = Math.min(query.limit ?? Infinity, Math.max(0, settled.length - query.skip));
		if (!settled.some((record) => isHidden(record, world, api))) expect(ids.length).toBe(expected);
	}
}

/** Whether nothing that the API answered shows that the record exists. */
function isHidden(record: FakeRecord, world: World, api: FakeApi): boolean {
	const { behaviour, removals, arrivals, wrongTotals, alwaysWrong, unstable, skipIgnored } = world;
	// A total that is always too low, or counts something else, protects nothing.
	const tellsTotal = behaviour.withTotal && behaviour.counts === undefined && alwaysWrong !== absurd && alwaysWrong >= 0;
	if (removals.length > 0 && (!tellsTotal || arrivals.length + wrongTotals.length > 0)) return true;
	return api.log.some((page) => isIn(windowOf(page), record) && isPlausibleLie(skipIgnored ? { ...page, skip: 0 } : page, unstable || skipIgnored));
}

/** A total that is wrong and yet just what came, on a page with room for more; or a look behind it shows only rows that came. */
function isPlausibleLie({ said, trueTotal, skip, rows = 0, limit }: LoggedPage, repeats: boolean): boolean {
	return said !== undefined && said !== trueTotal && said === skip + rows && (rows < limit || repeats);
}

function failsForAReason({ world, query, failure, gaps, api }: Run): void {
	if (query.onIncomplete === 'error') expect(gaps).toEqual([]);
	if (gaps.length > 0) expect(mayNotAddUp(world)).toBe(true);
	if (!failure) return;
	if (failure.kind === 'incomplete' || failure.kind === 'skipIgnored') {
		expect(mayNotAddUp(world)).toBe(true);
		expect(query.onIncomplete).toBe('error');
		expect(failure.window).toBeDefined();
	} else if (failure.kind === 'stopped') {
		expect(world.stopAt).not.toBeNull();
	} else {
		const isLasting = api.log.some(({ n, failed }) => failed && lasting.includes(new Map(world.faults).get(n) as never));
		const isTooDeep = failure.status === 422 && world.behaviour.resultWindow !== undefined;
		expect(isLasting || isTooDeep || world.persistent !== null || longestStreak(api.log) > maxRetries).toBe(true);
	}
}

/**
 * Only an API that cannot be read to the end, or whose rows or totals move, may give less than all. In an order that
 * changes with each request no two pages of a minute fit together.
 */
function mayNotAddUp({ skipIgnored, unstable, wrongTotals, alwaysWrong, arrivals, removals, behaviour }: World): boolean {
	return behaviour.resultWindow !== undefined || behaviour.counts !== undefined || skipIgnored || unstable || alwaysWrong !== 0 || wrongTotals.length + arrivals.length + removals.length > 0;
}

function startsNothingAfterTheEnd({ world, api, failure, startedAt }: Run): void {
	if (world.stopAt !== null) {
		for (const page of api.log) expect(page.startedAt).toBeLessThanOrEqual(startedAt + (world.stopAt ?? 0));
	}
	if (failure?.status === 401 || failure?.kind === 'unexpected') {
		const lastStart = Math.max(...api.log.map((page) => page.startedAt));
		const fatal = api.log.filter(({ n }) => lasting.includes(new Map(world.faults).get(n) as never));
		expect(fatal.some(({ endedAt = -Infinity }) => lastStart <= endedAt)).toBe(true);
	}
}

function staysWithinItsBounds({ world, api, waiting, statistics, ids }: Run): void {
	expect(statistics.requests).toBe(api.log.length);
	expect(statistics.records).toBe(ids.length);
	if (!isUndisturbed(world)) return;
	// A slice of nine pages, and as many as may be read ahead.
	expect(waiting.ever).toBeLessThanOrEqual(3 * world.concurrency + 8 + 10);
}

/** Nothing but faults that pass: the API has its ways, but keeps to them. */
function isUndisturbed({ isTroubled, faults }: World): boolean {
	return !isTroubled && faults.every(([, name]) => !lasting.includes(name));
}

/** Then the records come in the order asked for, and few requests are sent that could be spared. */
function isJustAsExpected({ world, query, api, ids, records, failure, gaps }: Run): void {
	if (longestStreak(api.log) > maxRetries) return;
	expect(failure).toBeNull();
	expect(gaps).toEqual([]);
	const times = records.map(({ start_time: at }) => Date.parse(String(at)) * (query.order === 'oldestFirst' ? 1 : -1));
	expect(times).toEqual([...times].sort((a, b) => a - b));
	const wanted = wantedOf(query, api.records);
	expect(ids.length).toBe(Math.max(0, Math.min(query.limit ?? Infinity, wanted.length - query.skip)));
	if (query.limit === null && query.skip === 0) expect([...ids].sort()).toEqual(wanted.map(({ id }) => id).sort());
	if (query.limit === null && !api.log.some(({ failed }) => failed) && !isDense(world, api)) expect(api.log.length).toBeLessThanOrEqual(mostRequests(world, api));
}

/** Whether more pages lie in an hour than a slice has: what is cut in vain costs requests. */
function isDense({ pageSize, behaviour: { cap = Infinity } }: World, { records }: FakeApi): boolean {
	const times = records.map(({ at }) => at).sort((a, b) => a - b);
	return times.some((at, n) => (times[n + 8 * Math.min(pageSize, cap)] ?? Infinity) - at < 3_600_000);
}

/** A page for each window, and for what it has to say; an eighth more; and what it takes to learn what the cluster is like. */
function mostRequests({ behaviour: { cap = Infinity, withTotal }, pageSize, days }: World, api: FakeApi): number {
	const windows = Math.ceil(days / 29) + 1;
	const pages = api.records.length / Math.min(pageSize, cap);
	// In slices of a few rows each the last page is seldom full, and pages just full are followed by a look behind them.
	return windows * (withTotal ? 2 : 3) + pages * (withTotal ? 2 : 2.5) + 8;
}

function wantedOf({ periods: [{ start, end }], conditions }: ReportQuery, records: readonly FakeRecord[]): FakeRecord[] {
	return records.filter(({ at, type }) => at >= start && at <= end && conditions.every(({ accepts }) => accepts({ type })));
}

function isIn(window: { start: number; end: number } | undefined, { at }: FakeRecord): boolean {
	return window !== undefined && at >= window.start - marginMs && at <= window.end + marginMs;
}

/** How often in a row one request got no answer. */
function longestStreak(log: readonly LoggedPage[]): number {
	const streaks = new Map<string, number>();
	let longest = 0;
	for (const { filters, limit, skip, failed } of log) {
		const key = JSON.stringify([filters, limit, skip]);
		streaks.set(key, failed ? (streaks.get(key) ?? 0) + 1 : 0);
		longest = Math.max(longest, streaks.get(key) as number);
	}
	return longest;
}

import * as fc from 'fast-check';

import { readReport, type Failure, type ReportQuery } from '../../../nodes/Samespace/reading';
import { calls, type ReportRecord } from '../../../nodes/Samespace/reports';
import { FakeApi, passing, type FakeBehaviour, type FakeRecord } from '../../support/fakeApi';
import { VirtualTime } from '../../support/virtualTime';

const dayMs = 86_400_000;
const origin = Date.UTC(2026, 0, 10);
const schedules = 2_000;

const behaviours = fc.record({
	cap: fc.option(fc.integer({ min: 2, max: 9 }), { nil: undefined }),
	withTotal: fc.boolean(),
	skipIgnored: fc.constantFrom(false, false, false, true),
	limitIgnored: fc.constantFrom(false, false, false, true),
	timesIgnored: fc.constantFrom(false, false, false, true),
	order: fc.constantFrom('oldestFirst' as const, 'newestFirst' as const),
});

const worlds = fc.record({
	days: fc.integer({ min: 0, max: 95 }),
	instants: fc.array(fc.double({ min: -0.2, max: 1.2, noNaN: true }), { maxLength: 60 }),
	twins: fc.nat({ max: 3 }),
	pageSize: fc.integer({ min: 1, max: 12 }),
	concurrency: fc.integer({ min: 1, max: 6 }),
	limit: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null }),
	behaviour: behaviours,
	latencies: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 7 }),
	faults: fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(429, 500, 503, 408)), { maxLength: 8 }),
	arrivals: fc.array(fc.tuple(fc.integer({ min: 1, max: 15 }), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 3 }),
	wrongTotals: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(-2, -1, 1, 5)), { maxLength: 2 }),
});

type World = typeof worlds extends fc.Arbitrary<infer Drawn> ? Drawn : never;

interface Reading {
	records: ReportRecord[];
	failure: Failure | null;
	api: FakeApi;
	outside: number;
	query: ReportQuery;
	throttled: boolean;
}

it('every schedule ends with the truth exactly once or an error, within its bounds', async () => {
	await fc.assert(
		fc.asyncProperty(worlds, async (world) => {
			const reading = await read(world);
			holds(world, reading);
		}),
		{ numRuns: schedules },
	);
}, 120_000);

async function read(world: World): Promise<Reading> {
	const length = Math.round(world.days * dayMs);
	const query: ReportQuery = {
		report: calls,
		periods: [{ start: origin, end: origin + length }],
		clusterZone: 'UTC',
		sentFilters: {},
		conditions: [],
		limit: world.limit,
		itemsOf: () => 1,
		skip: 0,
		pageSize: world.pageSize,
		onIncomplete: 'error',
		maxRetries: 5,
	};
	const api = new FakeApi(datasetOf(world, length), behaviourOf(world, length), new VirtualTime(origin + length));
	const io = api.io(world.concurrency);
	const records: ReportRecord[] = [];
	const reader = readReport(query, io);
	const failure = await api.time.run(
		(async () => {
			let step = await reader.next();
			for (; !step.done; step = await reader.next()) records.push(...step.value.records);
			return step.value.failure;
		})(),
	);
	const sent = api.log.length;
	await api.time.run(api.time.sleep(1_000_000));
	expect(api.log.length).toBe(sent);
	return { records, failure, api, outside: io.statistics.outside, query, throttled: io.statistics.retries > 0 };
}

function datasetOf({ instants, twins }: World, length: number): FakeRecord[] {
	const records = instants.map((part, n) => ({ id: `r${n}`, at: origin + Math.round(part * length) }));
	const copies = records.slice(0, twins).map(({ at }, n) => ({ id: `twin${n}`, at }));
	return [...records, ...copies, { id: 'first', at: origin }, { id: 'last', at: origin + length }];
}

function behaviourOf({ behaviour, latencies, faults, arrivals, wrongTotals }: World, length: number): FakeBehaviour {
	const faultAt = new Map(faults);
	const totalAt = new Map(wrongTotals);
	return {
		...behaviour,
		latencyMs: (n) => latencies[n % latencies.length],
		fault: (n) => (faultAt.has(n) ? passing(faultAt.get(n) as number) : undefined),
		before: (n, records) => {
			for (const [at, part] of arrivals) {
				if (at === n) records.push({ id: `late${n}-${part}`, at: origin + Math.round(part * length) });
			}
		},
		total: (n, total) => Math.max(0, total + (totalAt.get(n) ?? 0)),
	};
}

/** What must hold however it went. Late arrivals may or may not be seen; all else exactly once. */
function holds(world: World, { records, failure, api, query }: Reading): void {
	const [{ start, end }] = query.periods;
	const ids = records.map(({ _id }) => String(_id));
	expect(new Set(ids).size).toBe(ids.length);
	for (const { start_time: time } of records) {
		const at = Date.parse(String(time));
		expect(at >= start && at <= end).toBe(true);
	}
	expect(api.peak).toBeLessThanOrEqual(world.concurrency);
	const truth = api.records.filter(({ at }) => at >= start && at <= end);
	const settled = truth.filter(({ id }) => !id.startsWith('late')).map(({ id }) => id);
	if (failure) {
		expect(['incomplete', 'skipIgnored']).toContain(failure.kind);
		expect(mayFail(world)).toBe(true);
	} else if (query.limit === null) {
		const missing = settled.filter((id) => !ids.includes(id));
		if (!mayMiss(world)) expect(missing).toEqual([]);
	} else {
		expect(ids.length).toBeLessThanOrEqual(query.limit);
		if (!mayMiss(world) && world.arrivals.length === 0) expect(ids.length).toBe(Math.min(query.limit, truth.length));
	}
}

/** An error is allowed only where the API cannot be read completely. */
function mayFail({ behaviour, wrongTotals, arrivals }: World): boolean {
	return behaviour.skipIgnored || wrongTotals.length > 0 || arrivals.length > 0 || (behaviour.cap !== undefined && !behaviour.withTotal);
}

/** Without a total, or where it is wrong each time in the same way, nobody can see that rows moved while reading. */
function mayMiss({ behaviour, arrivals, wrongTotals }: World): boolean {
	return (!behaviour.withTotal && arrivals.length > 0) || (wrongTotals.length > 0 && behaviour.cap !== undefined);
}

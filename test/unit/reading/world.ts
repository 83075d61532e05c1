import * as fc from 'fast-check';

import { failed, oneOf, success, type Condition, type Outcome, type ReportQuery } from '../../../nodes/Samespace/reading';
import { calls } from '../../../nodes/Samespace/reports';
import { passing, type FakeBehaviour, type FakeRecord } from '../../support/fakeApi';

export const dayMs = 86_400_000;
export const origin = Date.UTC(2026, 0, 10);
export const maxRetries = 5;
export const retryAfterMs = 7_000;
/** No count of rows. */
export const absurd = Number.MAX_SAFE_INTEGER;

const part = fc.double({ min: 0, max: 1, noNaN: true });

/** Mostly left out: then the API has no such way. */
function rarely<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
	return fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

const behaviours = fc.record({
	cap: fc.option(fc.integer({ min: 2, max: 9 }), { nil: undefined }),
	withTotal: fc.constantFrom(true, true, false),
	exclusive: fc.boolean(),
	filtersIgnored: fc.boolean(),
	order: fc.constantFrom('oldestFirst' as const, 'newestFirst' as const),
	refusedLimit: rarely(fc.integer({ min: 1, max: 9 })),
	resultWindow: rarely(fc.integer({ min: 14, max: 40 })),
	wholeRecordsOnly: fc.constantFrom(false, false, false, true),
	comparedBy: rarely(fc.constantFrom('cutMinute' as const, 'roundMinute' as const)),
	counts: rarely(fc.oneof(fc.constant('pageRows' as const), fc.integer({ min: 1, max: 20 }))),
});

/** Each fault and what an error of it is called. Those that pass are sent again. */
const faultKinds = {
	status429: 429,
	status503: 503,
	status408: 408,
	throttledFor: 'retryAfter',
	timeout: 'timeout',
	network: 'network',
	page: 'html',
	nullRow: 'nullRow',
	refused: 401,
	alien: 'alien',
} as const;

export type FaultName = keyof typeof faultKinds;

/** Faults that no retry mends. */
export const lasting: readonly FaultName[] = ['refused', 'alien'];

/** What can go wrong. A schedule without a trouble has what is said here; most have a few of them. */
const untroubled = {
	skipIgnored: false,
	limitIgnored: false,
	timesIgnored: false as boolean | 'start' | 'end',
	unstable: false,
	faults: [] as Array<[number, FaultName]>,
	persistent: null as FaultName | null,
	arrivals: [] as Array<[number, number]>,
	removals: [] as Array<[number, number]>,
	wrongTotals: [] as Array<[number, number]>,
	alwaysWrong: 0,
	stopAt: null as number | null,
};

const troubles = fc.record({
	skipIgnored: fc.constant(true),
	limitIgnored: fc.constant(true),
	timesIgnored: fc.constantFrom(true, 'start' as const, 'end' as const),
	unstable: fc.constant(true),
	faults: fc.array(fc.tuple(fc.integer({ min: 1, max: 25 }), fc.constantFrom(...(Object.keys(faultKinds) as FaultName[]))), { minLength: 1, maxLength: 6 }),
	persistent: fc.constantFrom('status503' as const, 'timeout' as const, 'page' as const),
	arrivals: fc.array(fc.tuple(fc.integer({ min: 1, max: 15 }), part), { minLength: 1, maxLength: 3 }),
	removals: fc.array(fc.tuple(fc.integer({ min: 1, max: 15 }), part), { minLength: 1, maxLength: 3 }),
	wrongTotals: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(-2, -1, 1, 5)), { minLength: 1, maxLength: 2 }),
	alwaysWrong: fc.constantFrom(-3, -1, 2, 1_000_000, absurd),
	stopAt: fc.constantFrom(1, 150, 800),
});

const troubleNames = Object.keys(untroubled) as Array<keyof typeof untroubled>;

const settings = fc.record({
	days: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 95 }) }, { weight: 1, arbitrary: fc.constant(0.0004) }),
	instants: fc.array(fc.double({ min: -0.2, max: 1.2, noNaN: true }), { maxLength: 60 }),
	twins: fc.nat({ max: 3 }),
	pageSize: fc.integer({ min: 1, max: 12 }),
	concurrency: fc.integer({ min: 1, max: 6 }),
	limit: fc.constantFrom(null, null, null, null, null, null, 1, 7, 20, 40),
	skip: fc.constantFrom(0, 0, 0, 0, 1, 9),
	filter: fc.constantFrom('none' as const, 'none' as const, 'sent' as const, 'unsent' as const),
	order: fc.constantFrom('oldestFirst' as const, 'newestFirst' as const),
	onIncomplete: fc.constantFrom('error' as const, 'error' as const, 'warn' as const),
	behaviour: behaviours,
	latencies: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 7 }),
	/** How long the consumer takes for a batch, in ms. */
	pause: fc.constantFrom(0, 0, 400),
});

/** Few of all troubles, or faults alone, which should change nothing but the time that it takes. */
const chosenTroubles = fc.oneof({ weight: 2, arbitrary: fc.subarray(troubleNames, { maxLength: 3 }) }, { weight: 1, arbitrary: fc.constant(['faults' as const]) });

export const worlds = fc
	.tuple(settings, troubles, chosenTroubles)
	.map(([setting, trouble, chosen]) => {
		const happening = Object.fromEntries(chosen.map((name) => [name, trouble[name]]));
		return { ...setting, ...untroubled, ...happening, isTroubled: chosen.some((name) => name !== 'faults') || isUnforeseen(setting.behaviour) };
	});

/** Whether the API refuses, hides or counts in a way that an error may answer. */
function isUnforeseen({ refusedLimit, resultWindow, wholeRecordsOnly, comparedBy, counts }: FakeBehaviour): boolean {
	return [refusedLimit, resultWindow, comparedBy, counts].some((way) => way !== undefined) || wholeRecordsOnly === true;
}

export type World = typeof worlds extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const isTeam = oneOf('type', ['team'], true);

export function queryOf({ days, pageSize, limit, skip, filter, order, onIncomplete }: World): ReportQuery {
	const conditions: Condition[] = filter === 'none' ? [] : [{ ...isTeam, sent: filter === 'sent' }];
	const range = { start: origin, end: origin + Math.round(days * dayMs) };
	return {
		report: calls,
		range,
		periods: [range],
		order,
		clusterZone: 'UTC',
		sentFilters: filter === 'sent' ? { type: 'team' } : {},
		conditions,
		limit,
		itemsOf: () => 1,
		skip,
		pageSize,
		onIncomplete,
		maxRetries,
	};
}

export function datasetOf({ instants, twins, days }: World): FakeRecord[] {
	const length = Math.round(days * dayMs);
	const records = instants.map((at, n) => ({ id: `r${n}`, at: origin + Math.round(at * length), type: n % 3 === 0 ? 'direct' : 'team' }));
	const copies = records.slice(0, twins).map((record, n) => ({ ...record, id: `twin${n}` }));
	return [...records, ...copies, { id: 'first', at: origin, type: 'team' }, { id: 'last', at: origin + length, type: 'team' }];
}

export function behaviourOf(world: World): FakeBehaviour {
	const { behaviour, latencies, faults, persistent, arrivals, removals, wrongTotals, alwaysWrong, days } = world;
	const faultAt = new Map(faults);
	const totalAt = new Map(wrongTotals);
	return {
		...behaviour,
		skipIgnored: world.skipIgnored,
		limitIgnored: world.limitIgnored,
		timesIgnored: world.timesIgnored,
		order: world.unstable ? 'unstable' : behaviour.order,
		latencyMs: (n) => latencies[n % latencies.length],
		fault: (n) => faultNamed(persistent && n > 3 ? persistent : faultAt.get(n)),
		before: (n, records) => {
			for (const [at, place] of arrivals) {
				if (at === n) records.push({ id: `late${n}-${place}`, at: origin + Math.round(place * days * dayMs), type: 'team' });
			}
			for (const [at, place] of removals) if (at === n) records.splice(Math.floor(place * records.length), 1);
		},
		total: (n, total) => Math.max(0, total + alwaysWrong + (totalAt.get(n) ?? 0)),
	};
}

function faultNamed(name: FaultName | undefined): Outcome<unknown> | undefined {
	const fault = name && faultKinds[name];
	if (fault === undefined) return undefined;
	if (typeof fault === 'number') return passing(fault);
	if (fault === 'retryAfter') return failed({ kind: 'status', status: 429, retryAfterMs });
	if (fault === 'timeout' || fault === 'network') return failed({ kind: fault });
	if (fault === 'alien') return success({ message: 'a report of another kind' });
	return success(fault === 'html' ? '<html>Please log in</html>' : { total: 1, data: [null] });
}

import { readReport, type Failure, type ReportQuery, type Statistics } from '../../../nodes/Samespace/reading';
import { calls, type ReportRecord } from '../../../nodes/Samespace/reports';
import { FakeApi, type FakeBehaviour, type FakeRecord } from '../../support/fakeApi';
import { VirtualTime } from '../../support/virtualTime';

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;
export const origin = Date.UTC(2026, 0, 10);

/** How to read: what of a query differs from 20 days of calls, 10 a page, and how many requests may be under way. */
export type Asked = Partial<ReportQuery> & { days?: number; concurrency?: number; signal?: AbortSignal };

/** What a reading gave. */
export interface Reading {
	ids: string[];
	records: ReportRecord[];
	failure: Failure | null;
	gaps: Failure[];
	api: FakeApi;
	statistics: Statistics;
	/** By the controlled clock. */
	tookMs: number;
}

/** Reads a fake API from its first record to its last, under controlled time. */
export async function read(records: FakeRecord[], behaviour: FakeBehaviour, asked: Asked = {}): Promise<Reading> {
	const { days = 20, concurrency = 1, signal, ...changes } = asked;
	const api = new FakeApi(records, behaviour, new VirtualTime(origin + days * dayMs));
	const io = api.io(concurrency, { signal });
	const given: ReportRecord[] = [];
	const reading = readReport({ ...queryFor(days), ...changes }, io);
	const startedAt = api.time.now();
	const end = await api.time.run(
		(async () => {
			let step = await reading.next();
			for (; !step.done; step = await reading.next()) given.push(...step.value.records);
			return step.value;
		})(),
	);
	const tookMs = api.time.now() - startedAt;
	return { ids: given.map(({ _id }) => String(_id)), records: given, ...end, api, statistics: io.statistics, tookMs };
}

/** All calls of so many days, 10 a page. */
export function queryFor(days: number): ReportQuery {
	const range = { start: origin, end: origin + days * dayMs };
	return {
		report: calls,
		range,
		periods: [range],
		order: 'oldestFirst',
		clusterZone: 'UTC',
		sentFilters: {},
		conditions: [],
		limit: null,
		itemsOf: () => 1,
		skip: 0,
		pageSize: 10,
		onIncomplete: 'error',
		maxRetries: 5,
	};
}

/** So many records, evenly over so many days. */
export function spread(count: number, days = 20): FakeRecord[] {
	const step = (days * dayMs) / count;
	return Array.from({ length: count }, (_, n) => ({ id: `r${String(n).padStart(5, '0')}`, at: origin + Math.floor((n + 0.5) * step) }));
}

/** The ids of records, in order. */
export function idsOf(records: readonly FakeRecord[]): string[] {
	return records.map(({ id }) => id);
}

/** A page as the API would send it. */
export function pageOf(records: readonly FakeRecord[], total?: number): unknown {
	const data = records.map(({ id, at }) => ({ _id: id, start_time: new Date(at).toISOString() }));
	return total === undefined ? data : { total, data };
}

/** Records within what a request asks for. */
export function within(records: readonly FakeRecord[], filters: { readonly [name: string]: unknown }): FakeRecord[] {
	const [from, to] = [filters.start_time, filters.end_time].map((text) => Date.parse(String(text)));
	return records.filter(({ at }) => at >= from && at <= to);
}

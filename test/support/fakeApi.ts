import type { PageRequest, ReadingIo, Outcome } from '../../nodes/Samespace/reading';
import { ConcurrencyLimiter, Pace, emptyStatistics, failed, newBehavior, success } from '../../nodes/Samespace/reading';
import type { ReportRecord } from '../../nodes/Samespace/reports';
import { VirtualTime } from './virtualTime';

/** A record of the fake API: an id and an instant, in ms since 1970. */
export interface FakeRecord {
	id: string;
	at: number;
	/** Its `type`, by which it can be filtered. */
	type?: string;
}

/** How the fake API behaves. Whatever is left out behaves well. */
export interface FakeBehaviour {
	/** Rows a page has at most, whatever was asked. */
	cap?: number;
	withTotal?: boolean;
	skipIgnored?: boolean;
	limitIgnored?: boolean;
	/** Whether times are ignored: both, or one of them. */
	timesIgnored?: boolean | 'start' | 'end';
	/** Whether records on the very start or end are left out. */
	exclusive?: boolean;
	filtersIgnored?: boolean;
	/** `unstable`: another order for each request. */
	order?: 'oldestFirst' | 'newestFirst' | 'unstable';
	/** A `limit` above this is refused (U15), and so is `skip + limit` above that (U16). */
	refusedLimit?: number;
	resultWindow?: number;
	/** Whether a record must also end in what is asked for (U20). */
	wholeRecordsOnly?: boolean;
	/** Whether times are compared by the minute, cut or rounded (U27). */
	comparedBy?: 'cutMinute' | 'roundMinute';
	/** What `total` counts instead (U17): rows of the page, or no more than so many. */
	counts?: 'pageRows' | number;
	/** Latency of the nth request, in ms. */
	latencyMs?: (n: number) => number;
	/** What befalls the nth request instead of an answer. */
	fault?: (n: number, request: PageRequest) => Outcome<unknown> | undefined;
	/** Called before the nth request is answered: the dataset may change. */
	before?: (n: number, records: FakeRecord[], request: PageRequest) => void;
	/** What is said instead of the true total. */
	total?: (n: number, total: number) => unknown;
	/** What a record looks like. */
	row?: (record: FakeRecord) => ReportRecord;
	/** What is sent instead of a body. */
	body?: (n: number, body: unknown, request: PageRequest) => unknown;
}

/** A request as the API saw it. Rows and totals are those of its answer, if it got one. */
export interface LoggedPage extends PageRequest {
	n: number;
	/** Ms since 1970, by the controlled clock. */
	startedAt: number;
	endedAt?: number;
	rows?: number;
	said?: unknown;
	trueTotal?: number;
	/** It got something else than an answer. */
	failed?: boolean;
}

/** No test asks for so many pages in earnest. */
const mostRequests = 60_000;

/** A paging API in memory, under controlled time, that keeps a log and counts what is under way. */
export class FakeApi {
	readonly log: LoggedPage[] = [];

	readonly behavior = newBehavior();

	readonly pace = new Pace();

	underWay = 0;

	peak = 0;

	constructor(
		readonly records: FakeRecord[],
		readonly behaviour: FakeBehaviour,
		readonly time: VirtualTime,
	) {}

	/** What a reading needs of the world, with this API in it. */
	io(concurrency: number, { chance = () => 0.5, signal }: { chance?: () => number; signal?: AbortSignal } = {}): ReadingIo {
		return {
			fetchPage: async (_report, { filters, limit = Infinity, skip = 0 }) => await this.fetch({ filters, limit, skip }),
			behaviorOf: () => this.behavior,
			now: this.time.now,
			sleep: this.time.sleep,
			random: chance,
			signal,
			limiter: new ConcurrencyLimiter(concurrency),
			pace: this.pace,
			statistics: emptyStatistics(),
		};
	}

	/** `skip+limit` of each request, in the order of sending. */
	get asked(): string[] {
		return this.log.map(({ skip, limit }) => `${skip}+${limit}`);
	}

	private async fetch(request: PageRequest): Promise<Outcome<unknown>> {
		if (this.log.length > mostRequests) throw new Error('the reading does not end');
		const entry: LoggedPage = { ...request, n: this.log.length + 1, startedAt: this.time.now() };
		this.log.push(entry);
		this.underWay += 1;
		this.peak = Math.max(this.peak, this.underWay);
		await this.time.sleep(this.behaviour.latencyMs?.(entry.n) ?? 10);
		this.underWay -= 1;
		this.behaviour.before?.(entry.n, this.records, request);
		const fault = this.behaviour.fault?.(entry.n, request) ?? this.refusal(request);
		entry.failed = fault !== undefined;
		entry.endedAt = this.time.now();
		if (fault) return fault;
		const body = this.answer(entry);
		return success(this.behaviour.body ? this.behaviour.body(entry.n, body, request) : body);
	}

	private answer(entry: LoggedPage): unknown {
		const { cap = Infinity, skipIgnored, limitIgnored, withTotal = true, row = rowOf } = this.behaviour;
		const listed = this.listed(entry);
		const start = skipIgnored ? 0 : entry.skip;
		const records = listed.slice(start, limitIgnored ? undefined : start + Math.min(entry.limit, cap));
		const data = records.map(row);
		entry.rows = data.length;
		entry.trueTotal = listed.length;
		if (!withTotal) return data;
		const counted = this.counted(listed.length, data.length);
		entry.said = this.behaviour.total ? this.behaviour.total(entry.n, counted) : counted;
		return { total: entry.said, data };
	}

	private counted(all: number, onPage: number): number {
		const { counts } = this.behaviour;
		if (counts === undefined) return all;
		return counts === 'pageRows' ? onPage : Math.min(all, counts);
	}

	private refusal({ limit, skip }: PageRequest): Outcome<unknown> | undefined {
		const { refusedLimit = Infinity, resultWindow = Infinity } = this.behaviour;
		if (limit > refusedLimit) return passing(400);
		return skip + limit > resultWindow ? passing(422) : undefined;
	}

	/** What it has to say to a request, in its order, before it is cut into pages. */
	private listed({ filters, n }: LoggedPage): FakeRecord[] {
		const { timesIgnored, exclusive, filtersIgnored, order } = this.behaviour;
		const { wholeRecordsOnly, comparedBy } = this.behaviour;
		const from = compared(Date.parse(String(filters.start_time)), comparedBy) + (exclusive ? 1 : 0);
		const to = compared(Date.parse(String(filters.end_time)), comparedBy) - (exclusive ? 1 : 0);
		const listed = this.records.filter(({ id, at, type }) => {
			if (wholeRecordsOnly && !timesIgnored && at + durationOf(id) > to) return false;
			if (filters.type !== undefined && !filtersIgnored && type !== filters.type) return false;
			const isLate = timesIgnored !== true && timesIgnored !== 'end' && at > to;
			return !isLate && (timesIgnored === true || timesIgnored === 'start' || at >= from);
		});
		const byTime = (a: FakeRecord, b: FakeRecord): number => a.at - b.at || (a.id < b.id ? -1 : 1);
		if (order === 'unstable') return listed.sort((a, b) => shuffled(a.id, n) - shuffled(b.id, n) || byTime(a, b));
		return listed.sort(order === 'newestFirst' ? (a, b) => byTime(b, a) : byTime);
	}
}

/** A fault that passes when the request is sent again. */
export const passing = (status: number): Outcome<unknown> => failed({ kind: 'status', status });

function rowOf({ id, at, type }: FakeRecord): ReportRecord {
	return { _id: id, start_time: new Date(at).toISOString(), end_time: new Date(at + durationOf(id)).toISOString(), ...(type === undefined ? {} : { type }) };
}

/** A place for an id that changes with each request. */
function shuffled(id: string, n: number): number {
	let place = Math.imul(n, 0x9e3779b1);
	for (let at = 0; at < id.length; at += 1) place = Math.imul(place ^ id.charCodeAt(at), 0x85ebca6b) ^ (place >>> 13);
	return place;
}

function compared(instant: number, by: FakeBehaviour['comparedBy']): number {
	const minutes = instant / 60_000;
	if (by === undefined) return instant;
	return (by === 'cutMinute' ? Math.floor(minutes) : Math.round(minutes)) * 60_000;
}

/** Between ten seconds and ten minutes: calls do not end in the order in which they start. */
function durationOf(id: string): number {
	return 10_000 + (Math.abs(shuffled(id, 7)) % 590_000);
}

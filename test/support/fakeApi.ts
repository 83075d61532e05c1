import type { PageRequest, ReadingIo, Outcome } from '../../nodes/Samespace/reading';
import { Lanes, emptyStatistics, failed, success } from '../../nodes/Samespace/reading';
import type { ReportRecord } from '../../nodes/Samespace/reports';
import { VirtualTime } from './virtualTime';

/** A record of the fake API: an id and an instant, in ms since 1970. */
export interface FakeRecord {
	id: string;
	at: number;
}

/** How the fake API behaves. Whatever is left out behaves well. */
export interface FakeBehaviour {
	/** Rows a page has at most, whatever was asked. */
	cap?: number;
	withTotal?: boolean;
	skipIgnored?: boolean;
	limitIgnored?: boolean;
	timesIgnored?: boolean;
	order?: 'oldestFirst' | 'newestFirst';
	/** Latency of the nth request, in ms. */
	latencyMs?: (n: number) => number;
	/** What befalls the nth request instead of an answer. */
	fault?: (n: number, request: PageRequest) => Outcome<unknown> | undefined;
	/** Called before the nth request is answered: the dataset may change. */
	before?: (n: number, records: FakeRecord[]) => void;
	/** What is said instead of the true total. */
	total?: (n: number, total: number) => unknown;
}

/** A paging API in memory, under controlled time, that keeps a log and counts what is under way. */
export class FakeApi {
	readonly log: PageRequest[] = [];

	underWay = 0;

	peak = 0;

	constructor(
		readonly records: FakeRecord[],
		readonly behaviour: FakeBehaviour,
		readonly time: VirtualTime,
	) {}

	/** What a reading needs of the world, with this API in it. */
	io(concurrency: number, chance: () => number = () => 0.5): ReadingIo {
		return {
			fetchPage: async (_report, request) => await this.fetch(request),
			now: this.time.now,
			sleep: this.time.sleep,
			random: chance,
			lanes: new Lanes(concurrency),
			statistics: emptyStatistics(),
		};
	}

	private async fetch(request: PageRequest): Promise<Outcome<unknown>> {
		this.log.push(request);
		const n = this.log.length;
		this.underWay += 1;
		this.peak = Math.max(this.peak, this.underWay);
		await this.time.sleep(this.behaviour.latencyMs?.(n) ?? 10);
		this.underWay -= 1;
		this.behaviour.before?.(n, this.records);
		return this.behaviour.fault?.(n, request) ?? success(this.answer(request, n));
	}

	private answer({ filters, limit, skip }: PageRequest, n: number): unknown {
		const { cap = Infinity, skipIgnored, limitIgnored, timesIgnored, withTotal = true, order } = this.behaviour;
		const from = Date.parse(String(filters.start_time));
		const to = Date.parse(String(filters.end_time));
		const listed = this.records.filter(({ at }) => timesIgnored || (at >= from && at <= to));
		listed.sort((a, b) => (order === 'newestFirst' ? b.at - a.at : a.at - b.at) || (a.id < b.id ? -1 : 1));
		const start = skipIgnored ? 0 : skip;
		const rows = listed.slice(start, limitIgnored ? undefined : start + Math.min(limit, cap));
		const data: ReportRecord[] = rows.map(({ id, at }) => ({ _id: id, start_time: new Date(at).toISOString() }));
		if (!withTotal) return data;
		return { total: this.behaviour.total ? this.behaviour.total(n, listed.length) : listed.length, data };
	}
}

/** A fault that passes when the request is sent again. */
export const passing = (status: number): Outcome<unknown> => failed({ kind: 'status', status });

import { matches } from './answering/filters.ts';
import type { Filters } from './answering/filters.ts';
import { productivityRows } from './answering/productivity.ts';
import type { ContactCentre } from './dataset/contactCentre.ts';
import type {
	CallRecord,
	CsatRecord,
	ProductivityRow,
	RecordOf,
	RecordReport,
	ReportName,
	SessionRecord,
} from './dataset/records.ts';

/**
 * What is asked of the truth: `start` and `end` (ISO text or Date, both inclusive; left out: no bound) hold for
 * `start_time`; any other name is a filter: a value to equal, or a list to be in (`[]`: no filter).
 */
export type TruthQuery = { start?: string | Date; end?: string | Date } & Filters;

/** What a right client must give, whatever the switches say: oldest first, plain JSON, the caller's to keep. */
export type Truth = {
	calls: (query?: TruthQuery) => CallRecord[];
	sessions: (query?: TruthQuery) => SessionRecord[];
	csat: (query?: TruthQuery) => CsatRecord[];
	/** One row an agent over the whole range asked, by agent id. */
	productivity: (query?: TruthQuery) => ProductivityRow[];
	/** The cluster's own records, one after another, without a copy of each: for reading alone. */
	each: <R extends RecordReport>(report: R, query?: TruthQuery) => Iterable<Readonly<RecordOf[R]>>;
	/** How many rows the report of that name has, without making a copy of each. */
	count: (report: ReportName, query?: TruthQuery) => number;
};

const scannedWhole = 50_000;

/** The truth of a contact centre, read record by record without the paths that answer requests. */
export function truthOf(centre: ContactCentre): Truth {
	function* each<R extends RecordReport>(report: R, { start, end, ...filters }: TruthQuery = {}): Iterable<RecordOf[R]> {
		for (const record of startedBetween(centre, report, start, end)) if (matches(record, filters)) yield record;
	}
	const listed = <R extends RecordReport>(report: R, query?: TruthQuery): Array<RecordOf[R]> =>
		JSON.parse(JSON.stringify([...each(report, query)])) as Array<RecordOf[R]>;
	const productivity = ({ start, end, ...filters }: TruthQuery = {}): ProductivityRow[] => {
		const calls = startedBetween(centre, 'calls', start, end);
		return productivityRows(calls, startedBetween(centre, 'sessions', start, end), filters);
	};
	return {
		calls: (query) => listed('calls', query),
		sessions: (query) => listed('sessions', query),
		csat: (query) => listed('csat', query),
		productivity,
		each,
		count: (report, query) => [...(report === 'productivity' ? productivity(query) : each(report, query))].length,
	};
}

function* startedBetween<R extends RecordReport>(
	centre: ContactCentre,
	report: R,
	start: string | Date | undefined,
	end: string | Date | undefined,
): Iterable<RecordOf[R]> {
	const fromMs = instant(start, -Infinity);
	const toMs = instant(end, Infinity);
	const store = centre.stores[report];
	// A million records are too many to look at one by one: then the store's own window is trusted.
	const rows =
		store.size <= scannedWhole ? store.all() : store.window({ fromMs, toMs, startInclusive: true, endInclusive: true });
	for (let i = 0; i < rows.length; i++) {
		const record = rows.at(i) as RecordOf[R];
		const startMs = Date.parse(record.start_time);
		if (startMs >= fromMs && startMs <= toMs) yield record;
	}
}

function instant(time: string | Date | undefined, unbounded: number): number {
	if (time === undefined) return unbounded;
	const ms = new Date(time).getTime();
	if (Number.isNaN(ms)) throw new Error(`expected a time, got ${String(time)}`);
	return ms;
}

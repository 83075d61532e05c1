import { instantIn, valueAt, type Range, type ReportDefinition, type ReportRecord } from '../reports';

export type { Range } from '../reports';

/** What a record must be to come out. Held against every row, whatever the API was asked. */
export interface Condition {
	/** What the form calls the filter. */
	label?: string;
	/** Whether the API was asked for it too. Where it was not, most rows of a page may be unwanted. */
	sent: boolean;
	/** Its name among the filters that are sent. */
	filter?: string;
	accepts: (record: ReportRecord) => boolean;
}

/** In which order records come out, by their time. */
export type Order = 'newestFirst' | 'oldestFirst';

/** The order the other way round. */
export function otherOrder(order: Order): Order {
	return order === 'newestFirst' ? 'oldestFirst' : 'newestFirst';
}

/** A filled-in form, checked: what to read, and how. */
export interface ReportQuery {
	report: ReportDefinition;
	/** All that is asked for. */
	range: Range;
	/** The parts of the range in order, each a reading of its own: one, or the intervals of a report of totals. Made as they are read. */
	periods: Iterable<Range>;
	order: Order;
	/** The cluster's IANA zone, in which times without an offset are written. */
	clusterZone: string;
	/** What is sent in `filters` beside the times. */
	sentFilters: { readonly [name: string]: unknown };
	conditions: readonly Condition[];
	/** Items wanted, or null for all. */
	limit: number | null;
	/** How many items a record makes. */
	itemsOf: (record: ReportRecord) => number;
	/** Matching records left out before the first one. */
	skip: number;
	/** Rows asked for with one request. */
	pageSize: number;
	/** What to do where a slice cannot be shown to be complete. */
	onIncomplete: 'error' | 'warn';
	/** Tries after the first one, for each request. */
	maxRetries: number;
	/** Whether nobody is told what the filters leave out: it lies in another period than the one that was asked for. */
	isUncounted?: boolean;
	/** Whether rows that are no records, and stay so, are passed over as records without any field. Else they are an error. */
	passesOverStrangeRows?: boolean;
}

/** The body of one request. */
export interface PageRequest {
	filters: { readonly [name: string]: unknown };
	limit: number;
	skip: number;
}

/** When a record lies in time, in ms since 1970; null where rows are totals, or where its time cannot be read. */
export function timeOf(record: ReportRecord, { timeField }: ReportDefinition): number | null {
	return timeField === null ? null : instantIn(record[timeField]);
}

/** When a record ends, in ms since 1970; null where it has not ended, or that cannot be read. */
export function endOf(record: ReportRecord): number | null {
	return instantIn(record.end_time);
}

/** Whether a time lies in the range. What has no time is taken: it cannot be shown to lie outside. */
export function isInRange(time: number | null, range: Range): boolean {
	return time === null || (time >= range.start && time <= range.end);
}

/** The condition that the value at a dotted path is one of those given, as people see them: text and number alike, white space aside. */
export function oneOf(path: string, values: readonly unknown[], sent: boolean): Condition {
	const wanted = new Set(values.map(seenText));
	return { sent, filter: path, accepts: (record) => wanted.has(seenText(valueAt(record, path))) };
}

/** Null for what has no one text: a list, an object, nothing. */
function seenText(value: unknown): string | null {
	return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : null;
}

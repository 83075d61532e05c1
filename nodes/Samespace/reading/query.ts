import type { ReportDefinition, ReportRecord } from '../reports';

/** From `start` to `end`, both inclusive, in ms since 1970. */
export interface Range {
	start: number;
	end: number;
}

/** What a record must be to come out. Held against every row, whatever the API was asked. */
export interface Condition {
	/** Whether the API was asked for it too. Where it was not, most rows of a page may be unwanted. */
	sent: boolean;
	/** Its name among the filters that are sent. */
	filter?: string;
	accepts: (record: ReportRecord) => boolean;
}

/** A filled-in form, checked: what to read, and how. */
export interface ReportQuery {
	report: ReportDefinition;
	/** All that is asked for. */
	range: Range;
	/** The parts of the range in order, each a reading of its own: one, or the intervals of a report of totals. Made as they are read. */
	periods: Iterable<Range>;
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
	/** What to do where a window cannot be shown to be complete. */
	onIncomplete: 'error' | 'warn';
	/** Tries after the first one, for each request. */
	maxRetries: number;
	/** Whether rows that are no records, and stay so, are passed over as records without any field. Else they are an error. */
	passesOverStrangeRows?: boolean;
}

/** The body of one request. */
export interface PageRequest {
	filters: { readonly [name: string]: unknown };
	limit: number;
	skip: number;
}

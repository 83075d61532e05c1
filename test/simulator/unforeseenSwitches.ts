import type { ReportName } from './dataset/records.ts';
import type { ForReports, PerReport } from './forReports.ts';

/** What a refusal is about: a `limit` that is too high, `skip + limit` beyond the result window, or a field. */
export type RefusedThing = 'limit' | 'resultWindow' | 'field';

/**
 * What a report refuses: `limit`, `skip`; `times`: start_time and end_time; `undocumentedFilters`: every filter but
 * start_time and end_time that the vendor's page does not show for the report; or a filter by its name.
 */
export type Refusable = 'limit' | 'skip' | 'times' | 'undocumentedFilters' | (string & {});

/**
 * How 'nothing to report' looks. `asPages`: what the envelope makes of no rows. `totalAndData`: {"total":0,"data":[]}.
 * `array`: []. `object`: {}. `dataNull`: {"data":null}. `null`: null. `noContent`: status 204. `emptyBody`: status 200
 * without a body. `message`, `message404`: {"message":"No data found"} with status 200 or 404.
 */
export type NothingBody =
	| 'asPages'
	| 'totalAndData'
	| 'array'
	| 'object'
	| 'dataNull'
	| 'null'
	| 'noContent'
	| 'emptyBody'
	| 'message'
	| 'message404';

/** How durations are written: 89, "89" or "00:01:29" (means are rounded to whole seconds there). */
export type Durations = 'number' | 'text' | 'clock';

/** Where a refreshed end_time of an open login stands: at the last whole `everySeconds` since its start. */
export type OpenLogins = boolean | { everySeconds: number };

/**
 * Rows that keep coming: one just before every `everyRequests`th request of the report (one for productivity counts as
 * one for calls), and one for every `everyMs` of the cluster's clock, brought in by the next request of any report. Both
 * count from the first request after the switch was set. `into` (ISO text) is where they start and end; default: today in the cluster's
 * zone, up to its clock.
 */
export type Arrivals = {
	report?: 'calls' | 'sessions' | 'csat';
	everyRequests?: number;
	everyMs?: number;
	into?: { start: string; end: string };
};

/** What the contract lists as not foreseen in U1–U14. */
export type UnforeseenSwitches = {
	/** U15: a `limit` above this is refused. A limit that is ignored (U3) is not; without one, all rows are given. */
	refusedLimit: number | null;
	/** U16: `skip + limit`, as they count under U2, U3 and U4, beyond this is refused; without a limit, rows end here. */
	resultWindow: number | null;
	/** U16: milliseconds of extra latency for each 1,000 rows skipped. */
	skipCostMs: number;
	/** U18: what each report refuses; `undocumented`: everything that the vendor's page does not show for it. */
	refuses: 'undocumented' | Partial<Record<ReportName, Refusable[]>>;
	/** U15, U16, U18: the status of a refusal, one or one for some (the others: 400). */
	refusalStatus: number | Partial<Record<RefusedThing, number>>;
	/** U15, U16, U18: whether the message names what is refused, or only says what the status means. */
	refusalNamesField: boolean;
	/** U19: when no row matches. */
	nothingBody: PerReport<NothingBody>;
	/** U19: whether a page past the last row looks like 'nothing to report', too. */
	nothingPastEnd: boolean;
	/** U20: a record counts only if it starts and ends in the range asked, which an open login never does. Never on productivity. */
	wholeRecordsOnly: ForReports;
	/** U22. */
	durations: Durations;
	/** U22: every number of a record as text but those in custom_data; durations, too, unless they are `clock`. */
	numbersAsText: boolean;
	/** U23: an open login has an end_time and session_duration that follow the cluster's clock. */
	openLogins: OpenLogins;
	/** U25. */
	arrivals: Arrivals | null;
	/** U27: the unit in which the server compares times, and what it does with the rest. */
	comparedIn: 'ms' | 's' | 'minute';
	rounding: 'cut' | 'round';
	/** U27: whether the records' own times are cut or rounded as well. */
	recordTimesRounded: boolean;
	/**
	 * U28: which instant a local text in a repeated hour means. `both`: the server compares local texts, so a row
	 * matches if its own local text lies in the range, in whichever of the two hours it is.
	 */
	repeatedHour: 'first' | 'second' | 'both';
};

/** None of it. */
export function unforeseenDefaults(): UnforeseenSwitches {
	return {
		refusedLimit: null,
		resultWindow: null,
		skipCostMs: 0,
		refuses: {},
		refusalStatus: 400,
		refusalNamesField: true,
		nothingBody: 'asPages',
		nothingPastEnd: false,
		wholeRecordsOnly: false,
		durations: 'number',
		numbersAsText: false,
		openLogins: false,
		arrivals: null,
		comparedIn: 'ms',
		rounding: 'cut',
		recordTimesRounded: false,
		repeatedHour: 'first',
	};
}

import type { ReportName } from './dataset/records.ts';
import { valueFor } from './forReports.ts';
import type { ForReports, PerReport } from './forReports.ts';
import { unforeseenDefaults } from './unforeseenSwitches.ts';
import type { UnforeseenSwitches } from './unforeseenSwitches.ts';

export { holdsFor } from './forReports.ts';
export type { ForReports, PerReport } from './forReports.ts';
export type * from './unforeseenSwitches.ts';

/**
 * How a page is wrapped. `object`: a page with exactly one row is that bare object, other pages are bare arrays.
 * `oneObject`: every page is one record as a bare object, `{}` past the end.
 */
export type Envelope = 'totalAndData' | 'array' | 'object' | 'oneObject' | 'dataOnly';

/** `unstableBetweenRequests`: every request sees another order. */
export type Order = 'oldestFirst' | 'newestFirst' | 'shuffled' | 'unstableBetweenRequests';

/**
 * What is wrong with `total` (U13). `drift`: right at first, then 1, 2 and 0 too high in turn. `tooHigh`: 5 more.
 * `tooLow`: half. `textNumber`: '123'. `textWord`: 'many'. `negative`: -1. `null`: null.
 */
type WrongTotal = 'drift' | 'tooHigh' | 'tooLow' | 'missing' | 'textNumber' | 'textWord' | 'negative' | 'null';

/**
 * What `total` counts instead (U17). `pageRows`: the rows of this page. `unfiltered`: all rows of the report, whatever the
 * filters and times. `timesOnly`: the rows of the times asked, whatever the other filters. `cappedAt`: at most this.
 * `lagsRequests`, `lagsSeconds`: what it was so many answers, or seconds of the cluster's clock, ago (added, changed
 * and removed records and U9 count; under productivity it does not lag). `lowAtFirst`: half, the first so many times
 * that the same report, filters and times are asked.
 */
type OtherTotal =
	| 'pageRows'
	| 'unfiltered'
	| 'timesOnly'
	| { cappedAt: number }
	| { lagsRequests: number }
	| { lagsSeconds: number }
	| { lowAtFirst: number };

export type TotalError = WrongTotal | OtherTotal;

export type ErrorBody = 'jsonMessage' | 'jsonError' | 'text' | 'html' | 'empty';

/** `requests` answers in any `intervalMs`; the rest are 429 with this kind of Retry-After. */
export type RateLimit = {
	requests: number;
	intervalMs: number;
	retryAfter: 'seconds' | 'date' | 'none';
	/** What Retry-After says; default: the whole seconds until there is room again, at least 1. */
	retryAfterSeconds?: number;
};

/**
 * When a record is listed, by the cluster's clock. `false`: always. Else a call `lagSeconds` after its end, a survey
 * `lagSeconds` after its last answer, a login from its start on (without an end until it has one).
 */
export type Visibility = boolean | { lagSeconds: number };

/** Each unknown of the contract: U1 to U14 here, the others in unforeseenSwitches.ts. */
export type Switches = UnforeseenSwitches & {
	/** U1: one envelope, or one for some reports (the others: totalAndData). */
	envelope: PerReport<Envelope>;
	/** U2: a `limit` above this counts as this, silently. */
	maxLimit: number | null;
	/** U3: all rows from `skip` on. */
	limitIgnored: ForReports;
	/** U4: always from the first row. */
	skipIgnored: ForReports;
	/** U5. */
	startInclusive: boolean;
	endInclusive: boolean;
	/** U6: IANA zone. */
	timezone: string;
	/** U7: start_time and end_time have no effect; never on productivity, which documents them. */
	timeFilterIgnored: ForReports;
	/** U7: no other filter has an effect. */
	filtersIgnored: ForReports;
	/** U8. */
	order: Order;
	/** U9. */
	visibility: Visibility;
	/** U10. */
	rateLimit: RateLimit | null;
	/** U11. */
	errorBody: ErrorBody;
	/** U12: longest window. */
	windowRule: '31days' | '30days' | 'calendarMonth';
	/** U13, U17. */
	totalError: TotalError | null;
	/** U14: `{"$oid"}` for ids and `{"$date"}` for times: as ISO text, as {"$numberLong"}, or both by turns (true). */
	extendedJson: boolean | 'iso' | 'numberLong';
};

/** The reading under which the contract's samples are literally true. */
export function defaultSwitches(timezone: string): Switches {
	return {
		envelope: 'totalAndData',
		maxLimit: null,
		limitIgnored: false,
		skipIgnored: false,
		startInclusive: true,
		endInclusive: true,
		timezone,
		timeFilterIgnored: false,
		filtersIgnored: false,
		order: 'oldestFirst',
		visibility: false,
		rateLimit: null,
		errorBody: 'jsonMessage',
		windowRule: '31days',
		totalError: null,
		extendedJson: false,
		...unforeseenDefaults(),
	};
}

/** The envelope of a report. */
export function envelopeOf({ envelope }: Switches, report: ReportName): Envelope {
	return valueFor(envelope, report, 'totalAndData');
}

import type { ReportName } from './dataset/records.ts';

/** Reports for which something holds: all, none, or those listed. */
export type ForReports = boolean | ReportName[];

/**
 * How a page is wrapped. `object`: a page with exactly one row is that bare object, other pages are bare arrays.
 * `oneObject`: every page is one record as a bare object, `{}` past the end.
 */
export type Envelope = 'totalAndData' | 'array' | 'object' | 'oneObject' | 'dataOnly';

/** `unstableBetweenRequests`: every request sees another order. */
export type Order = 'oldestFirst' | 'newestFirst' | 'shuffled' | 'unstableBetweenRequests';

/**
 * What is wrong with `total`. `drift`: right at first, then 1, 2 and 0 too high in turn. `tooHigh`: 5 more.
 * `tooLow`: half. `textNumber`: '123'. `textWord`: 'many'. `negative`: -1. `null`: null.
 */
export type TotalError = 'drift' | 'tooHigh' | 'tooLow' | 'missing' | 'textNumber' | 'textWord' | 'negative' | 'null';

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

/** Each unknown of the contract. */
export type Switches = {
	/** U1: one envelope, or one for some reports (the others: totalAndData). */
	envelope: Envelope | Partial<Record<ReportName, Envelope>>;
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
	/** U13. */
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
	};
}

/** Whether a switch holds for a report. */
export function holdsFor(which: ForReports, report: ReportName): boolean {
	return typeof which === 'boolean' ? which : which.includes(report);
}

/** The envelope of a report. */
export function envelopeOf({ envelope }: Switches, report: ReportName): Envelope {
	return typeof envelope === 'string' ? envelope : (envelope[report] ?? 'totalAndData');
}

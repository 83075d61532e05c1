import type { Range } from './query';

/**
 * The few ways in which a request or a reading ends without records.
 *
 * - `credential`: the credential cannot be used, nothing was sent
 * - `network`: no answer came, or it broke off; `timeout`: none came in time
 * - `unknownHost`, `untrusted`: no such cluster; an invalid TLS certificate
 * - `unreadable`: success without JSON; `unexpected`: JSON that is not a report; `tooLarge`: more than is read into memory
 * - `strange`: a row of a report is no record
 * - `reported`: HTTP 200 whose body reports an error (U26)
 * - `status`: an HTTP status other than success; `redirect`: one that sends us elsewhere
 * - `incomplete`: the rows do not account for the total; `skipIgnored`: every page is the first one
 * - `zone`: the zone that was entered for the cluster is not its own (U21)
 * - `clock`: this clock is behind what was read before
 * - `stopped`: the user pressed Stop, another input item failed, or the request is no longer needed
 */
export type FailureKind =
	| 'credential'
	| 'network'
	| 'timeout'
	| 'unknownHost'
	| 'untrusted'
	| 'unreadable'
	| 'unexpected'
	| 'tooLarge'
	| 'strange'
	| 'reported'
	| 'status'
	| 'redirect'
	| 'incomplete'
	| 'skipIgnored'
	| 'zone'
	| 'clock'
	| 'stopped';

/** Why there are no records. Holds no record. */
export interface Failure {
	kind: FailureKind;
	/** The HTTP status, where there was one. */
	status?: number;
	/** What is wrong, in our words: the fault's code, the shape of the answer. */
	detail?: string;
	/** What the server said, as it said it. Only `transport/errors.ts` shows it, less the key and people's phone numbers. */
	said?: string;
	/** How long the API asked us to wait, in ms. */
	retryAfterMs?: number;
	/** It was not the cluster that failed, but where a recording of it is kept. */
	elsewhere?: boolean;
	/** Requests made for this one page, the first included. */
	attempts?: number;
	/** `incomplete`: the window whose rows are missing. `clock`: `start` is this clock, `end` the time already read. */
	window?: Range;
	/** The zone that was entered for the cluster. */
	zone?: string;
	/** Rows that the API announced, and rows that came. */
	expected?: number | null;
	received?: number;
}

export type Outcome<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

/** Wraps a value as a good outcome. */
export const success = <Value>(value: Value): Outcome<Value> => ({ ok: true, value });

/** Wraps a failure as a bad outcome. */
export const failed = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });

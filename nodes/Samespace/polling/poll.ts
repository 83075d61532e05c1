import type { Failure, Outcome, Range } from '../reading';
import { farthestInstantMs, type ReportDefinition, type ReportRecord } from '../reports';

/** What starts a workflow: which records of which report, and what makes one of them news. */
export interface PollEvent {
	/** Name in saved workflows and in saved states: never changes. */
	name: string;
	/** As in 'Trigger On: Call Completed'. */
	title: string;
	/** When that is, for whoever chooses it. */
	description: string;
	report: ReportDefinition;
	/** How long after the time that it is listed under a record of this kind ordinarily still changes, in ms. */
	usualLookbackMs: number;
	/** Filters that the event itself has decided. */
	decided?: readonly string[];
	/**
	 * What a record tells by the instant `settled`, in ms since 1970; nothing while it isn't finished: it is looked at again by the
	 * next poll.
	 */
	newsOf(record: ReportRecord, settled: number): News[];
}

/** Something that starts the workflow once. */
export interface News {
	/** What must differ for a record to start the workflow once more. */
	key: string;
	/** What is emitted. */
	record: ReportRecord;
	/** When the last thing that it tells of happened, in ms since 1970; null if nothing tells. */
	changedAt: number | null;
}

/** What a stretch of a report held beside its records. */
export interface Stretch {
	/** Up to here everything was read, in ms since 1970; null for all of it. */
	until: number | null;
	/** When the newest row lies in time, whether it meets the filters or not; null where none came. */
	newest: number | null;
	/** Rows that are no records and were passed over. */
	strange: number;
	/** Parts of it of which not all rows came, however they were asked for. */
	gaps: readonly Failure[];
}

/** Reads the report that is polled. */
export interface PollReader {
	/**
	 * Visits every record from `start` to `end` (both inclusive), about oldest first; one that is visited twice counts once. It may end early where
	 * `isEnough`, which is told up to where all was read. After a failure none counts.
	 */
	read(range: Range, visit: (record: ReportRecord) => void, isEnough: (until: number) => boolean): Promise<Outcome<Stretch>>;
	/** The newest records of a stretch, newest first: `count` at most. */
	newest(range: Range, count: number): Promise<Outcome<ReportRecord[]>>;
}

export interface PollOptions {
	event: PollEvent;
	/** What tells this cluster and these filters from others. */
	scope: string;
	/** How long after its start time a record can appear or change and still be found. */
	lookbackMs: number;
	/** How long a record must be unchanged before it's emitted; also covers a clock that's this far ahead of the cluster's. */
	settleMs: number;
	/** Items that one poll emits at most. */
	maxItems: number;
	/** Up to this instant of this clock an earlier poll has looked, where the saved state is older: n8n keeps it only when something is emitted. */
	lookedUntil?: number;
	/** Whether this poll passes on what the last one left to be shown; otherwise it has been shown. */
	passesOn?: boolean;
	/** Ms that are left to this poll. Without it there is time enough. */
	budget?: () => number;
	/** Ms since this poll began, by a clock that never jumps. */
	tookMs?: () => number;
}

/**
 * What the user must know.
 *
 * - `restarted`: nothing could be made of the saved state; what came since the last poll is not emitted
 * - `repeated`: what was emitted is no longer known; the look-back is emitted again
 * - `room`: more records lie in the look-back than can be remembered; it is shorter than asked
 * - `clock`: this clock went back
 * - `incomplete`: not all rows came of some stretch, however it was asked for
 * - `lost`: rows of a catch-up still did not come, and are no longer looked for
 * - `strange`: rows that are no records were passed over
 */
export interface PollNotice {
	kind: (typeof noticeKinds)[number];
	text: string;
	/** How many polls have passed it on. */
	passedOn?: number;
}

export const noticeKinds = ['restarted', 'repeated', 'room', 'clock', 'incomplete', 'lost', 'strange'] as const;

/** Throws a RangeError for options or an instant that no poll can go by. */
export function checkPoll(now: number, options: Pick<PollOptions, 'lookbackMs' | 'settleMs' | 'maxItems'>): void {
	check('now', now, Number.isInteger(now) && Math.abs(now) <= farthestInstantMs, 'a whole number of ms since 1970');
	for (const name of ['lookbackMs', 'settleMs'] as const) {
		const value = options[name];
		check(name, value, Number.isInteger(value) && value >= 0, 'a whole number of ms from 0');
	}
	check('maxItems', options.maxItems, Number.isInteger(options.maxItems) && options.maxItems >= 1, 'a whole number from 1');
}

function check(name: string, value: number, isRight: boolean, expected: string): void {
	if (!isRight) throw new RangeError(`Expected ${name} to be ${expected}, got ${value}`);
}

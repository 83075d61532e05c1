import type { Failure, Range } from '../reading';
import { farthestInstantMs, type ReportDefinition, type ReportRecord } from '../reports';

/** What starts a workflow: which records of which report, and what makes one of them new. */
export interface PollEvent {
	/** Name in saved workflows and in saved states: never changes. */
	name: string;
	/** As in 'Trigger on: Call Completed'. */
	title: string;
	/** When that is, for whoever chooses it. */
	description: string;
	report: ReportDefinition;
	/**
	 * How long after the time that it is listed under a record of this kind ordinarily still changes, in ms. A shorter
	 * look-back loses ordinary records, not only late ones.
	 */
	leastLookbackMs: number;
	/** Whether there is anything to tell yet. A record that is not finished is looked at again by the next poll. */
	isFinished(record: ReportRecord): boolean;
	/** What must differ for a record to start the workflow once more. */
	keyOf(record: ReportRecord): string;
	/** The time that the record is listed under, in ms since 1970; null if it cannot be read. */
	timeOf(record: ReportRecord): number | null;
	/** When the last thing known of the record happened, in ms since 1970; null if nothing tells. */
	changedAt(record: ReportRecord): number | null;
}

/**
 * Reads a stretch of a report, from `start` to `end` (both inclusive), and visits every record of it, in any order; one
 * that is visited twice counts once. Gives back null once all were visited, else why not: then none counts.
 */
export type PollRead = (range: Range, visit: (record: ReportRecord) => void) => Promise<Failure | null>;

export interface PollOptions {
	event: PollEvent;
	/** How long after the time that it is listed under a record may appear and still be found. */
	lookbackMs: number;
	/** How old the last change of a record must be, and how far this clock may be ahead of the cluster's. */
	settleMs: number;
	/** Records that one poll hands on at most. */
	maxItems: number;
	/** Ms that are left to this poll. Without it there is time enough. */
	budget?: () => number;
}

/**
 * Something that whoever runs the workflow should be told.
 *
 * - `restarted`: nothing could be made of the saved state; what came since the last poll is not handed on
 * - `repeated`: what was handed on is no longer known; the look-back is handed on again
 * - `room`: more records lie in the look-back than can be remembered; it is shorter than asked
 * - `clock`: this clock is behind an instant that was polled before
 */
export interface PollNotice {
	kind: 'restarted' | 'repeated' | 'room' | 'clock';
	text: string;
}

/** Throws a RangeError for options or an instant that no poll can go by. */
export function checkPoll(now: number, options: Omit<PollOptions, 'event' | 'budget'>): void {
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

import type { ReportRecord } from '../reports';
import { fingerprintOf } from './fingerprint';
import type { PollOptions } from './poll';

/** A record that is ready to be handed on. */
export interface Find {
	record: ReportRecord;
	fingerprint: string;
	/** The time that it is listed under, in ms since 1970; the settled instant if that cannot be told. */
	time: number;
}

/** What a poll can judge: records from `since` on, as they are known by the instant `settled`; both in ms since 1970. */
export interface Scope {
	since: number;
	settled: number;
}

/**
 * What is to be handed on of a record, or null while there is nothing: out of scope, not finished, or changed after the
 * settled instant. The latter waits, but only as long as the next poll is sure to read it again.
 */
export function sift(record: ReportRecord, { since, settled }: Scope, { event, lookbackMs }: PollOptions): Find | null {
	const time = event.timeOf(record) ?? settled;
	// A record without any field stands for a row that is none.
	if (time < since || !event.isFinished(record) || Object.keys(record).length === 0) return null;
	const isUnsettled = (event.changedAt(record) ?? time) > settled;
	if (isUnsettled && time >= settled - lookbackMs) return null;
	return { record, fingerprint: fingerprintOf(event.keyOf(record)), time };
}

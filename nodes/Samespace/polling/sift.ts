import type { ReportRecord } from '../reports';
import type { Range } from '../reading';
import { fingerprintOf } from './fingerprint';
import type { PollOptions } from './poll';

/** A record that is ready to be handed on. */
export interface Find {
	record: ReportRecord;
	fingerprint: string;
	/** The time that it is listed under, in ms since 1970; the end of what was read if that cannot be told. */
	time: number;
}

/**
 * What is to be handed on of a record, or null while there is nothing: outside the range that was asked, not finished, or
 * changed after the settled instant. The latter waits, but only as long as the next poll is sure to read it again.
 */
export function sift(record: ReportRecord, range: Range, settled: number, options: PollOptions): Find | null {
	const { event, lookbackMs } = options;
	const time = event.timeOf(record) ?? range.end;
	if (time < range.start || time > range.end || !event.isFinished(record)) return null;
	const isUnsettled = (event.changedAt(record) ?? time) > settled;
	if (isUnsettled && time >= settled - lookbackMs) return null;
	return { record, fingerprint: fingerprintOf(event.keyOf(record)), time };
}

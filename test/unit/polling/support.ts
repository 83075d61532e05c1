import { advance, pollEventNamed, type PollOptions, type PollRead, type PollState, type PollStep } from '../../../nodes/Samespace/polling';
import type { Range } from '../../../nodes/Samespace/reading';
import type { ReportRecord } from '../../../nodes/Samespace/reports';

export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Noon of a day without anything special, in ms since 1970. */
export const noon = Date.UTC(2026, 2, 10, 12);

export const iso = (instantMs: number): string => new Date(instantMs).toISOString();

/** A call that is listed under `startMs` and lasted one second, unless told otherwise. */
export function call(id: string, startMs: number, endMs: number | null = startMs + secondMs): ReportRecord {
	return { _id: id, start_time: iso(startMs), end_time: endMs === null ? null : iso(endMs) };
}

export function optionsWith(changes: Partial<PollOptions> = {}): PollOptions {
	return { event: pollEventNamed('callCompleted'), lookbackMs: 2 * hourMs, settleMs: 30 * secondMs, maxItems: 1000, ...changes };
}

/** A report whose records can be changed between polls, and the ranges that were read of it. */
export class Report {
	readonly ranges: Range[] = [];

	constructor(public records: ReportRecord[] = []) {}

	readonly read: PollRead = async (range, visit) => {
		this.ranges.push(range);
		for (const record of this.records) {
			const time = Date.parse(String(record.start_time));
			if (Number.isNaN(time) || (time >= range.start && time <= range.end)) visit(record);
		}
		return await Promise.resolve(null);
	};
}

/** A poll that is expected to succeed. */
export async function poll(state: unknown, now: number, report: Report, options = optionsWith()): Promise<PollStep> {
	const outcome = await advance(state, now, report.read, options);
	if (!outcome.ok) throw new Error(`The poll failed: ${outcome.failure.kind}`);
	return outcome.value;
}

/** The state that a first poll of an empty report leaves behind. */
export async function stateAt(now: number, options = optionsWith()): Promise<PollState> {
	return (await poll(undefined, now, new Report(), options)).state;
}

export const idsOf = (records: readonly ReportRecord[]): unknown[] => records.map(({ _id }) => _id);

import { advance, pollEventNamed, type PollOptions, type PollReader, type PollState, type PollStep, type Stretch } from '../../../nodes/Samespace/polling';
import { success, type Range } from '../../../nodes/Samespace/reading';
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
	return { event: pollEventNamed('callCompleted'), scope: 'scope', lookbackMs: 2 * hourMs, settleMs: 30 * secondMs, maxItems: 1000, ...changes };
}

/** A report whose records can be changed between polls, and the ranges that were read of it. Records come one by one, oldest first. */
export class Report implements PollReader {
	readonly ranges: Range[] = [];

	/** Records that were visited. */
	visits = 0;

	/** What is said of each stretch beside its records. */
	told: Partial<Stretch> = {};

	constructor(public records: ReportRecord[] = []) {}

	async read(...[range, visit, isEnough]: Parameters<PollReader['read']>): ReturnType<PollReader['read']> {
		this.ranges.push(range);
		let newest: number | null = null;
		let until: number | null = null;
		const listed = this.listed(range);
		for (const [at, record] of listed.entries()) {
			const time = Date.parse(String(record.start_time));
			visit(record);
			this.visits += 1;
			if (!Number.isNaN(time)) newest = time;
			if (at < listed.length - 1 && time < Date.parse(String(listed[at + 1].start_time)) && isEnough(time)) {
				until = time;
				break;
			}
		}
		return await Promise.resolve(success({ until, newest, strange: 0, gaps: [], ...this.told }));
	}

	async newest(...[range, count]: Parameters<PollReader['newest']>): ReturnType<PollReader['newest']> {
		return await Promise.resolve(success(this.listed(range).reverse().slice(0, count)));
	}

	private listed({ start, end }: Range): ReportRecord[] {
		const timeOf = ({ start_time: time }: ReportRecord): number => Date.parse(String(time));
		const isIn = (time: number): boolean => Number.isNaN(time) || (time >= start && time <= end);
		return this.records.filter((record) => isIn(timeOf(record))).sort((one, other) => timeOf(one) - timeOf(other));
	}
}

/** A poll that is expected to succeed. */
export async function poll(state: unknown, now: number, report: Report, options = optionsWith()): Promise<PollStep> {
	const outcome = await advance(state, now, report, options);
	if (!outcome.ok) throw new Error(`The poll failed: ${outcome.failure.kind}`);
	return outcome.value;
}

/** A call that was there when the workflow was switched on. */
export const knownAt = (now: number): ReportRecord => call('known', now - minuteMs);

/** The state that a first poll leaves behind, of a report with one call. */
export async function stateAt(now: number, options = optionsWith()): Promise<PollState> {
	return (await poll(undefined, now, new Report([knownAt(now)]), options)).state;
}

export const idsOf = (records: readonly ReportRecord[]): unknown[] => records.map(({ _id }) => _id);

import { failed, success, type Outcome } from '../reading';
import type { ReportRecord } from '../reports';
import type { PollEvent, PollRead } from './poll';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

/** How far back is looked, step by step, until there is enough. */
const reachesMs = [15 * minuteMs, 120 * minuteMs, dayMs, 7 * dayMs, 30 * dayMs];

interface Dated {
	key: string;
	time: number;
	record: ReportRecord;
}

/**
 * The newest few records of the last 30 days, oldest first, as a manual test run shows them. Knows no state and holds no more
 * than `count` records, however many are read. `now` is in ms since 1970.
 */
export async function newestFew(event: PollEvent, count: number, now: number, read: PollRead): Promise<Outcome<ReportRecord[]>> {
	const newest: Dated[] = [];
	let end = now;
	for (const reachMs of reachesMs) {
		const failure = await read({ start: now - reachMs, end }, (record) => {
			if (!event.isFinished(record) || Object.keys(record).length === 0) return;
			insert(newest, { key: event.keyOf(record), time: event.timeOf(record) ?? -Infinity, record }, count);
		});
		if (failure) return failed(failure);
		if (newest.length >= count) break;
		end = now - reachMs;
	}
	return success(newest.map(({ record }) => record));
}

/** Keeps the list in the order of time, without repetitions, and no longer than `count`. */
function insert(newest: Dated[], dated: Dated, count: number): void {
	if (newest.length >= count && dated.time <= newest[0].time) return;
	if (newest.some(({ key }) => key === dated.key)) return;
	const after = newest.findIndex(({ time }) => time > dated.time);
	newest.splice(after < 0 ? newest.length : after, 0, dated);
	if (newest.length > count) newest.shift();
}

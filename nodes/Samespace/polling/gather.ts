import { failed, success, type Outcome } from '../reading';
import { Oldest } from './oldest';
import type { PollOptions, PollRead } from './poll';
import { sift, type Find } from './sift';
import type { Position } from './state';

/** How far beyond the cursor is read at once: all the way, unless polls failed to come for long. */
const firstSliceMs = 6 * 3_600_000;
const leastSliceMs = 60_000;

/** What is new, oldest first: `maxItems` at most. */
export interface Gathered {
	finds: Find[];
	/** Everything up to here was read and is either known or among the finds, in ms since 1970. */
	doneUntil: number;
	/** How far beyond the cursor to read at once next time; null if nothing is left over. */
	sliceMs: number | null;
}

/** What a poll goes by: where the last one stood, and the newest instant that is settled. */
export interface Outlook {
	position: Position;
	settled: number;
	options: PollOptions;
}

/**
 * Reads the look-back, as far as it is remembered, and on from the cursor to the settled instant. After a long time without
 * polls it goes slice by slice, each twice as long as the one before, until there is enough to hand on or time is up.
 */
export async function gather(read: PollRead, { position, settled, options }: Outlook): Promise<Outcome<Gathered>> {
	const oldest = new Oldest(options.maxItems);
	const scope = { since: position.seenSince, settled };
	let start = scope.since;
	let end = position.cursor;
	for (let sliceMs = position.sliceMs ?? firstSliceMs; ; sliceMs *= 2) {
		const range = { start, end: Math.min(settled, end + sliceMs) };
		const leftMs = options.budget?.() ?? Infinity;
		const failure = await read(range, (record) => {
			const find = sift(record, scope, options);
			if (find === null) return;
			// Met again, it stays as long as it can be met, even if its time is read otherwise now, or not at all.
			if (position.seen.has(find.fingerprint)) position.seen.set(find.fingerprint, find.time);
			else oldest.add(find);
		});
		if (failure) return failed(failure);
		({ end } = range);
		start = end + 1;
		if (end < settled && !oldest.isFull && !isTooLate(leftMs, options)) continue;
		const finds = oldest.inOrder();
		if (oldest.leftOutFrom === Infinity) return success({ finds, doneUntil: end, sliceMs: end < settled ? sliceMs : null });
		const doneUntil = Math.min(end, oldest.leftOutFrom - 1);
		return success({ finds, doneUntil, sliceMs: Math.max(leastSliceMs, 2 * (doneUntil - position.cursor)) });
	}
}

/** Whether another slice like the one before would take longer than is left. */
function isTooLate(leftBeforeMs: number, { budget }: PollOptions): boolean {
	const leftMs = budget?.() ?? Infinity;
	return leftMs < Infinity && leftMs <= leftBeforeMs - leftMs;
}

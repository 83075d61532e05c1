import { success, timeOf, type Outcome } from '../reading';
import type { ReportRecord } from '../reports';
import { shortIdOf } from './emitted';
import { Oldest, type NewRecord } from './oldest';
import type { PollOptions, PollReader, Stretch } from './poll';
import type { ParsedState } from './state';

/** What is new, oldest first: `maxItems` at most. */
export interface Gathered {
	newRecords: NewRecord[];
	stretch: Stretch;
	/** When the oldest news is listed that did not fit, in ms since 1970; Infinity if all did. */
	leftOutFrom: number;
}

/** What a poll goes by: where the last one stood, and the newest instant that is settled. */
export interface PollInput {
	position: ParsedState;
	settled: number;
	options: PollOptions;
}

/**
 * Reads the look-back, as far as it is remembered, and on from the cursor to the settled instant, until there is enough to emit or time is up. What
 * changed up to `knownUntil` counts as emitted.
 */
export async function gather(reader: PollReader, input: PollInput): Promise<Outcome<Gathered>> {
	const { position, settled, options } = input;
	const { emitted, emittedSince, knownUntil, cursor } = position;
	const oldest = new Oldest(options.maxItems);
	const isTimeUp = watchOf(options);
	const visit = (record: ReportRecord): void => {
		const listedAt = timeOf(record, options.event.report);
		const time = listedAt ?? settled;
		// A record without any field stands for a row that is none.
		if (time < emittedSince || Object.keys(record).length === 0) return;
		for (const { key, record: told, changedAt } of options.event.newsOf(record, settled)) {
			const changed = changedAt ?? time;
			const id = shortIdOf(key);
			// Not settled yet: skip it if the next poll is sure to read it again.
			if (changed > settled && time >= settled - options.lookbackMs) continue;
			// Already emitted: update its time, so that it's remembered for as long as it can be read again.
			if (emitted.has(id) || (knownUntil !== null && changed <= knownUntil)) emitted.set(id, time);
			else oldest.add({ record: told, id, listedAt });
		}
	};
	// What counts as emitted must be read whole: what comes of it later is new.
	const atLeast = Math.max(cursor, knownUntil ?? -Infinity);
	const read = await reader.read({ start: emittedSince, end: settled }, visit, (until) => {
		const isLate = isTimeUp();
		return until > atLeast && (isLate || oldest.isFull);
	});
	if (!read.ok) return read;
	const newRecords = oldest.inOrder();
	return success({ newRecords, stretch: read.value, leftOutFrom: oldest.leftOutFrom });
}

/** Whether another part that takes as long as the longest one so far would take longer than is left. */
function watchOf({ budget }: PollOptions): () => boolean {
	let leftMs = budget?.() ?? Infinity;
	let longestMs = 0;
	return () => {
		const before = leftMs;
		leftMs = budget?.() ?? Infinity;
		if (leftMs === Infinity) return false;
		longestMs = Math.max(longestMs, before - leftMs);
		return leftMs <= longestMs;
	};
}

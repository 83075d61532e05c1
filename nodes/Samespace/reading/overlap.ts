import type { Behavior } from './pages/behavior';
import { askPage, type PageAsker, type Tools } from './pages/readPages';
import { Tally, type Row } from './pages/tally';
import { endOf } from './query';
import { sentWindow } from './windows';

const minuteMs = 60_000;
/** While nobody knows whether a record must also end in what is asked for (U20), so much more is asked for, or what the longest record takes. */
export const leastOverlapMs = 4 * 60 * minuteMs;
/** So that a window with its overlap is no longer than a month. */
const mostOverlapMs = 7 * 24 * 60 * minuteMs;
/** A record of this length shows it, wherever in a minute it begins. */
const tellingMs = 2 * minuteMs;

/** How much later than its end a slice is asked for, in ms. */
export function overlapOf({ countsStarts, longestMs }: Behavior): number {
	return countsStarts ? 0 : Math.min(mostOverlapMs, Math.max(leastOverlapMs, longestMs));
}

/** Whether records count that end after what is asked for (U20): asks for a time in which a long one began. */
export async function learnWhatCounts(slice: PageAsker, rows: readonly Row[], tools: Tools): Promise<void> {
	const { behavior, query } = tools;
	if (behavior.countsStarts !== null) return;
	const long = rows.find(({ record, time }) => time !== null && (endOf(record) ?? 0) - time >= tellingMs);
	if (!long || long.time === null) return;
	// It begins in what is asked for, and ends a whole minute after that, or more.
	const middle = Math.floor(long.time / minuteMs) * minuteMs;
	const sent = sentWindow({ start: middle, end: middle }, query);
	const page = await askPage(slice, sent, { skip: 0, limit: query.pageSize }, tools);
	if (!page.ok) return;
	new Tally(query.report, sent, behavior).take(page.value, 0);
	behavior.countsStarts ??= false;
}

import type { Behavior } from '../pages/behavior';
import { askPage, type PageAsker, type Tools } from '../pages/readPages';
import type { Row } from '../pages/row';
import { Tally, slackMs } from '../pages/tally';
import { endOf, type Range, type ReportQuery } from '../query';
import { sentWindow } from '../windows';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Until it's known whether the cluster lists only records that also end in the range (U20), each slice is requested this far past its end, or as far as the longest record seen. */
export const leastOverlapMs = 4 * hourMs;
/** Upper limit, so that a window plus its overlap stays within a month. */
const mostOverlapMs = 7 * 24 * hourMs;
/** A record at least this long can answer the question, wherever in a minute it starts. */
const tellingMs = 2 * minuteMs;

/** How far past its end a slice is requested, in ms. Whole hours, so that a record slightly longer than all before doesn't cause more requests. */
export function overlapOf({ listsByStart, longestMs }: Behavior): number {
	return listsByStart ? 0 : Math.min(mostOverlapMs, Math.max(leastOverlapMs, Math.ceil(longestMs / hourMs) * hourMs));
}

/** Rows that end near the end of the requested range, or later. Where rows must end in that range (U20) and times are rounded (U27), some were listed and some not. */
export function rowsBeyond(rows: readonly Row[], range: Range, overlapMs: number, query: ReportQuery): Row[] {
	const asked = sentWindow(range, query, overlapMs).end;
	return rows.filter(({ record }) => (endOf(record) ?? 0) > asked - slackMs);
}

/** Whether records count that end after what is asked for (U20): asks for a time in which a long one began. */
export async function learnIfListedByStart(slice: PageAsker, rows: readonly Row[], tools: Tools): Promise<void> {
	const { behavior, query } = tools;
	if (behavior.listsByStart !== null) return;
	const long = rows.find(({ record, time }) => time !== null && (endOf(record) ?? 0) - time >= tellingMs);
	if (!long || long.time === null) return;
	// It begins in what is asked for, and ends a whole minute after that, or more.
	const middle = Math.floor(long.time / minuteMs) * minuteMs;
	const sent = sentWindow({ start: middle, end: middle }, query);
	// Around a repeated hour more is asked for, and it shows nothing.
	if ((endOf(long.record) ?? 0) < sent.end + minuteMs) return;
	const page = await askPage(slice, sent, { skip: 0, limit: query.pageSize }, tools);
	if (!page.ok) return;
	new Tally(query.report, sent, behavior).take(page.value, 0);
	behavior.listsByStart ??= false;
}

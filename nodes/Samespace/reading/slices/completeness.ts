import { keysOf } from '../ids';
import { largestPageFor, notePage } from '../pages/behavior';
import { announced, askPage, type Tools } from '../pages/readPages';
import type { Tally } from '../pages/tally';
import type { Range } from '../query';
import { cut, sentWindow, type SentWindow } from '../windows';
import { learnIfListedByStart } from './overlap';
import type { Slice } from './slice';

// Where a page doesn't show whether it is all, or what a total counts, a few more requests do.

const minuteMs = 60_000;
/** Shorter than any month. */
const mostLookMs = 27 * 24 * 60 * minuteMs;

/**
 * Whether an answer without pages wasn't cut off: either a longer range returns more rows in one page, or each half returns fewer rows, all of them
 * already seen. Halves prove nothing if the cluster lists only records that also end in the range (U20).
 */
export async function isUncut(slice: Slice, tally: Tally, tools: Tools): Promise<boolean> {
	const { range } = slice;
	const { behavior, query, now } = tools;
	const keysIn = async (part: Range): Promise<string[] | null> => {
		const page = await askPage(slice, sentWindow(part, query), { skip: 0, limit: query.pageSize }, tools);
		if (!page.ok) return null;
		notePage(behavior, page.value.asked, page.value.rows.length);
		return keysOf(page.value.rows, query.report);
	};
	const longerMs = Math.min(mostLookMs, 4 * (range.end - range.start)) - (range.end - range.start);
	if (longerMs > 0) {
		const end = Math.max(range.end, Math.min(now, range.end + longerMs / 2));
		await keysIn({ start: range.start - longerMs + (end - range.end), end });
		if (largestPageFor(behavior, tally.firstPage.asked) > tally.received) return true;
	}
	await learnIfListedByStart(slice, tally.rows, tools);
	const times = tally.rows.flatMap(({ time }) => time ?? []).sort((one, other) => one - other);
	const middle = times.at(Math.floor(times.length / 2)) ?? range.start;
	if (behavior.listsByStart === false || middle <= range.start || middle >= range.end) return false;
	const halves = [await keysIn({ start: range.start, end: middle }), await keysIn({ start: middle, end: range.end })];
	return halves.every((keys) => keys !== null && keys.length < tally.received && keys.every((key) => tally.seen.has(key)));
}

/**
 * Whether the total counts something else (U17): if what a slice was cut from announced no more rows than the slice does, and what lies
 * well beside the slice announces as many again, totals do not go by time.
 */
export async function isMiscounted(slice: Slice, tally: Tally, sent: SentWindow, tools: Tools): Promise<boolean> {
	const { parent } = slice;
	if (parent === null || announced(tally, tools.behavior) < parent.total) return false;
	const before = { start: parent.range.start, end: sent.start - 3 * minuteMs };
	const after = { start: sent.end + 3 * minuteMs, end: parent.range.end };
	const beside = before.end - before.start > after.end - after.start ? before : after;
	if (beside.start >= beside.end) return false;
	const page = await askPage(slice, sentWindow(beside, tools.query), { skip: 0, limit: 1 }, tools);
	if (page.ok && (page.value.total ?? 0) >= parent.total) tools.behavior.miscounts = true;
	return tools.behavior.miscounts;
}

/**
 * Every page is the same, and no total says how many rows there are: is the page all of them, or cut off? It is whole if it is smaller than
 * another. In the end it is if even a single row cannot be asked for, since then paging is ignored altogether.
 */
export async function isAllOnOnePage(slice: Slice, tally: Tally, sent: SentWindow, tools: Tools): Promise<boolean> {
	const { firstPage, total } = tally;
	if (total !== null || firstPage.isBare) return false;
	if (firstPage.rows === 1) return firstPage.asked > 1;
	if (firstPage.rows !== firstPage.asked && firstPage.rows < largestPageFor(tools.behavior, firstPage.asked)) return true;
	if (slice.isDivisible && cut(slice.range, 2) !== null) return false;
	const single = await askPage(slice, sent, { skip: 0, limit: 1 }, tools);
	return single.ok && single.value.rows.length > 1;
}

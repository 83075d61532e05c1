import type { Failure } from './failure';
import { learnWhatCounts, leastOverlapMs, overlapOf } from './overlap';
import { announced, askPage, mostPages, type Attempt, type PageAsker, type Tools } from './pages';
import type { Order, Range } from './query';
import type { Row, Tally } from './tally';
import { cut, sentWindow } from './windows';

/** A part of the range that is read whole before any of it is handed out. A record belongs to the slice in which its own time lies. */
export interface Slice extends PageAsker {
	/** What of the query's range it is a part of. The end belongs to the slice after it, but for the period's last one. */
	period: Range;
	/** What it was cut from, and the total of that. */
	parent: { range: Range; total: number } | null;
	/** Whether it is read as a list, by a cluster that does not go by times. */
	isList?: boolean;
	reading?: Promise<SliceEnd>;
}

/** How the reading of a slice ended. */
export type SliceEnd =
	| { kind: 'read'; rows: readonly Row[]; total?: number | null; isPart?: boolean }
	/** It is too large, or does not add up: these are read in its place. */
	| { kind: 'cut'; slices: Slice[] }
	/** The cluster does not go by times: what is left is one list. */
	| { kind: 'list' }
	| { kind: 'failed'; failure: Failure };

/** Slices are cut for fewer pages than they may have, since traffic is not even. */
const usualPages = 8;
/** Each part costs a page that is not full. */
const fewPages = 5;
/** In pages. */
const unevenness = 0.1;
const mostParts = 400;
/** Enough for some million rows of an API that ignores `skip`. */
const mostCuts = 5_000;
/** Where totals never fit, shorter slices do not help. */
const mostMends = 100;
/** After so many gaps slices are no longer cut: that would multiply requests and mend nothing. */
const mostGaps = 10;
const minuteMs = 60_000;

/**
 * Cuts a slice into parts of about as many pages as a slice should have; null where it cannot be cut. Where the API lists by time, the rows
 * that came are the first part, or the last.
 */
export async function cutUp(slice: Slice, { tally, end }: Attempt, tools: Tools): Promise<Slice[] | null> {
	const { contact, gaps, query } = tools;
	const isTooLarge = end === 'tooLarge';
	const isDated = tally.rows.length === 0 || tally.latest > -Infinity;
	const mayCut = slice.isDivisible && isDated && gaps.length < mostGaps && tools.cuts < mostCuts && tools.mends < mostMends;
	const { done, rest } = isTooLarge && mayCut ? await edgeOf(slice, tally, tools) : { done: null, rest: slice.range };
	const guess = partsFor(rest, tally, done?.rows.length ?? 0, tools);
	const isOverlapLong = rest.end - rest.start < 4 * overlapOf(contact);
	if (mayCut && (guess > 2 || isOverlapLong) && tools.wanted() === Infinity) await learnWhatCounts(slice, tally, tools);
	const parts = partsFor(rest, tally, done?.rows.length ?? 0, tools);
	// Each part is asked for with its overlap: shorter ones would be no smaller.
	const most = contact.countsStarts ? mostParts : Math.floor((rest.end - rest.start) / overlapOf(contact));
	const isCutInVain = isTooLarge && most < 2 && parts > 1;
	const ranges = !mayCut || isCutInVain ? null : (fewOf(rest, tally, tools) ?? (done && parts === 1 ? [rest] : cut(rest, Math.max(2, Math.min(parts, most)))));
	if (ranges === null) return null;
	tools.cuts += 1;
	if (end === 'end') tools.mends += 1;
	const parent = announced(tally, contact) > 0 ? { range: slice.range, total: announced(tally, contact) } : null;
	const slices = ranges.map((range) => sliceOf(range, slice.period, query.order, parent));
	if (done) slices.push({ ...sliceOf(done.range, slice.period, query.order, parent), reading: Promise.resolve({ kind: 'read', rows: done.rows }) });
	return slices.sort((one, other) => one.place - other.place);
}

/** Where few records are wanted: the part that should hold twice as many, half a page at least, and the rest. */
function fewOf({ start, end }: Range, tally: Tally, { contact, wanted, query }: Tools): Range[] | null {
	const share = Math.max(2 * wanted(), query.pageSize / 2) / Math.max(1, announced(tally, contact));
	if (share > 0.25) return null;
	const middle = Math.floor(start + (end - start) * (query.order === 'newestFirst' ? 1 - share : share));
	return middle > start && middle < end ? [{ start, end: middle }, { start: middle, end }] : null;
}

/** A slice that nothing is known of. Of two slices of a period the one whose records come out first has the lower place. */
export function sliceOf(range: Range, period: Range, order: Order, parent: Slice['parent'] = null): Slice {
	return { range, period, parent, place: order === 'oldestFirst' ? range.start : -range.start, pages: 0, isDivisible: true };
}

/** The rows that came, as far as they are all there are of their time, and what is left of the slice. */
async function edgeOf(slice: Slice, tally: Tally, tools: Tools): Promise<{ done: { range: Range; rows: readonly Row[] } | null; rest: Range }> {
	const { range } = slice;
	const edge = tally.edge(Math.max(leastOverlapMs, tools.contact.longestMs));
	if (edge === null || !tally.isSteady || edge.time <= range.start || edge.time >= range.end) return { done: null, rest: range };
	// What starts at the very edge is left to the rest.
	const at = edge.order === 'oldestFirst' ? edge.time : edge.time + 1;
	const [older, newer] = [{ start: range.start, end: at }, { start: at, end: range.end }];
	const [done, rest] = edge.order === 'oldestFirst' ? [older, newer] : [newer, older];
	return (await isConfirmed(edge.order, slice, done, tally, tools)) ? { done: { range: done, rows: tally.rows }, rest } : { done: null, rest: range };
}

/** Whether no row lies between those that came: asks once for one row more than these, of their time. Rows in order may still have gaps. */
async function isConfirmed(order: Order, slice: Slice, { start, end }: Range, { rows }: Tally, tools: Tools): Promise<boolean> {
	const { contact, query } = tools;
	if (contact.confirmed === null) {
		const inner = { start: start + (order === 'newestFirst' ? 3 * minuteMs : 0), end: end - (order === 'oldestFirst' ? 3 * minuteMs : 0) };
		const sent = sentWindow(inner, query);
		const count = rows.filter(({ time }) => time !== null && time >= sent.start && time <= sent.end).length;
		const page = inner.end > inner.start ? await askPage(slice, sent, { skip: count, limit: 1 }, tools) : null;
		contact.confirmed = page?.ok && page.value.rows.length === 0 ? order : 'none';
	}
	return contact.confirmed === order;
}

/**
 * How many parts cost the fewest requests, as far as a total or the times of the rows that came tell: a part ends within a page, in the
 * middle of it where traffic is uneven, and just behind a full page where it is even and the number is chosen badly.
 */
function partsFor({ start, end }: Range, tally: Tally, doneRows: number, { contact }: Tools): number {
	const pageRows = Math.max(1, tally.firstPage.rows);
	const total = announced(tally, contact);
	const perMs = tally.received / Math.max(1, tally.latest - tally.earliest);
	const left = (total > 0 ? total - doneRows : perMs * (end - start)) / pageRows;
	if (contact.ignoresSkip || contact.isUnpaged) return Math.max(1, Math.min(mostParts, Math.ceil((left * mostPages) / usualPages)));
	const beside = (left * (overlapOf(contact) + 2 * minuteMs)) / (end - start) + unevenness;
	const cost = (parts: number): number => parts * Math.ceil(left / parts + beside) + (left + parts / 2);
	const counts = Array.from({ length: Math.max(1, Math.min(mostParts, Math.ceil(left / fewPages))) }, (_, at) => at + 1).filter((parts) => left / parts + beside <= usualPages);
	return counts.reduce((best, parts) => (cost(parts) < cost(best) ? parts : best), counts.at(0) ?? Math.min(mostParts, Math.ceil(left / usualPages)));
}

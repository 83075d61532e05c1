import type { Failure } from '../failure';
import { allSent, announced, askPage, pagesAtMost, type Attempt, type PageAsker, type Tools } from '../pages/readPages';
import type { Row } from '../pages/row';
import type { Tally } from '../pages/tally';
import type { Order, Range } from '../query';
import { cut, sentWindow } from '../windows';
import { learnIfListedByStart, leastOverlapMs, overlapOf } from './overlap';

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
	| { kind: 'read'; rows: readonly Row[]; total?: number | null; overlapMs?: number }
	/** It is too large, or does not add up: these are read in its place. */
	| { kind: 'cut'; slices: Slice[] }
	/** The cluster does not go by times: what is left is one list. */
	| { kind: 'list' }
	| { kind: 'failed'; failure: Failure };

/** Of a page that cannot be followed by another, since traffic is not even. */
const wellFilled = 0.8;
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
export async function cutUp(slice: Slice, attempt: Attempt, tools: Tools): Promise<Slice[] | null> {
	const { tally, end, sent } = attempt;
	const { behavior, gaps, query } = tools;
	const isTooLarge = end === 'tooLarge';
	const isDated = tally.rows.length === 0 || tally.latest > -Infinity;
	const mayCut = slice.isDivisible && isDated && gaps.length < mostGaps && tools.cuts < mostCuts && (end !== 'end' || tools.mends < mostMends);
	if (!mayCut) return null;
	let edge = isTooLarge ? edgeOf(slice, tally, tools) : null;
	const isOverlapLong = slice.range.end - slice.range.start < 4 * overlapOf(behavior);
	const guess = partsFor(slice.range, tally, 0, tools);
	if ((guess.parts > 3 || guess.isInVain || isOverlapLong) && tools.wanted() === Infinity) await learnIfListedByStart(slice, tally.rows, tools);
	const parent = announced(tally, behavior) > 0 ? { range: slice.range, total: announced(tally, behavior) } : null;
	const part = (range: Range): Slice => sliceOf(range, slice.period, query.order, parent);
	const readAlready = (done: Slice): Slice => {
		const overlapMs = sent.overlapMs + slice.range.end - done.range.end;
		return { ...done, reading: Promise.resolve({ kind: 'read', rows: tally.rows, overlapMs }) };
	};
	if (edge) {
		// What is left is read in the same way, and so on.
		const isNext = tally.pages > 1 && behavior.confirmed === edge.order;
		const rest = isNext || partsFor(edge.rest, tally, tally.rows.length, tools).parts === 1 ? part(edge.rest) : null;
		if (!(await isConfirmed(edge, slice, rest, { tally, tools }))) edge = null;
		else if (rest) return inOrder([rest, readAlready(part(edge.done))], tools);
	}
	const rest = edge?.rest ?? slice.range;
	const { parts, isInVain } = partsFor(rest, tally, edge ? tally.rows.length : 0, tools);
	// Each part is asked for with what lies beside it: shorter ones would be no smaller.
	const most = Math.floor((rest.end - rest.start) / (overlapOf(behavior) + 2 * minuteMs));
	if (isTooLarge && (isInVain || most < 2)) return null;
	const ranges = fewOf(slice, rest, tally, tools) ?? cut(rest, Math.max(2, Math.min(parts, most)));
	if (ranges === null) return null;
	if (end === 'end') tools.mends += 1;
	return inOrder([...ranges.map(part), ...(edge ? [readAlready(part(edge.done))] : [])], tools);
}

function inOrder(slices: Slice[], tools: Tools): Slice[] {
	tools.cuts += 1;
	return slices.sort((one, other) => one.place - other.place);
}

/** Where few records are wanted: the part that should hold twice as many, half a page at least, and the rest. */
function fewOf(slice: Slice, { start, end }: Range, tally: Tally, tools: Tools): Range[] | null {
	const { behavior, wanted, query, itemsOf } = tools;
	// Where filters are applied here, the rows that came show how many of them make an item.
	const rowsPerItem = allSent(query, behavior) ? 1 : tally.rows.length / itemsOf(slice, tally.rows);
	const share = Math.max(2 * wanted() * rowsPerItem, query.pageSize / 2) / Math.max(1, announced(tally, behavior));
	if (!(share <= 0.25)) return null;
	const middle = Math.floor(start + (end - start) * (query.order === 'newestFirst' ? 1 - share : share));
	return middle > start && middle < end ? [{ start, end: middle }, { start: middle, end }] : null;
}

/** A slice that nothing is known of. Of two slices of a period the one whose records come out first has the lower place. */
export function sliceOf(range: Range, period: Range, order: Order, parent: Slice['parent'] = null): Slice {
	return { range, period, parent, place: order === 'oldestFirst' ? range.start : -range.start, pages: 0, isDivisible: true };
}

/** A stretch of time that the rows which came may hold all of, if they are listed in this order; and what is left of the slice. */
interface Edge {
	order: Order;
	done: Range;
	rest: Range;
}

function edgeOf({ range }: Slice, tally: Tally, { behavior }: Tools): Edge | null {
	const edge = behavior.confirmed === 'none' ? null : tally.listOrder.edge(Math.max(leastOverlapMs, behavior.longestMs));
	if (edge === null || tally.hasMoved || edge.time <= range.start + minuteMs || edge.time >= range.end - minuteMs) return null;
	// What starts at the very edge is left to the rest.
	const at = edge.order === 'oldestFirst' ? edge.time : edge.time + 1;
	const [older, newer] = [{ start: range.start, end: at }, { start: at, end: range.end }];
	return edge.order === 'oldestFirst' ? { order: edge.order, done: older, rest: newer } : { order: edge.order, done: newer, rest: older };
}

/**
 * Whether no row lies between those that came: rows in order may still have gaps. The total of the rest shows it, or that no row more than these
 * is listed of their time.
 */
async function isConfirmed({ order, done, rest }: Edge, slice: Slice, next: Slice | null, { tally, tools }: { tally: Tally; tools: Tools }): Promise<boolean> {
	const { behavior, query } = tools;
	const total = announced(tally, behavior);
	if (next !== null && total > 0 && behavior.confirmed === order) {
		const sent = sentWindow(rest, query, overlapOf(behavior));
		const page = await askPage(slice, sent, { skip: 0, limit: query.pageSize }, tools);
		next.given = { sent, page };
		const expected = total - tally.rows.filter(({ time }) => time !== null && (time < sent.start || time > sent.end)).length;
		if (!page.ok || (page.value.total ?? 0) < expected) return false;
		if (page.value.total === expected) return true;
		// Others have come since.
	}
	const inner = { start: done.start + (order === 'newestFirst' ? 3 * minuteMs : 0), end: done.end - (order === 'oldestFirst' ? 3 * minuteMs : 0) };
	const sent = sentWindow(inner, query);
	const count = tally.rows.filter(({ time }) => time !== null && time >= sent.start && time <= sent.end).length;
	const page = inner.end > inner.start ? await askPage(slice, sent, { skip: count, limit: 1 }, tools) : null;
	const isEmpty = page?.ok === true && page.value.rows.length === 0;
	behavior.confirmed ??= isEmpty ? order : 'none';
	return isEmpty;
}

/**
 * How many parts cost the fewest requests, estimated from the total or from the times of the rows: the last page of a part is about
 * half full if traffic is uneven, and almost empty if it is even and the number is badly chosen.
 */
function partsFor({ start, end }: Range, tally: Tally, doneRows: number, { behavior }: Tools): { parts: number; isInVain: boolean } {
	const pageRows = Math.max(1, tally.firstPage.rows);
	const total = announced(tally, behavior);
	// Rows at one instant tell no density.
	const perMs = tally.latest > tally.earliest ? tally.received / (tally.latest - tally.earliest) : tally.received / (end - start);
	const left = (total > 0 ? total - doneRows : perMs * (end - start)) / pageRows;
	if (behavior.ignoresSkip || behavior.isUnpaged) return { parts: Math.max(1, Math.min(mostParts, Math.ceil(left / wellFilled))), isInVain: false };
	const usualPages = Math.max(1, pagesAtMost(behavior, pageRows) - 1);
	const beside = (left * (overlapOf(behavior) + 2 * minuteMs)) / (end - start) + unevenness;
	const cost = (parts: number): number => parts * Math.ceil(left / parts + beside) + (left + parts / 2);
	const counts = Array.from({ length: Math.max(1, Math.min(mostParts, Math.ceil(left))) }, (_, at) => at + 1).filter((parts) => left / parts + beside <= usualPages);
	if (counts.length === 0) return { parts: Math.min(mostParts, Math.ceil(left / usualPages)), isInVain: left < mostParts };
	const parts = counts.reduce((best, count) => (cost(count) < cost(best) ? count : best));
	return { parts, isInVain: parts * beside > left + 2 };
}

import type { Failure } from './failure';
import { announced, askPage, mostOverlapMs, mostPages, readPages, rowsForWanted, type Attempt, type PageAsker, type Tools } from './pages';
import { goesByTime, type Contact } from './contact';
import { endOf, otherOrder, type Order, type Range } from './query';
import { Tally, type Row } from './tally';
import { cut, isGranted, sentWindow, type SentWindow } from './windows';
import { zoneFailure } from './zone';

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
const hourMs = 60 * minuteMs;
/** While nobody knows whether a record must also end in what is asked for (U20), so much more is asked for, or what the longest record takes. */
const leastOverlapMs = 4 * hourMs;
/** A record of this length shows it. */
const tellingMs = 5 * minuteMs;
/** No API gives pages of fewer rows. */
const fewestGranted = 10;

/** How much later than its end a slice is asked for, in ms. */
export function overlapOf({ countsStarts, longestMs }: Contact): number {
	return countsStarts ? 0 : Math.min(mostOverlapMs, Math.max(leastOverlapMs, longestMs));
}

/** Reads a slice until its rows account for what was announced. Never throws. */
export async function readSlice(slice: Slice, tools: Tools): Promise<SliceEnd> {
	const { query, contact } = tools;
	// A window was made for a shorter overlap, while shorter records were known.
	let overlapMs = overlapOf(contact);
	while (overlapMs > 0 && !isGranted(slice.range, query, overlapMs)) overlapMs = Math.max(0, overlapMs - hourMs);
	const end = await readWhole(slice, sentWindow(slice.range, query, overlapMs), tools);
	return end.kind === 'read' ? await withSeam(slice, end, overlapMs, tools) : end;
}

/** Reads what was asked for twice as a whole, then in parts, down to a minute. */
export async function readWhole(slice: Slice, sent: SentWindow, tools: Tools): Promise<SliceEnd> {
	const first = await readPages(slice, sent, tools);
	const end = await endOfSlice(slice, first, sent, tools);
	if (end !== null) return end;
	tools.io.statistics.rereads += 1;
	const again = await readPages(slice, sent, tools);
	// Each reading must add up by itself; what only one of them brought comes out as well.
	return joined((await endOfSlice(slice, again, sent, tools)) ?? (await lastResort(slice, again, sent, tools)), first.tally.rows);
}

/** What was read, and rows of another reading that are not among it. */
function joined(end: SliceEnd, others: readonly Row[]): SliceEnd {
	if (end.kind !== 'read') return end;
	const keys = new Set(end.rows.map(({ key }) => key));
	return { ...end, rows: [...end.rows, ...others.filter(({ key }) => !keys.has(key))] };
}

/** What a reading comes to; null where another may do better. */
async function endOfSlice(slice: Slice, attempt: Attempt, sent: SentWindow, tools: Tools): Promise<SliceEnd | null> {
	const { tally, end } = attempt;
	const read: SliceEnd = { kind: 'read', rows: tally.rows, total: tally.total };
	switch (end) {
		case 'failed':
			return { kind: 'failed', failure: attempt.failure as Failure };
		case 'enough':
			return { ...read, isPart: true };
		case 'backwards':
			return await readTail(slice, tally, sent, tools);
		case 'strays':
			return await explainStrays(slice, tally, sent, tools);
		case 'end':
			if (tally.isAnnounced) tools.contact.contradictions = 0;
			return tally.addsUp ? read : null;
		case 'repeated':
			// Rows moved, if others than those of the first page came.
			if (!tally.isOnePage) return null;
			// It may have been once only; not so in a part of what was cut for that.
			tools.contact.ignoresSkip ||= slice.parent !== null && tally.rows.length > 1 && tally.isFirstAgain;
			return tally.isAnnounced || (await isAllOnOnePage(slice, tally, sent, tools)) ? read : await cutUp(slice, attempt, tools);
		case 'cannotAsk':
			return await settleUnpaged(slice, attempt, tools);
		case 'tooLarge':
			return (await isMiscounted(slice, tally, sent, tools)) ? null : await cutOrShort(slice, attempt, tools);
		case 'tooDeep':
		case 'endless':
			return await cutOrShort(slice, attempt, tools);
	}
}

/**
 * All that came of an API that has no pages. It may be cut off where as many rows as ever came: then its parts must bring no more. They show
 * that only as long as they are longer than the overlap; after that few rows are taken for all, since nobody grants only so few.
 */
async function settleUnpaged(slice: Slice, attempt: Attempt, tools: Tools): Promise<SliceEnd | null> {
	const { contact } = tools;
	const { tally } = attempt;
	const read: SliceEnd = { kind: 'read', rows: tally.rows, total: tally.total };
	if (tally.isAnnounced && contact.totalsExceedPages) return read;
	if (!slice.isDivisible) return tally.total === null || tally.isAnnounced ? read : null;
	const isCuttable = slice.range.end - slice.range.start > overlapOf(contact);
	const parts = isCuttable ? await cutUp(slice, attempt, tools) : null;
	return parts ?? (tally.isAnnounced || (tally.total === null && tally.received < fewestGranted) ? read : shortOf(slice, attempt, tools));
}

/** When rows and total differ twice: is it the total that is wrong, or a filter that it does not count? Else the slice is read in parts. */
async function lastResort(slice: Slice, attempt: Attempt, sent: SentWindow, tools: Tools): Promise<SliceEnd> {
	const { tally } = attempt;
	// More rows came than were announced, twice, and none of them moved: nothing that was announced is missing.
	if (attempt.end === 'end' && tally.isSteady && tally.received > announced(tally, tools.contact)) return { kind: 'read', rows: tally.rows };
	if ((await isMiscounted(slice, tally, sent, tools)) && tally.isSteady) return { kind: 'read', rows: tally.rows };
	return (await readUnfiltered(slice, tally, sent, tools)) ?? (await cutOrShort(slice, attempt, tools));
}

async function cutOrShort(slice: Slice, attempt: Attempt, tools: Tools): Promise<SliceEnd> {
	return (await cutUp(slice, attempt, tools)) ?? shortOf(slice, attempt, tools);
}

/**
 * Whether the total counts something else (U17): if what a slice was cut from announced no more rows than the slice does, and what lies
 * well beside the slice announces as many again, totals do not go by time.
 */
async function isMiscounted(slice: Slice, tally: Tally, sent: SentWindow, tools: Tools): Promise<boolean> {
	const { parent } = slice;
	if (parent === null || announced(tally, tools.contact) < parent.total) return false;
	const before = { start: parent.range.start, end: sent.start - 3 * minuteMs };
	const after = { start: sent.end + 3 * minuteMs, end: parent.range.end };
	const beside = before.end - before.start > after.end - after.start ? before : after;
	if (beside.start >= beside.end) return false;
	const page = await askPage(slice, sentWindow(beside, tools.query), { skip: 0, limit: 1 }, tools);
	if (page.ok && (page.value.total ?? 0) >= parent.total) tools.contact.miscounts = true;
	return tools.contact.miscounts;
}

/** Where filters are sent that the total may not count (U17), the slice is read without them: they are applied here as well. */
async function readUnfiltered(slice: Slice, tally: Tally, sent: SentWindow, tools: Tools): Promise<SliceEnd | null> {
	const { query, contact } = tools;
	const names = query.conditions.flatMap(({ sent: isSent, filter }) => (isSent && filter !== undefined && !contact.omitted.has(filter) ? filter : []));
	if (names.length === 0 || tally.received >= announced(tally, contact)) return null;
	const sentFilters = Object.fromEntries(Object.entries(query.sentFilters).filter(([name]) => !names.includes(name)));
	const unfiltered = { ...tools, query: { ...query, sentFilters } };
	const attempt = await readPages(slice, sent, unfiltered);
	const end = await endOfSlice(slice, attempt, sent, unfiltered);
	if (end?.kind === 'read') contact.omitted = new Set([...contact.omitted, ...names]);
	return end && joined(end, tally.rows);
}

/**
 * Every page is the same, and no total says how many rows there are: is the page all of them, or cut off? It is whole if it is smaller than
 * another. In the end it is if even a single row cannot be asked for, since then paging is ignored altogether.
 */
async function isAllOnOnePage(slice: Slice, tally: Tally, sent: SentWindow, tools: Tools): Promise<boolean> {
	const { largestPage } = tools.contact;
	const { firstPage, total } = tally;
	if (total !== null || firstPage.isBare) return false;
	if (firstPage.rows === 1) return firstPage.asked > 1;
	if (firstPage.rows !== firstPage.asked && firstPage.rows < largestPage) return true;
	if (slice.isDivisible && cut(slice.range, 2) !== null) return false;
	const single = await askPage(slice, sent, { skip: 0, limit: 1 }, tools);
	return single.ok && single.value.rows.length > 1;
}

/** The last rows of a list that comes the other way round, where only a few are wanted. */
async function readTail(slice: Slice, { total }: Tally, sent: SentWindow, tools: Tools): Promise<SliceEnd | null> {
	const { query, contact, wanted, itemsOf } = tools;
	slice.hasNoTail = true;
	const limit = rowsForWanted(slice, sent, tools);
	const skip = Math.max(0, (total ?? 0) - limit);
	const page = await askPage(slice, sent, { skip, limit }, tools);
	if (!page.ok) return null;
	const tail = new Tally(query.report, sent, contact);
	tail.take(page.value, skip);
	const isLast = page.value.total === total && page.value.rows.length === limit;
	return isLast && tail.isSorted(otherOrder(query.order)) && itemsOf(slice, tail.rows) >= wanted() ? { kind: 'read', rows: tail.rows, isPart: true } : null;
}

/** Rows came that were not asked for: the cluster does not go by times (U7), or its clock is not in the zone that was entered (U21). */
async function explainStrays(slice: Slice, tally: Tally, sent: SentWindow, tools: Tools): Promise<SliceEnd> {
	const { contact, query } = tools;
	const failure = contact.zoneThatHolds === query.clusterZone || tally.stray === null ? null : await zoneFailure(slice, tally, sent, tools);
	if (failure) return { kind: 'failed', failure };
	contact.ignoresTimes = true;
	return { kind: 'list' };
}

/**
 * Cuts a slice into parts of about as many pages as a slice should have; null where it cannot be cut. Where the API lists by time, the rows
 * that came are the first part, or the last.
 */
async function cutUp(slice: Slice, { tally, end }: Attempt, tools: Tools): Promise<SliceEnd | null> {
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
	if (ranges === null) {
		if (!isTooLarge || !slice.isDivisible) return null;
		// Then it is read however deep it goes.
		slice.isDivisible = false;
		return await readSlice(slice, tools);
	}
	tools.cuts += 1;
	if (end === 'end') tools.mends += 1;
	const parent = announced(tally, contact) > 0 ? { range: slice.range, total: announced(tally, contact) } : null;
	const slices = ranges.map((range) => sliceOf(range, slice.period, query.order, parent));
	if (done) slices.push({ ...sliceOf(done.range, slice.period, query.order, parent), reading: Promise.resolve({ kind: 'read', rows: done.rows }) });
	return { kind: 'cut', slices: slices.sort((one, other) => one.place - other.place) };
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

/** Whether records count that end after what is asked for (U20): asks for a time in which a long one began. */
async function learnWhatCounts(slice: Slice, { rows }: Tally, tools: Tools): Promise<void> {
	const { contact, query } = tools;
	if (contact.countsStarts !== null) return;
	const long = rows.find(({ record, time }) => time !== null && (endOf(record) ?? 0) - time >= tellingMs);
	if (!long || long.time === null) return;
	const sent = sentWindow({ start: long.time, end: long.time }, query);
	const page = await askPage(slice, sent, { skip: 0, limit: query.pageSize }, tools);
	if (!page.ok) return;
	new Tally(query.report, sent, contact).take(page.value, 0);
	contact.countsStarts ??= false;
}

/** Asks once more for the end of a slice, where a record came that is longer than what was asked for beyond that end (U20). */
async function withSeam(slice: Slice, read: SliceEnd & { kind: 'read' }, overlapMs: number, tools: Tools): Promise<SliceEnd> {
	const { contact, query, now } = tools;
	const widerMs = overlapOf(contact);
	const { start, end } = slice.range;
	const isCovered = widerMs <= overlapMs || end + overlapMs >= now || !goesByTime(contact, query.report);
	if (read.isPart || isCovered) return read;
	slice.isDivisible = false;
	const seam = await readWhole(slice, sentWindow({ start: Math.max(start, end - widerMs), end }, query, widerMs), tools);
	return joined(seam, read.rows);
}

/** A slice that does not add up: an error, or a gap that is told of. */
function shortOf({ range }: Slice, { tally, end }: Attempt, { query, gaps }: Tools): SliceEnd {
	const failure: Failure = {
		kind: end === 'repeated' || end === 'endless' ? 'skipIgnored' : 'incomplete',
		window: range,
		expected: tally.total,
		received: tally.seen.size,
	};
	if (query.onIncomplete === 'error') return { kind: 'failed', failure };
	gaps.push(failure);
	return { kind: 'read', rows: tally.rows };
}

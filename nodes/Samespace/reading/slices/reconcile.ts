import type { Failure } from '../failure';
import { goesByTime, largestPageFor } from '../pages/behavior';
import { announced, askPage, readPages, rowsForWanted, type Attempt, type Tools } from '../pages/readPages';
import type { Row } from '../pages/row';
import { roundCap, Tally } from '../pages/tally';
import { otherOrder } from '../query';
import { isGranted, sentWindow, type SentWindow } from '../windows';
import { isAllOnOnePage, isMiscounted, isUncut } from './completeness';
import { learnIfListedByStart, overlapOf, rowsBeyond } from './overlap';
import { cutUp, type Slice, type SliceEnd } from './slice';
import { shiftOf, zoneFailure } from './zone';

const hourMs = 60 * 60_000;
/** Without pages and without a total, fewer rows than this count as all of them: a cap that low is unlikely. */
const fewestGranted = 10;

/** Reads a slice until its rows account for what was announced. Never throws. */
export async function readSlice(slice: Slice, tools: Tools): Promise<SliceEnd> {
	const { query, behavior } = tools;
	// A window was made for a shorter overlap, while shorter records were known.
	let overlapMs = overlapOf(behavior);
	while (overlapMs > 0 && !isGranted(slice.range, query, overlapMs)) overlapMs = Math.max(0, overlapMs - hourMs);
	const end = await readWhole(slice, sentWindow(slice.range, query, overlapMs), tools);
	return end.kind === 'read' ? await withSeam(slice, end, overlapMs, tools) : end;
}

/** Reads what was asked for twice as a whole, then in parts, down to a minute. */
export async function readWhole(slice: Slice, sent: SentWindow, tools: Tools): Promise<SliceEnd> {
	const first = await readPages(slice, sent, tools);
	const end = await endOfSlice(slice, first, sent, tools);
	if (end !== null) return end;
	// Where nothing adds up, the first slice that fails ends it all: no other one need be looked into.
	await tools.schedule.untilHead(slice);
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
			return read;
		case 'backwards':
			return await readTail(slice, tally, sent, tools);
		case 'outOfRange':
			return await explainOutOfRange(slice, tally, sent, tools);
		case 'end':
			if (tally.isAnnounced) tools.behavior.contradicted = null;
			// What was cut because it did not add up does now.
			if (tally.addsUp && tally.received > 0) tools.mends = Math.max(0, tools.mends - 1);
			return tally.addsUp ? read : null;
		case 'repeated':
			// Rows moved, unless all that came again is the first page, from its first row on.
			if (!tally.isOnePage || tally.isChanged || (tally.pages > 1 && !tally.isFirstAgain)) return null;
			// It may be a one-time fault, but not in a part of a slice that was cut because of it.
			tools.behavior.ignoresSkip ||= slice.parent !== null && tally.rows.length > 1;
			if (tally.isCounted || (await isAllOnOnePage(slice, tally, sent, tools))) return read;
			return tally.isAnnounced ? await settleUnpaged(slice, attempt, tools) : await inParts(slice, attempt, tools);
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
 * Whether an API without pages sent everything. A few rows count as all, since no API caps at so few. More may be cut off if there are as many
 * as in the largest response so far: then its parts must bring no more, which they show only while longer than the overlap. A list of all times is
 * incomplete if its number of rows is a typical cap.
 */
async function settleUnpaged(slice: Slice, attempt: Attempt, tools: Tools): Promise<SliceEnd | null> {
	const { behavior } = tools;
	const { tally } = attempt;
	const read: SliceEnd = { kind: 'read', rows: tally.rows, total: tally.total };
	if (tally.isAnnounced && behavior.totalsExceedPages) return read;
	const isFew = tally.total === null && tally.received < fewestGranted;
	if (!slice.isDivisible) {
		const isCutOff = slice.isList === true && !isFew && tally.received % roundCap === 0;
		if (tally.total === null) return isCutOff ? shortOf(slice, attempt, tools) : read;
		return tally.isAnnounced ? read : null;
	}
	if (isFew) return read;
	if (slice.parent === null && (await isUncut(slice, tally, tools))) return read;
	const isCuttable = slice.range.end - slice.range.start > overlapOf(behavior);
	const parts = isCuttable ? await inParts(slice, attempt, tools) : null;
	return parts ?? (tally.isAnnounced ? read : shortOf(slice, attempt, tools));
}

/** When rows and total differ twice: is it the total that is wrong, or a filter that it does not count? Else the slice is read in parts. */
async function lastResort(slice: Slice, attempt: Attempt, sent: SentWindow, tools: Tools): Promise<SliceEnd> {
	const { tally } = attempt;
	// More rows came than were announced, twice, and none of them moved: nothing that was announced is missing.
	if (attempt.end === 'end' && tally.isSteady && tally.received > announced(tally, tools.behavior)) return { kind: 'read', rows: tally.rows };
	if ((await isMiscounted(slice, tally, sent, tools)) && tally.isSteady) return { kind: 'read', rows: tally.rows };
	return (await readUnfiltered(slice, tally, sent, tools)) ?? (await cutOrShort(slice, attempt, tools));
}

async function inParts(slice: Slice, attempt: Attempt, tools: Tools): Promise<SliceEnd | null> {
	const slices = await cutUp(slice, attempt, tools);
	return slices && { kind: 'cut', slices };
}

async function cutOrShort(slice: Slice, attempt: Attempt, tools: Tools): Promise<SliceEnd> {
	const parts = await inParts(slice, attempt, tools);
	if (parts) return parts;
	if (attempt.end !== 'tooLarge' || slice.goesDeep) return shortOf(slice, attempt, tools);
	slice.goesDeep = true;
	return await readSlice(slice, tools);
}

/** Where filters are sent that the total may not count (U17), the slice is read without them: they are applied here as well. */
async function readUnfiltered(slice: Slice, tally: Tally, sent: SentWindow, tools: Tools): Promise<SliceEnd | null> {
	const { query, behavior } = tools;
	const names = query.conditions.flatMap(({ sent: isSent, filter }) => (isSent && filter !== undefined && !behavior.omitted.has(filter) ? filter : []));
	if (names.length === 0 || tally.received >= announced(tally, behavior)) return null;
	const sentFilters = Object.fromEntries(Object.entries(query.sentFilters).filter(([name]) => !names.includes(name)));
	const unfiltered = { ...tools, query: { ...query, sentFilters } };
	const attempt = await readPages(slice, sent, unfiltered);
	const end = await endOfSlice(slice, attempt, sent, unfiltered);
	// The total is the same with the filters and without: it does not count them.
	if (end?.kind === 'read' && attempt.tally.total === tally.total) behavior.omitted = new Set([...behavior.omitted, ...names]);
	return end && joined(end, tally.rows);
}

/** The last rows of a list that comes the other way round, where only a few are wanted. */
async function readTail(slice: Slice, tally: Tally, sent: SentWindow, tools: Tools): Promise<SliceEnd | null> {
	const { query, behavior, wanted, itemsOf } = tools;
	slice.hasNoTail = true;
	const order = otherOrder(query.order);
	// In a list by end, the newest few may lie further from its end: rows that began before the first of the tail had ended are not all there.
	const most = (tally.listOrder.isByEnd(order) ? 2 : 1) * rowsForWanted(slice, sent, tools);
	const limit = Math.min(query.pageSize, most + 2);
	const { total } = tally;
	const end = total ?? 0;
	let skip = Math.max(0, end - Math.max(limit - 1, wanted()));
	const mostRows = largestPageFor(behavior, limit);
	let page = await askPage(slice, sent, { skip, limit }, tools);
	if (page.ok && page.value.rows.length < end - skip && page.value.rows.length >= wanted()) {
		// Pages are cut off at that size: it holds the tail as well.
		skip = end - page.value.rows.length;
		page = await askPage(slice, sent, { skip, limit: page.value.rows.length }, tools);
	}
	if (!page.ok) return null;
	const { rows } = page.value;
	const tail = new Tally(query.report, sent, behavior);
	tail.take(page.value, skip);
	const isTail = page.value.total === total && rows.length === end - skip && tail.listOrder.isByStart(order) && itemsOf(slice, tail.listOrder.settledInTail(tail.rows, order)) >= wanted();
	if (!isTail) return null;
	// The total may be too low. A page that is not full is the last one, unless pages are cut off at just that size: a size that never came before, and is
	// none that anybody chooses.
	if (limit === query.pageSize || rows.length === page.value.asked || rows.length === mostRows) {
		const after = await askPage(slice, sent, { skip: end, limit: 1 }, tools);
		if (!after.ok || after.value.rows.length > 0) return null;
	}
	return { kind: 'read', rows: tail.rows };
}

/** Rows came that were not asked for: the cluster does not go by times (U7), or its clock is not in the zone that was entered (U21). */
async function explainOutOfRange(slice: Slice, tally: Tally, sent: SentWindow, tools: Tools): Promise<SliceEnd> {
	const { behavior, query } = tools;
	const failure = behavior.zoneThatHolds === query.clusterZone || tally.shortestOutOfRange === null ? null : await zoneFailure(slice, tally.shortestOutOfRange, tally.rows, shiftOf(tally, sent), tools);
	if (failure) return { kind: 'failed', failure };
	behavior.ignoresTimes = true;
	return { kind: 'list' };
}

/** Asks once more for the end of a slice, as long as a record comes that is longer than what was asked for beyond that end (U20). */
async function withSeam(slice: Slice, read: SliceEnd & { kind: 'read' }, overlapMs: number, tools: Tools): Promise<SliceEnd> {
	if (!goesByTime(tools.behavior, tools.query.report)) return read;
	if (overlapOf(tools.behavior) > overlapMs && slice.range.end + overlapMs < tools.now) await learnIfListedByStart(slice, read.rows, tools);
	const seam = await readSeam(slice, overlapMs, tools);
	if (seam === null) return { ...read, overlapMs };
	const whole = joined(seam.end, read.rows);
	return whole.kind === 'read' ? await withSeam(slice, whole, seam.overlapMs, tools) : whole;
}

/** The end of a slice, and how much later than that it was asked for. */
interface Seam {
	end: SliceEnd;
	overlapMs: number;
}

/** What lies at the end of a slice that was asked for with a shorter overlap; null where that was enough. */
async function readSeam(slice: Slice, overlapMs: number, tools: Tools): Promise<Seam | null> {
	const { behavior, query, now } = tools;
	const widerMs = overlapOf(behavior);
	const { start, end } = slice.range;
	if (widerMs <= overlapMs || end + overlapMs >= now) return null;
	slice.isDivisible = false;
	const whole = await readWhole(slice, sentWindow({ start: Math.max(start, end - widerMs), end }, query, widerMs), tools);
	return { end: whole, overlapMs: widerMs };
}

/** A slice that was handed out, without its rows. */
export interface HandedOut {
	slice: Slice;
	/** How much later than its end it was asked for. */
	overlapMs: number;
	/** Keys of rows that ended about when it was asked for, or later. */
	beyond: ReadonlySet<string>;
}

/** What is kept of a slice that is handed out. */
export function handedOut(slice: Slice, rows: readonly Row[], overlapMs: number, { query }: Tools): HandedOut {
	const beyond = overlapMs === 0 ? [] : rowsBeyond(rows, slice.range, overlapMs, query);
	return { slice, overlapMs, beyond: new Set(beyond.map(({ key }) => key)) };
}

/** Reads the records that a returned slice missed because none that long had been seen: they end after the range requested then. Null if none can be missing. */
export async function readLateSeam({ slice, overlapMs, beyond }: HandedOut, tools: Tools): Promise<{ end: SliceEnd; now: HandedOut } | null> {
	const seam = await readSeam(slice, overlapMs, tools);
	if (seam === null) return null;
	const { end } = seam;
	if (end.kind !== 'read') return { end, now: { slice, overlapMs: seam.overlapMs, beyond } };
	const late = rowsBeyond(end.rows, slice.range, overlapMs, tools.query).filter(({ key }) => !beyond.has(key));
	const now = handedOut(slice, end.rows, seam.overlapMs, tools);
	return { end: { ...end, rows: late }, now };
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

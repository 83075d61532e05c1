import { goesByTime } from './contact';
import type { Failure } from './failure';
import { keysOf } from './ids';
import { learnWhatCounts, overlapOf } from './overlap';
import { announced, askPage, readPages, rowsForWanted, type Attempt, type Tools } from './pages';
import { endOf, otherOrder, type Range } from './query';
import { cutUp, type Slice, type SliceEnd } from './slice';
import { Tally, type Row } from './tally';
import { cut, isGranted, sentWindow, type SentWindow } from './windows';
import { zoneFailure } from './zone';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Shorter than any month. */
const mostLookMs = 27 * 24 * hourMs;
/** No API gives pages of fewer rows. */
const fewestGranted = 10;

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
	// Where nothing adds up, the first slice that fails ends it all: no other one need be looked into.
	await tools.schedule.untilHead(slice);
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
			if (tally.isAnnounced) tools.contact.contradicted = null;
			// What was cut because it did not add up does now.
			if (tally.addsUp && tally.received > 0) tools.mends = Math.max(0, tools.mends - 1);
			return tally.addsUp ? read : null;
		case 'repeated':
			// Rows moved, unless all that came again is the first page, from its first row on.
			if (!tally.isOnePage || tally.isChanged || (tally.pages > 1 && !tally.isFirstAgain)) return null;
			// It may have been once only; not so in a part of what was cut for that.
			tools.contact.ignoresSkip ||= slice.parent !== null && tally.rows.length > 1;
			return tally.isAnnounced || (await isAllOnOnePage(slice, tally, sent, tools)) ? read : await inParts(slice, attempt, tools);
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
	if (slice.parent === null && (await isUncut(slice, tally, tools))) return read;
	const isCuttable = slice.range.end - slice.range.start > overlapOf(contact);
	const parts = isCuttable ? await inParts(slice, attempt, tools) : null;
	return parts ?? (tally.isAnnounced || (tally.total === null && tally.received < fewestGranted) ? read : shortOf(slice, attempt, tools));
}

/**
 * Whether an answer without pages was not cut off: a longer stretch of time brings more rows at once; or its two halves bring fewer each, and none
 * but these. Where records count that end in a half only, those that lie in both would not show.
 */
async function isUncut(slice: Slice, tally: Tally, tools: Tools): Promise<boolean> {
	const { range } = slice;
	const { contact, query, now } = tools;
	const keysIn = async (part: Range): Promise<string[] | null> => {
		const page = await askPage(slice, sentWindow(part, query), { skip: 0, limit: query.pageSize }, tools);
		return page.ok ? keysOf(page.value.rows, query.report) : null;
	};
	const longerMs = Math.min(mostLookMs, 4 * (range.end - range.start)) - (range.end - range.start);
	if (longerMs > 0) {
		const end = Math.max(range.end, Math.min(now, range.end + longerMs / 2));
		const longer = await keysIn({ start: range.start - longerMs + (end - range.end), end });
		contact.largestPage = Math.max(contact.largestPage, longer?.length ?? 0);
		if (contact.largestPage > tally.received) return true;
	}
	await learnWhatCounts(slice, tally.rows, tools);
	const times = tally.rows.flatMap(({ time }) => time ?? []).sort((one, other) => one - other);
	const middle = times.at(Math.floor(times.length / 2)) ?? range.start;
	if (contact.countsStarts === false || middle <= range.start || middle >= range.end) return false;
	const halves = [await keysIn({ start: range.start, end: middle }), await keysIn({ start: middle, end: range.end })];
	return halves.every((keys) => keys !== null && keys.length < tally.received && keys.every((key) => tally.seen.has(key)));
}

/** When rows and total differ twice: is it the total that is wrong, or a filter that it does not count? Else the slice is read in parts. */
async function lastResort(slice: Slice, attempt: Attempt, sent: SentWindow, tools: Tools): Promise<SliceEnd> {
	const { tally } = attempt;
	// More rows came than were announced, twice, and none of them moved: nothing that was announced is missing.
	if (attempt.end === 'end' && tally.isSteady && tally.received > announced(tally, tools.contact)) return { kind: 'read', rows: tally.rows };
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
	// The total is the same with the filters and without: it does not count them.
	if (end?.kind === 'read' && attempt.tally.total === tally.total) contact.omitted = new Set([...contact.omitted, ...names]);
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

/** Asks once more for the end of a slice, where a record came that is longer than what was asked for beyond that end (U20). */
async function withSeam(slice: Slice, read: SliceEnd & { kind: 'read' }, overlapMs: number, tools: Tools): Promise<SliceEnd> {
	if (read.isPart || !goesByTime(tools.contact, tools.query.report)) return read;
	if (overlapOf(tools.contact) > overlapMs) await learnWhatCounts(slice, read.rows, tools);
	const seam = await readSeam(slice, overlapMs, tools);
	if (seam === null) return { ...read, overlapMs };
	const whole = joined(seam, read.rows);
	return whole.kind === 'read' ? { ...whole, overlapMs: overlapOf(tools.contact) } : whole;
}

/** What lies at the end of a slice that was asked for with a shorter overlap; null where that was enough. */
async function readSeam(slice: Slice, overlapMs: number, tools: Tools): Promise<SliceEnd | null> {
	const { contact, query, now } = tools;
	const widerMs = overlapOf(contact);
	const { start, end } = slice.range;
	if (widerMs <= overlapMs || end + overlapMs >= now) return null;
	slice.isDivisible = false;
	return await readWhole(slice, sentWindow({ start: Math.max(start, end - widerMs), end }, query, widerMs), tools);
}

/** Records of a slice that was handed out before one as long as these was seen: they end later than was asked for then. */
export async function readLateSeam(slice: Slice, overlapMs: number, tools: Tools): Promise<SliceEnd | null> {
	const seam = await readSeam(slice, overlapMs, tools);
	if (seam?.kind !== 'read') return seam;
	const asked = sentWindow(slice.range, tools.query, overlapMs).end;
	return { ...seam, rows: seam.rows.filter(({ record }) => (endOf(record) ?? 0) > asked + minuteMs) };
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

import type { Failure, Outcome } from '../failure';
import type { ReadingIo } from '../io';
import { otherOrder, type Range, type ReportQuery } from '../query';
import { normalize } from '../times';
import { nameOf, type SentWindow } from '../windows';
import { goesByTime, type Behavior } from './behavior';
import { tellingSteps } from './listOrder';
import type { Page } from './page';
import { getPage } from './request';
import type { Asker, Schedule } from './schedule';
import type { Row } from './row';
import { Tally, slackMs, type Step } from './tally';

/** What the readings of one query share. */
export interface Tools {
	query: ReportQuery;
	io: ReadingIo;
	/** What is known of the cluster's way with the report. */
	behavior: Behavior;
	schedule: Schedule;
	/** When the reading began, in ms since 1970: what starts later is not asked for. */
	now: number;
	/** Items still wanted; Infinity for all. */
	wanted: () => number;
	/** How many items rows make that belong to what is asked for. */
	itemsOf: (asker: PageAsker, rows: readonly Row[]) => number;
	/** Stretches that do not add up, where the query lets that pass. */
	gaps: Failure[];
	/** The greatest total that was told of a stretch of time, by its texts. */
	told: Map<string, number>;
	/** How often a row was asked for only to see whether the zone holds (U21). */
	zoneTries: number;
	/** How often a slice was cut for its size, and because it did not add up. */
	cuts: number;
	mends: number;
}

/** Somebody who asks for the pages of a stretch of time. */
export interface PageAsker extends Asker {
	/** What is wanted of the rows that come. */
	range: Range;
	/** Whether it may be read in parts, so that there is no need to go deep. */
	isDivisible: boolean;
	/** What it was cut from, because that was too large or did not add up. */
	parent?: object | null;
	/** Parts of it would be no smaller: it is read however deep it goes. */
	goesDeep?: boolean;
	/** A first page that was asked for already. */
	given?: { sent: SentWindow; page: Outcome<Page> };
	/** Whether the last rows of the list were asked for already, to no avail. */
	hasNoTail?: boolean;
}

/** One reading of a stretch of time, and what ended it. */
export interface Attempt {
	tally: Tally;
	/**
	 * How `Tally.next` ended it, or:
	 * - `enough`: all rows that are wanted have come
	 * - `backwards`: the list comes in the opposite order, and only its last rows are wanted
	 * - `tooLarge`: more pages than a slice may have; `tooDeep`: the cluster refuses this `skip` (U16)
	 * - `outOfRange`: rows came that lie outside the requested times, or this cluster is known to ignore times
	 * - `failed`: a request failed
	 */
	end: Exclude<Step, object> | 'enough' | 'backwards' | 'tooLarge' | 'tooDeep' | 'outOfRange' | 'failed';
	failure?: Failure;
	/** What was asked for. */
	sent: SentWindow;
}

/** A slice has so many pages at most: then no page lies deep (U16), and one that does not add up is soon read again. */
export const mostPagesPerSlice = 9;
/** How long a record may be where that matters, in ms. */
const longRecordMs = 24 * 3_600_000;
/** Pages asked for before the one is there that precedes them. */
const mostPlanned = 16;
const refusedDepth: ReadonlySet<number> = new Set([400, 413, 422, 500]);

/** Which page to ask for. */
type Question = Exclude<Step, string>;

/** Reads the pages of a stretch of time in order, and asks ahead for those that a total announces. Never throws. */
export async function readPages(asker: PageAsker, sent: SentWindow, tools: Tools): Promise<Attempt> {
	const { query, io, behavior, schedule } = tools;
	const tally = new Tally(query.report, sent, behavior, asker.isDivisible ? undefined : asker.range);
	const ended = new AbortController();
	const planned = new Map<number, Promise<Outcome<Page>>>();
	const ask = async (question: Question): Promise<Outcome<Page>> => await askPage(asker, sent, { ...question, ended: ended.signal }, tools);
	let question: Question = { skip: 0, limit: fewRows(asker, sent, tools) };
	let stride = 0;
	const { given } = asker;
	asker.given = undefined;
	if (given?.sent.start_time === sent.start_time && given.sent.end_time === sent.end_time) planned.set(0, Promise.resolve(given.page));
	try {
		for (;;) {
			const outcome = await (planned.get(question.skip) ?? ask(question));
			planned.delete(question.skip);
			if (!outcome.ok) {
				const isRefused = isTooDeep(outcome.failure, question.skip, asker);
				if (isRefused) behavior.refusedSkip = Math.min(behavior.refusedSkip, question.skip);
				return { tally, sent, end: isRefused ? 'tooDeep' : 'failed', failure: outcome.failure };
			}
			const { rows, asked } = outcome.value;
			tally.take(outcome.value, question.skip);
			const size = Math.min(query.pageSize, behavior.mostRows ?? Infinity);
			// A page that comes shorter than those before shows another cap: what was asked ahead has gaps.
			if (stride === 0) stride = rows.length === asked ? Math.max(size, asked) : rows.length;
			else if (rows.length > 1 && rows.length < Math.min(asked, stride) && tally.position < announced(tally, behavior)) {
				stride = rows.length;
				planned.clear();
			}
			let next = endShown(asker, tally, stride, tools) ?? tally.next(query.pageSize);
			if (isCheck(next) && rows.length < asked) {
				// Pages of others may show by then what it would.
				await schedule.untilHead(asker);
				next = tally.next(query.pageSize);
			}
			if (typeof next === 'string') return { tally, sent, end: next };
			const most = isCuttable(asker) ? pagesAtMost(behavior, stride) * Math.max(stride, tally.firstPage.rows) : Infinity;
			if (next.limit > 1 && next.skip >= most) return { tally, sent, end: 'tooLarge' };
			question = planFrom(next, planned, { stride, until: rows.length > asked ? 0 : Math.min(most, lastWanted(tally, tools)), ask });
		}
	} finally {
		ended.abort();
		io.statistics.duplicates += tally.repeated;
		schedule.drop(asker);
	}
}

/** How many pages of so many rows a slice may have: no more than the cluster lets be skipped. */
export function pagesAtMost({ refusedSkip }: Behavior, pageRows: number): number {
	return Math.max(1, Math.min(mostPagesPerSlice, Math.floor(refusedSkip / Math.max(1, pageRows))));
}

function isCuttable({ isDivisible, goesDeep }: PageAsker): boolean {
	return isDivisible && goesDeep !== true;
}

/** Whether a single row is asked for, only to see that there is none. */
function isCheck(step: Attempt['end'] | Question): boolean {
	return typeof step !== 'string' && step.limit === 1;
}

/** Asks ahead, and gives the page to ask for next: where pages were asked for that lie behind it, one that fills the gap. */
function planFrom(
	{ skip, limit }: Question,
	planned: Map<number, Promise<Outcome<Page>>>,
	{ stride, until, ask }: { stride: number; until: number; ask: (question: Question) => Promise<Outcome<Page>> },
): Question {
	for (const earlier of planned.keys()) if (earlier < skip) planned.delete(earlier);
	const [gapEnd = Infinity] = planned.keys();
	const question = { skip, limit: planned.has(skip) ? limit : Math.min(limit, gapEnd - skip) };
	if (limit === 1) return question;
	if (planned.size === 0 && skip < until) planned.set(skip, ask(question));
	for (let at = Math.max(skip, ...planned.keys()) + stride; at < until && planned.size < mostPlanned; at += stride) planned.set(at, ask({ skip: at, limit }));
	return question;
}

/** Asks for one page of a stretch of time. */
export async function askPage(
	asker: PageAsker,
	sent: SentWindow,
	{ skip, limit, ended }: Question & { ended?: AbortSignal },
	{ query, io, schedule, told }: Tools,
): Promise<Outcome<Page>> {
	const isOver = ended ? AbortSignal.any([ended, schedule.ended]) : schedule.ended;
	const filters = { ...query.sentFilters, start_time: sent.start_time, end_time: sent.end_time };
	const applied = query.conditions.flatMap(({ filter }) => filter ?? []);
	const outcome = await schedule.ask(
		asker,
		async (slot) => await getPage({ filters, limit, skip }, { ...query, applied, ended: isOver, slot }, io),
		(failure) => ended?.aborted === true || isTooDeep(failure, skip, asker),
	);
	if (!outcome.ok) return outcome;
	for (const row of outcome.value.rows) normalize(row, query);
	const name = nameOf(sent);
	told.set(name, Math.max(told.get(name) ?? 0, outcome.value.total ?? 0));
	return outcome;
}

function isTooDeep({ kind, status }: Failure, skip: number, { isDivisible }: PageAsker): boolean {
	return isDivisible && skip > 0 && kind === 'status' && refusedDepth.has(status ?? 0);
}

/** What the pages that came show, beside what they hold. */
function endShown(asker: PageAsker, tally: Tally, stride: number, tools: Tools): Attempt['end'] | null {
	const { query, behavior, wanted, itemsOf } = tools;
	const { isDivisible, range } = asker;
	if (isDivisible && (tally.outOfRange > 0 || !goesByTime(behavior, query.report))) return 'outOfRange';
	// A list of all times needs no reading beyond what is wanted of it.
	const edge = tally.listOrder.edge(longRecordMs);
	if (!isDivisible && tally.isSteady && edge?.order === 'newestFirst' && edge.time < range.start - slackMs) return 'enough';
	if (wanted() < Infinity && tally.isSteady && tally.listOrder.isByStart(query.order) && itemsOf(asker, tally.listOrder.settled(tally.rows, query.order, longRecordMs)) >= wanted()) return 'enough';
	if (wanted() < Infinity && isTold(tally, behavior) && itemsOf(asker, tally.rows) >= wanted()) return 'enough';
	if (isBackwards(asker, tally, stride, tools)) return 'backwards';
	const most = behavior.ignoresSkip || behavior.isUnpaged ? 1 : pagesAtMost(behavior, stride) * (isWorthReadingOn(asker, tally, tools) ? 3 : 1);
	return isCuttable(asker) && tally.pages === 1 && stride > 0 && announced(tally, behavior) > most * stride ? 'tooLarge' : null;
}

/**
 * Whether a part that turns out a little too large is read as far as it may be: where the rows are known to come in order of time, only the rest is left,
 * which costs the fewest requests. A window isn't: its parts can be read side by side.
 */
function isWorthReadingOn({ parent = null }: PageAsker, tally: Tally, { behavior, wanted }: Tools): boolean {
	const edge = tally.listOrder.edge(longRecordMs);
	return parent !== null && wanted() === Infinity && behavior.refusedSkip === Infinity && edge !== null && behavior.confirmed === edge.order && edge.time === tally.listOrder.lastTime;
}

/** Whether a single answer holds all that is announced, by a total that was seen to count more than what is on a page. */
function isTold({ pages, total, firstPage, isAnnounced }: Tally, { largestTotal }: Behavior): boolean {
	return pages === 1 && isAnnounced && firstPage.rows < firstPage.asked && largestTotal > (total ?? 0);
}

/** Whether few are wanted of a list that comes the other way round, and the last of it can be asked for without going deep. */
function isBackwards(asker: PageAsker, tally: Tally, stride: number, { query, behavior, wanted }: Tools): boolean {
	const total = announced(tally, behavior);
	if (asker.hasNoTail || tally.pages > 1 || total <= tally.received || wanted() * 2 > total || behavior.isUnpaged || behavior.ignoresSkip) return false;
	const isOtherWay = tally.listOrder.isByStart(otherOrder(query.order)) && !tally.listOrder.isByStart(query.order);
	return isOtherWay && (!isCuttable(asker) || total <= pagesAtMost(behavior, stride) * stride);
}

/** The rows that a total announces, where it counts them. */
export function announced({ total }: Tally, { miscounts }: Behavior): number {
	return miscounts ? 0 : (total ?? 0);
}

/** Where limited records come in the order in which they are wanted, no more are asked for ahead than are wanted. */
function lastWanted(tally: Tally, { query, behavior, wanted }: Tools): number {
	const total = announced(tally, behavior);
	return tally.listOrder.isByStart(query.order) && allSent(query, behavior) ? Math.min(total, tally.position + wanted()) : total;
}

/** Where rows may come that are not wanted, a page of just the wanted number would bring too few. Of a few rows no order can be seen. */
function fewRows({ range }: PageAsker, sent: SentWindow, { query, behavior, wanted, now }: Tools): number {
	const isOtherWay = behavior.listedFirst === otherOrder(query.order);
	return !allSent(query, behavior) || isOtherWay ? query.pageSize : rowsForWanted({ range }, sent, { query, wanted, now });
}

/** How many rows to request to get the wanted ones, if every row counts: rows in the overlap come along. */
export function rowsForWanted({ range }: Pick<PageAsker, 'range'>, sent: SentWindow, { query, wanted, now }: Pick<Tools, 'query' | 'wanted' | 'now'>): number {
	const isOverlapEmpty = sent.end <= range.end + slackMs || range.end >= now - slackMs;
	return Math.min(query.pageSize, Math.max(tellingSteps + 1, isOverlapEmpty ? wanted() : 2 * wanted() + 100));
}

export function allSent({ conditions }: ReportQuery, { omitted }: Behavior): boolean {
	return conditions.every(({ sent, filter = '' }) => sent && !omitted.has(filter));
}

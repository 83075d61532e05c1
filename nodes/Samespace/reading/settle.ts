import type { Failure } from './failure';
import { IdSet } from './ids';
import type { Page } from './page';
import type { FreshRows, Progress } from './progress';
import type { Range } from './query';
import type { Statistics } from './statistics';
import { openWindow, planPage, type OpenWindow, type Planning } from './windowPages';
import { readWindow, type WindowEnd } from './windowReading';
import { halve } from './windows';

/** What the readings of one window, and of its halves, share. */
export interface Settling extends Planning {
	statistics: Statistics;
	/** Ids of all rows of this window that were handed on. */
	handedOn: IdSet;
	/** Windows that do not add up, where the query lets that pass. */
	gaps: Failure[];
	/** The most rows that any page has brought. */
	pages: { largest: number };
	/** How often this window was cut in two. */
	cuts: number;
	/** Whether the window before has told all that this page is the first of. */
	isKnown: (page: Page, keys: readonly string[], open: OpenWindow) => boolean;
}

/** How a window was settled: `known` if the window before had told it all, `whole` if nothing is missing. */
export interface Settled {
	failure: Failure | null;
	known: boolean;
	whole: boolean;
	/** The total that the rows account for, where there is one. */
	total: number | null;
}

/** After so many gaps windows are no longer halved: that would multiply requests and mend nothing. */
const mostGaps = 10;
/** Enough for a window of some million rows whose API ignores `skip`. */
const mostCuts = 5_000;

/**
 * Reads a window until its rows account for the total: twice as a whole, then in halves, down to a minute. Each reading
 * hands on only what was missing, so a consumer never has to take anything back.
 */
export async function* settleWindow(open: OpenWindow, settling: Settling): AsyncGenerator<FreshRows, Settled> {
	const { handedOn, statistics } = settling;
	let end = yield* read(open, settling, handedOn.size === 0 ? handedOn : new IdSet());
	if (await isOver(end, open, settling)) return settledBy(end);
	let halves = halvesOf(open.window, end.progress, settling);
	// An API that ignores `skip` would do so again.
	if (!end.repeated || !halves) {
		statistics.rereads += 1;
		const again = openWindow(open.window, open.order, settling);
		end = yield* read(again, settling, new IdSet());
		if (await isOver(end, again, settling)) return settledBy(end);
		halves = halvesOf(open.window, end.progress, settling);
	}
	if (!halves) return shortOf(end, open.window, settling);
	settling.cuts += 1;
	let whole = true;
	for (const half of halves) {
		statistics.rereads += 1;
		const settled = yield* settleWindow(openWindow(half, open.order, settling), settling);
		if (settled.failure) return settled;
		whole &&= settled.whole;
	}
	// Rows that look alike in both halves came out once.
	if (whole && handedOn.size < end.progress.expected) return shortOf(end, open.window, settling);
	return { failure: null, known: false, whole, total: null };
}

async function* read(open: OpenWindow, settling: Settling, seen: IdSet): AsyncGenerator<FreshRows, WindowEnd> {
	const { handedOn, pages } = settling;
	const isFirst = seen === handedOn;
	const reading = readWindow(open, { ...settling, seen, isKnown: isFirst ? settling.isKnown : () => false });
	for (;;) {
		const next = await reading.next();
		if (next.done) {
			pages.largest = Math.max(pages.largest, next.value.progress.largest);
			return next.value;
		}
		yield isFirst ? next.value : missing(next.value, handedOn);
	}
}

function missing({ rows, keys, times, strays }: FreshRows, handedOn: IdSet): FreshRows {
	const isMissing = keys.map((key) => handedOn.add(key));
	const kept = <Value>(values: Value[]): Value[] => values.filter((_, at) => isMissing[at]);
	return { rows: kept(rows), keys: kept(keys), times: kept(times), strays };
}

/** Whether all is there, or nothing more can come. */
async function isOver(end: WindowEnd, open: OpenWindow, settling: Settling): Promise<boolean> {
	return end.failure !== null || end.addsUp || (end.repeated && (await isOnePage(end.progress, open, settling)));
}

/**
 * Every page is the same, and no total says how many rows there are: is the page all of them, or cut off? It is whole if
 * it is smaller than what was asked for and than a page that came before. In the end it is if even a single row cannot be
 * asked for, since then paging is ignored altogether.
 */
async function isOnePage(progress: Progress, open: OpenWindow, settling: Settling): Promise<boolean> {
	const { total, last, seen } = progress;
	if (total !== null || last.bare || last.rows !== seen.size) return false;
	if (last.rows === 1) return last.asked > 1;
	if (last.rows !== last.asked && last.rows < settling.pages.largest) return true;
	if (halvesOf(open.window, progress, settling)) return false;
	const single = await settling.ahead.take(planPage(open, 0, settling, 1));
	return single.ok && single.value.rows.length > 1;
}

function settledBy({ failure, known, progress }: WindowEnd): Settled {
	return { failure, known, whole: failure === null, total: progress.total };
}

/** The halves of a window, where reading them may help. */
function halvesOf(window: Range, progress: Progress, { gaps, cuts }: Settling): [Range, Range] | null {
	return progress.isDivisible && gaps.length < mostGaps && cuts < mostCuts ? halve(window) : null;
}

/** A window that does not add up: an error, or a gap that is told of. */
function shortOf({ repeated, progress }: WindowEnd, window: Range, { query, gaps }: Settling): Settled {
	const failure: Failure = {
		kind: repeated ? 'skipIgnored' : 'incomplete',
		window,
		expected: progress.total,
		received: progress.seen.size,
	};
	const isLetPass = query.onIncomplete === 'warn';
	if (isLetPass) gaps.push(failure);
	return { failure: isLetPass ? null : failure, known: false, whole: false, total: null };
}

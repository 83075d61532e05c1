import type { Failure } from './failure';
import { IdSet } from './ids';
import type { Page } from './page';
import type { Range } from './query';
import { openWindow, type OpenWindow, type Planning } from './windowPages';
import { readWindow, type FreshRows, type WindowEnd } from './windowReading';
import { halve } from './windows';
import type { Statistics } from './statistics';

/** What the readings of one window, and of its halves, share. */
export interface Settling extends Planning {
	statistics: Statistics;
	/** Ids of all rows of this window that were handed on. */
	handedOn: IdSet;
	/** Whether the window before has told all that this page is the first of. */
	isKnown: (page: Page, keys: readonly string[], open: OpenWindow) => boolean;
}

/** How a window was settled: `known` if the window before had told it all. */
export interface Settled {
	failure: Failure | null;
	known: boolean;
	expected: number | null;
}

/**
 * Reads a window until its rows account for the total: twice as a whole, then in halves, down to a minute. Each reading
 * hands on only what was missing, so a consumer never has to take anything back.
 */
export async function* settleWindow(opened: OpenWindow, settling: Settling): AsyncGenerator<FreshRows, Settled> {
	let open = opened;
	let end = yield* read(open, settling, settling.handedOn.size === 0 ? settling.handedOn : new IdSet());
	if (!end.failure && !end.addsUp && !end.repeated) {
		settling.statistics.rereads += 1;
		open = openWindow(open.window, open.order, settling);
		end = yield* read(open, settling, new IdSet());
	}
	if (end.failure || end.addsUp) return { failure: end.failure, known: end.known, expected: end.expected };
	const halves = settling.query.report.timeField === null ? null : halve(open.window);
	if (!halves) return { failure: shortfall(end, open.window), known: false, expected: end.expected };
	for (const half of halves) {
		settling.statistics.rereads += 1;
		const settled = yield* settleWindow(openWindow(half, open.order, settling), settling);
		if (settled.failure) return settled;
	}
	return { failure: null, known: false, expected: null };
}

async function* read(open: OpenWindow, settling: Settling, seen: IdSet): AsyncGenerator<FreshRows, WindowEnd> {
	const isFirst = seen === settling.handedOn;
	const reading = readWindow(open, { ...settling, seen, isKnown: isFirst ? settling.isKnown : () => false });
	for (;;) {
		const next = await reading.next();
		if (next.done) return next.value;
		yield isFirst ? next.value : missing(next.value, settling.handedOn);
	}
}

function missing({ rows, keys }: FreshRows, handedOn: IdSet): FreshRows {
	const isMissing = keys.map((key) => handedOn.add(key));
	return { rows: rows.filter((_, at) => isMissing[at]), keys: keys.filter((_, at) => isMissing[at]) };
}

function shortfall(end: WindowEnd, window: Range): Failure {
	return {
		kind: end.repeated ? 'skipIgnored' : 'incomplete',
		window,
		expected: end.expected,
		received: end.received,
	};
}

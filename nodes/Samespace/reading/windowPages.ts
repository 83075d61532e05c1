import type { Page } from './page';
import type { Range, ReportQuery } from './query';
import type { PlannedPage, ReadAhead } from './readAhead';
import { sentWindow, type SentWindow } from './windows';

/** A window of which at least the first page is planned. */
export interface OpenWindow {
	window: Range;
	/** Its place among all windows. */
	order: number;
	sent: SentWindow;
	first: PlannedPage;
	/** The pages after the first one, once `total` is known, by `skip`. */
	rest: PlannedPage[];
}

/** What the planning of pages needs to know. */
export interface Planning {
	query: ReportQuery;
	ahead: ReadAhead;
	/** Matching records still wanted; Infinity for all. */
	wanted: () => number;
}

/** Plans the first page of a window and, as soon as that tells the total, all others. */
export function openWindow(window: Range, order: number, planning: Planning): OpenWindow {
	const { query, ahead } = planning;
	const sent = sentWindow(window, query);
	const filters = { ...query.sentFilters, start_time: sent.start_time, end_time: sent.end_time };
	const first = ahead.plan({ filters, limit: rowsToAsk(planning), skip: 0 }, order);
	const open: OpenWindow = { window, order, sent, first, rest: [] };
	first.onArrival = (page) => planRest(open, page, planning);
	return open;
}

/** Plans one more page of a window: before every later one, since it is wanted now. */
export function planPage(open: OpenWindow, skip: number, planning: Planning, limit = rowsToAsk(planning)): PlannedPage {
	return planning.ahead.plan({ filters: open.first.request.filters, limit, skip }, open.order);
}

/**
 * A cap on `limit` shows in the first page, and all others step by what came. The last page asks for one row more than
 * the total leaves: should it come, the total was too low.
 */
function planRest(open: OpenWindow, { rows, total }: Page, planning: Planning): void {
	const asked = open.first.request.limit;
	if (total === null || rows.length === 0 || rows.length > asked) return;
	const step = rows.length;
	const until = Math.min(total, planning.wanted());
	for (let skip = step; skip < until; skip += step) {
		const left = total - skip;
		const limit = left <= step && planning.wanted() === Infinity ? left + 1 : step;
		open.rest.push(planPage(open, skip, planning, limit));
	}
}

/** Where rows come that nobody asked the API to leave out, a page of just the wanted number would bring too few. */
function rowsToAsk({ query, wanted }: Planning): number {
	const allSent = query.conditions.every(({ sent }) => sent);
	return allSent ? Math.min(query.pageSize, wanted()) : query.pageSize;
}

import type { Contact } from './contact';
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
	/** The pages that are planned after it, by `skip`. */
	rest: PlannedPage[];
	/** Pages that it seems to have; null until those after the first one are planned. */
	pages: number | null;
}

/** What the planning of pages needs to know. */
export interface Planning {
	query: ReportQuery;
	ahead: ReadAhead;
	/** What the cluster refuses. */
	contact: Contact;
	/** Matching records still wanted; Infinity for all. */
	wanted: () => number;
}

/**
 * Plans the first page of a window. As soon as that is there and tells the total, `whenKnown` gets what plans the pages
 * after it, which is done at once where nothing else is said.
 */
export function openWindow(window: Range, order: number, planning: Planning, whenKnown = (planRest: () => void) => planRest()): OpenWindow {
	const { query, ahead } = planning;
	const sent = sentWindow(window, query);
	const filters = { ...query.sentFilters, start_time: sent.start_time, end_time: sent.end_time };
	const first = ahead.plan({ filters, limit: rowsToAsk(planning), skip: 0 }, order);
	const open: OpenWindow = { window, order, sent, first, rest: [], pages: null };
	first.onArrival = (page) => whenKnown(() => planRest(open, page, planning));
	return open;
}

/** Plans one more page of a window: before every later window, since it is wanted now. */
export function planPage(open: OpenWindow, skip: number, planning: Planning, limit = rowsToAsk(planning)): PlannedPage {
	return planning.ahead.plan({ filters: open.first.request.filters, limit, skip }, open.order);
}

/**
 * A cap on `limit` shows in the first page, and all others step by what came. The last page asks for one row more than
 * the total leaves: should it come, the total was too low. Each page that arrives plans one more, so that a total may be
 * absurd without harm.
 */
function planRest(open: OpenWindow, { rows, total, asked }: Page, planning: Planning): void {
	const step = rows.length;
	open.pages = 1;
	if (total === null || step === 0 || step > asked) return;
	const wanted = planning.wanted();
	const until = Math.min(total, wanted);
	open.pages = Math.ceil(until / step);
	let next = step;
	const planNext = (): void => {
		if (next >= until) return;
		const left = total - next;
		const page = planPage(open, next, planning, left <= step && wanted > total ? left + 1 : step);
		page.onArrival = planNext;
		open.rest.push(page);
		next += step;
	};
	for (let count = 0; count <= planning.ahead.depth; count += 1) planNext();
}

/** Where rows come that nobody asked the API to leave out, a page of just the wanted number would bring too few. */
function rowsToAsk({ query, contact, wanted }: Planning): number {
	const allSent = query.conditions.every(({ sent, filter = '' }) => sent && !contact.omitted.has(filter));
	return allSent ? Math.min(query.pageSize, wanted()) : query.pageSize;
}

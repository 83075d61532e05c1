import type { ReportRecord } from '../reports';
import type { Failure } from './failure';
import { IdSet, keysOf } from './ids';
import { normalize } from './normalize';
import type { Page } from './page';
import type { PlannedPage } from './readAhead';
import type { Statistics } from './statistics';
import { planPage, type OpenWindow, type Planning } from './windowPages';

/** One reading of one window. */
export interface Reading extends Planning {
	statistics: Statistics;
	/** Ids of this reading's rows. */
	seen: IdSet;
	/** Called with the first page's rows and their ids: true if the window before has told it all. */
	isKnown: (page: Page, keys: readonly string[], open: OpenWindow) => boolean;
}

/** How a reading ended. */
export interface WindowEnd {
	failure: Failure | null;
	/** The rows account for the total, first and last. */
	addsUp: boolean;
	/** A page came again instead of the next one. */
	repeated: boolean;
	/** The window before has told it all. */
	known: boolean;
	expected: number | null;
	received: number;
}

/** The rows of a page that this reading has not seen before, with their ids. */
export interface FreshRows {
	rows: ReportRecord[];
	keys: string[];
}

/** Where a reading stands. */
interface Progress {
	/** Rows received, which is where the next page begins. */
	position: number;
	firstTotal: number | null;
	lastTotal: number | null;
	pages: number;
	probed: boolean;
	/** A row without an id was taken for one that had come before, and no total can tell whether rightly. */
	doubtful: boolean;
	lastPage: { asked: number; rows: number; fresh: number; bare: boolean };
}

type Step = 'end' | 'repeated' | { skip: number; limit?: number };

/** Reads a window's pages in order, advancing by the rows received. */
export async function* readWindow(open: OpenWindow, reading: Reading): AsyncGenerator<FreshRows, WindowEnd> {
	const progress: Progress = {
		position: 0,
		firstTotal: null,
		lastTotal: null,
		pages: 0,
		probed: false,
		doubtful: false,
		lastPage: { asked: 0, rows: 0, fresh: 0, bare: false },
	};
	const end = (part: Partial<WindowEnd>): WindowEnd => ({
		failure: null,
		addsUp: false,
		repeated: false,
		known: false,
		expected: progress.lastTotal,
		received: reading.seen.size,
		...part,
	});
	for (let page: PlannedPage | undefined = open.first; page; ) {
		const outcome = await reading.ahead.take(page);
		if (!outcome.ok) return end({ failure: outcome.failure });
		const keys = keysOfPage(outcome.value, reading);
		if (progress.pages === 0 && reading.isKnown(outcome.value, keys, open)) {
			reading.ahead.drop(open.rest);
			return end({ addsUp: true, known: true });
		}
		const fresh = takeFresh(outcome.value, keys, { reading, progress });
		progress.lastPage = {
			asked: page.request.limit,
			rows: outcome.value.rows.length,
			fresh: fresh.rows.length,
			bare: outcome.value.bare,
		};
		yield fresh;
		const step = nextStep(progress, reading);
		if (step === 'end' || step === 'repeated') {
			reading.ahead.drop(open.rest);
			const repeated = step === 'repeated';
			const addsUp = repeated && progress.lastTotal === null ? await isAllAtOnce(open, progress, reading) : isAccountedFor(progress, reading);
			return end({ addsUp, repeated });
		}
		page = plannedAt(open, step, reading);
	}
	return end({});
}

function keysOfPage(page: Page, { query }: Reading): string[] {
	for (const row of page.rows) normalize(row, query.report, query.clusterZone);
	return keysOf(page.rows, query.report);
}

function takeFresh(
	{ rows, total }: Page,
	keys: readonly string[],
	{ reading, progress }: { reading: Reading; progress: Progress },
): FreshRows {
	const fresh: FreshRows = { rows: [], keys: [] };
	rows.forEach((row, at) => {
		if (reading.seen.add(keys[at])) {
			fresh.rows.push(row);
			fresh.keys.push(keys[at]);
			return;
		}
		reading.statistics.duplicates += 1;
		if (keys[at] !== String(row[reading.query.report.id])) progress.doubtful = true;
	});
	progress.position += rows.length;
	progress.pages += 1;
	progress.firstTotal ??= total;
	progress.lastTotal = total ?? progress.lastTotal;
	return fresh;
}

/** The first rule that applies decides. */
function nextStep({ position, lastTotal, pages, probed, lastPage }: Progress, { wanted }: Reading): Step {
	if (lastPage.rows === 0) return 'end';
	if (pages > 1 && lastPage.fresh === 0) return 'repeated';
	// `limit` is ignored: everything came at once.
	if (lastTotal === null && lastPage.rows > lastPage.asked) return 'end';
	if (lastTotal === null || position < lastTotal) return { skip: position };
	// A full page that just makes up the total does not show that nothing follows.
	const full = position === lastTotal && lastPage.rows === lastPage.asked;
	if (full && !probed && wanted() === Infinity) return { skip: position, limit: 1 };
	return 'end';
}

/** The page planned there; where a page came short, one that fills the gap; or a new one. */
function plannedAt(open: OpenWindow, step: { skip: number; limit?: number }, reading: Reading): PlannedPage {
	while (open.rest.length > 0 && open.rest[0].request.skip < step.skip) reading.ahead.drop([open.rest.shift() as PlannedPage]);
	if (open.rest[0]?.request.skip === step.skip) return open.rest.shift() as PlannedPage;
	const gap = open.rest.length > 0 ? open.rest[0].request.skip - step.skip : undefined;
	return planPage(open, step.skip, reading, step.limit ?? gap);
}

function isAccountedFor({ firstTotal, lastTotal, doubtful }: Progress, { seen }: Reading): boolean {
	if (lastTotal === null) return !doubtful;
	return seen.size === firstTotal && seen.size === lastTotal;
}

/**
 * The same page came twice and no total says how many rows there are. If a single row is asked for and more come, then
 * paging is ignored altogether and the first page was all there is.
 */
async function isAllAtOnce(open: OpenWindow, progress: Progress, reading: Reading): Promise<boolean> {
	const onlyRow = reading.seen.size === 1;
	if (onlyRow) return !progress.lastPage.bare && progress.lastPage.asked > 1;
	if (progress.pages > 2) return false;
	const outcome = await reading.ahead.take(planPage(open, 0, reading, 1));
	return outcome.ok && outcome.value.rows.length > 1;
}

import type { Failure } from './failure';
import { keysOf, type IdSet } from './ids';
import { normalize } from './normalize';
import type { Page } from './page';
import { Progress, type FreshRows } from './progress';
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
	/** The rows account for the total, however often it was said. */
	addsUp: boolean;
	/** A page came again instead of the next one. */
	repeated: boolean;
	/** The window before has told it all. */
	known: boolean;
	/** What the reading had brought by then. */
	progress: Progress;
}

/** Reads a window's pages in order, advancing by the rows received. */
export async function* readWindow(open: OpenWindow, reading: Reading): AsyncGenerator<FreshRows, WindowEnd> {
	const progress = new Progress(reading.query.report, open.sent, reading.seen);
	const end = (part: Partial<WindowEnd>): WindowEnd => {
		reading.ahead.drop(open.rest.splice(0));
		reading.statistics.duplicates += progress.duplicates;
		return { failure: null, addsUp: false, repeated: false, known: false, progress, ...part };
	};
	for (let page = open.first; ; ) {
		const outcome = await reading.ahead.take(page);
		if (!outcome.ok) return end({ failure: outcome.failure });
		const keys = keysOfPage(outcome.value, reading);
		if (progress.pages === 0 && reading.isKnown(outcome.value, keys, open)) return end({ addsUp: true, known: true });
		yield progress.take(outcome.value, keys);
		const step = progress.next();
		if (step === 'endless') return end({ failure: endless(open, progress) });
		if (step === 'end' || step === 'repeated') return end({ addsUp: progress.addsUp, repeated: step === 'repeated' });
		page = plannedAt(open, step, reading);
	}
}

function keysOfPage(page: Page, { query }: Reading): string[] {
	for (const row of page.rows) normalize(row, query);
	return keysOf(page.rows, query.report);
}

/** The page planned there; where a page came short, one that fills the gap; or a new one. */
function plannedAt(open: OpenWindow, step: { skip: number; limit?: number }, reading: Reading): PlannedPage {
	while (open.rest.length > 0 && open.rest[0].request.skip < step.skip) reading.ahead.drop(open.rest.splice(0, 1));
	if (open.rest[0]?.request.skip === step.skip) return open.rest.shift() as PlannedPage;
	const gap = open.rest.length > 0 ? open.rest[0].request.skip - step.skip : undefined;
	return planPage(open, step.skip, reading, step.limit ?? gap);
}

function endless({ window }: OpenWindow, { total, seen }: Progress): Failure {
	return { kind: 'skipIgnored', window, expected: total, received: seen.size };
}

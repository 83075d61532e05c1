import type { Range, ReportQuery } from './query';
import type { OpenWindow } from './windowPages';
import { splitRange } from './windows';

/** A window to be read, and the period that it belongs to. */
export interface UpcomingWindow {
	open: OpenWindow;
	period: Range;
	/** Plans the pages after the first, once that is there. */
	planRest?: () => void;
}

/** Opens a window, and says when the pages after its first one may be planned. */
type Open = (window: Range, order: number, whenKnown: (planRest: () => void) => void) => OpenWindow;

/** The windows of a query, oldest first; some of them are opened before they are wanted. */
export class Upcoming {
	private readonly opened: UpcomingWindow[] = [];

	private current: UpcomingWindow | undefined;

	private readonly windows: Iterator<{ window: Range; period: Range }>;

	private order = 0;

	constructor(
		query: ReportQuery,
		private readonly open: Open,
	) {
		this.windows = windowsOf(query);
	}

	/** The next window to read. */
	next(): UpcomingWindow | undefined {
		if (this.opened.length === 0) this.openOne();
		this.current = this.opened.shift();
		return this.current;
	}

	/**
	 * Opens one more window if that is wise; false if not. How many pages a window has is not known before its first page
	 * is there: if they are like the last one that is known, those that are open should just give `most` pages beside the
	 * one that is waited for. First pages of more windows would take the place of pages that are wanted sooner.
	 */
	openAhead(most: number): boolean {
		const { all } = this;
		const unknown = all.filter(({ open }) => open.pages === null).length;
		const pagesEach = all.findLast(({ open }) => open.pages !== null)?.open.pages ?? most + 1;
		const enough = Math.max(Math.min(2, most), Math.ceil((most + 1) / Math.max(1, pagesEach)));
		return unknown < enough && this.openOne();
	}

	private openOne(): boolean {
		const { value, done } = this.windows.next();
		if (done) return false;
		const open = this.open(value.window, this.order, (planRest) => {
			upcoming.planRest = planRest;
			this.planInOrder();
		});
		const upcoming: UpcomingWindow = { open, period: value.period };
		this.opened.push(upcoming);
		this.order += 1;
		return true;
	}

	/**
	 * First pages need not arrive in order. The pages of a window are planned when those of all windows before it are:
	 * else they would take the places of pages that are wanted sooner, which would then be read one by one.
	 */
	private planInOrder(): void {
		for (const one of this.all) {
			if (one.open.pages !== null) continue;
			if (!one.planRest) return;
			one.planRest();
			// It holds the first page, whose rows are somebody else's soon.
			one.planRest = undefined;
		}
	}

	/** The window that is being read, and those that are open beside it. */
	private get all(): UpcomingWindow[] {
		return this.current ? [this.current, ...this.opened] : this.opened;
	}
}

function* windowsOf(query: ReportQuery): Generator<{ window: Range; period: Range }> {
	for (const period of query.periods) {
		for (const window of splitRange(period, query)) yield { window, period };
	}
}

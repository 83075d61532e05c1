import type { ReportDefinition } from '../reports';
import { isInRange, timeOf } from './conditions';
import { IdSet } from './ids';
import type { Page } from './page';
import type { Range } from './query';

/** What a window told, once it is settled. */
export interface ToldWindow {
	window: Range;
	/** Ids of all its rows. */
	ids: IdSet;
	/** Its total, where its rows account for one. */
	total: number | null;
	/** No row of it came that lies in another window, and none is missing. */
	isNeat: boolean;
}

/**
 * What the windows before have told. Ids are kept for one window, since neighbours share a boundary; from the first
 * window on that was not neat they are kept for all, as its rows may come with any other.
 */
export class Earlier {
	private ids = new IdSet();

	/** Rows older than this came with windows that told all they had, in ms since 1970. */
	private toldUntil = -Infinity;

	private last: { total: number; page: readonly string[] } | null = null;

	private page: readonly string[] = [];

	private isNeat = true;

	constructor(private readonly report: ReportDefinition) {}

	/** Whether a row has come out before. */
	has(key: string, time: number | null): boolean {
		if (this.report.timeField === null) return false;
		return this.ids.has(key) || (time !== null && time < this.toldUntil);
	}

	/**
	 * Takes note of a window's first page: true if the window before has told it all. An API that ignores times gives
	 * every window the same rows, beginning with the same page. Where that page is everything, it costs nothing to look.
	 */
	hasAll({ rows, total }: Page, keys: readonly string[], window: Range): boolean {
		const { last, report } = this;
		const isPart = total !== null && rows.length < total;
		this.page = isPart ? keys : [];
		if (!isPart || last?.total !== total || last.page.length !== keys.length) return false;
		return keys.every((key, at) => key === last.page[at]) && rows.some((row) => !isInRange(timeOf(row, report), window));
	}

	/** Takes note of a window that was read. */
	add({ window, ids, total, isNeat }: ToldWindow): void {
		this.isNeat &&= isNeat;
		if (this.isNeat) this.toldUntil = window.start;
		else ids.addAll(this.ids);
		this.ids = ids;
		this.last = total === null ? null : { total, page: this.page };
	}
}

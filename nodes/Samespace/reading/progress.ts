import { idOf, type ReportDefinition, type ReportRecord } from '../reports';
import { isInRange, timeOf } from './conditions';
import type { IdSet } from './ids';
import type { Page } from './page';
import type { Range } from './query';

/** The rows of a page that this reading has not seen before, with their ids. */
export interface FreshRows {
	rows: ReportRecord[];
	keys: string[];
	/** When each row lies; null where that cannot be read. */
	times: Array<number | null>;
	/** Whether rows came that cannot be shown to lie in the window as it was asked for. */
	strays: boolean;
}

/** What to do next: end, because all is there or because a page came again; or ask for more. */
export type Step = 'end' | 'repeated' | 'endless' | { skip: number; limit?: number };

/** Without a total that holds, a window that has more pages than this is not read to its end. */
const mostPages = 50_000;

/** Where the reading of one window stands. */
export class Progress {
	/** Rows received, a page aside that repeats others: there the next page begins. */
	position = 0;

	pages = 0;

	/** What the last answer that spoke of it said. */
	total: number | null = null;

	/** Rows that came again. */
	duplicates = 0;

	/** Most rows of a page. */
	largest = 0;

	last = { rows: 0, asked: 0, fresh: 0, bare: false };

	/** Rows that cannot be shown to lie in the window as it was asked for. */
	private strays = 0;

	/** Answers said different totals. */
	private drifted = false;

	/** Rows came that cannot be told apart: alike without an id, or of one id on one page. */
	private ambiguous = false;

	constructor(
		private readonly report: ReportDefinition,
		private readonly sent: Range,
		readonly seen: IdSet,
	) {}

	/** Takes note of a page. */
	take({ rows, total, asked, bare }: Page, keys: readonly string[]): FreshRows {
		const fresh: FreshRows = { rows: [], keys: [], times: [], strays: false };
		let nameless = 0;
		rows.forEach((row, at) => {
			const time = timeOf(row, this.report);
			if (this.isStray(time)) this.strays += 1;
			if (this.seen.add(keys[at])) {
				fresh.rows.push(row);
				fresh.keys.push(keys[at]);
				fresh.times.push(time);
			} else if (idOf(row, this.report) === null) nameless += 1;
		});
		fresh.strays = this.strays > 0;
		const repeated = rows.length - fresh.rows.length;
		this.duplicates += repeated;
		const isFirstAgain = this.pages > 0 && repeated === rows.length && repeated === this.seen.size;
		if (!isFirstAgain) this.ambiguous ||= nameless > 0 || (repeated > 0 && new Set(keys).size < keys.length);
		if (this.pages === 0 || fresh.rows.length > 0) this.position += rows.length;
		this.pages += 1;
		this.largest = Math.max(this.largest, rows.length);
		this.drifted ||= total !== null && this.total !== null && total !== this.total;
		this.total = total ?? this.total;
		this.last = { rows: rows.length, asked, fresh: fresh.rows.length, bare };
		return fresh;
	}

	/** The first rule that applies decides. */
	next(): Step {
		const { position, total, pages, last } = this;
		if (last.rows === 0) return 'end';
		if (pages > 1 && last.fresh === 0) return 'repeated';
		if (total !== null && position < total) return { skip: position };
		// A full page that just makes up the total does not show that nothing follows.
		if (position === total) return last.rows === last.asked ? { skip: position, limit: 1 } : 'end';
		return pages < mostPages ? { skip: position } : 'endless';
	}

	/** Whether the rows that came account for what was said. One that comes again amid others shows that rows moved. */
	get addsUp(): boolean {
		if (this.seen.size !== this.position) return false;
		return this.total === null ? this.last.rows === 0 : !this.drifted && this.total === this.position;
	}

	/** Whether it would help to read a shorter window: the rows can be told apart, and the API seems to go by its times. */
	get isDivisible(): boolean {
		return this.report.timeField !== null && !this.ambiguous && this.strays * 2 <= this.position;
	}

	/** Rows that must have come when the window is read in parts: the total, if it was always the same. */
	get expected(): number {
		return this.drifted ? 0 : (this.total ?? 0);
	}

	private isStray(time: number | null): boolean {
		return this.report.timeField !== null && (time === null || !isInRange(time, this.sent));
	}
}

import type { ReportDefinition, ReportRecord } from '../../reports';
import { IdSet, keysOf } from '../ids';
import { endOf, timeOf, type Range } from '../query';
import { largestPageFor, notePage, type Behavior } from './behavior';
import { ListOrder } from './listOrder';
import type { Page } from './page';
import { lastingMs, type Row } from './row';

/** Which page is asked for next; or the end: the last page came, a page came again, no other can be asked for, or pages never end. */
export type Step = { skip: number; limit: number } | 'end' | 'repeated' | 'cannotAsk' | 'endless';

/** What has more pages, or rows, is not read to its end. */
const mostPagesPerReading = 50_000;
const mostRowsPerReading = 3_000_000;

const minuteMs = 60_000;
/** A record's time may be rounded, by a minute at most (U27). */
export const slackMs = 2 * minuteMs;
/** A page that has just a multiple of so many rows may have been cut off. */
export const roundCap = 50;

/**
 * What has come of one reading of a slice: which page is asked for next, and whether nothing is missing.
 *
 * HOW A SLICE IS SHOWN TO BE COMPLETE. `total` alone never shows it: it may count something else (U17), and a page may have been
 * cut off (U2). So a slice is read until a page comes that is shown to be the last: an empty one; or a short one, where this
 * cluster has sent a larger page, or where one at least as large was once followed by nothing. Then the rows must account for the greatest
 * total that any answer told, and without a total no row may have come twice, since that shows that rows moved between two pages.
 * If they don't, the slice is read again, and then in parts (`slice.ts`): a part of one page is one answer, in which nothing can move.
 */
export class Tally {
	readonly rows: Row[] = [];

	readonly seen = new IdSet();

	/** Rows received, a page aside that repeats others: there the next page begins. */
	position = 0;

	pages = 0;

	/** The greatest total that an answer told. */
	total: number | null = null;

	/** Answers told different totals. */
	isChanged = false;

	/** The last page began with the same row as the first one. */
	isFirstAgain = false;

	/** Each total was just the number of rows beside it. */
	private countsPages = true;

	/** A later answer told a lower total: a row was taken away, and another may have moved into a page that was read. */
	private shrank = false;

	/** Answers that had more rows than they announced. */
	private contradictions = 0;

	/** Rows that came again on another page. */
	repeated = 0;

	/** The shortest row that lies in time where none was asked for, if any came. */
	shortestOutOfRange: Row | null = null;

	outOfRange = 0;

	firstPage = { rows: 0, asked: 0, isBare: false };

	private last = { rows: 0, asked: 0, fresh: 0 };

	/** Of all rows, in ms since 1970. */
	earliest = Infinity;

	latest = -Infinity;

	readonly listOrder = new ListOrder();

	constructor(
		private readonly report: ReportDefinition,
		private readonly sent: Range,
		private readonly behavior: Behavior,
		/** What is wanted of a list that may hold years more: of all else only the times are kept. */
		private readonly wanted?: Range,
	) {}

	/** Takes note of a page. */
	take({ rows, total, asked, bare }: Page, skip: number): void {
		const { behavior } = this;
		if (this.pages === 0) this.firstPage = { rows: rows.length, asked, isBare: bare };
		const keys = keysOf(rows, this.report);
		let fresh = 0;
		this.isFirstAgain = this.pages > 0 && keys.length > 0 && keys[0] === this.rows.at(0)?.key;
		rows.forEach((record, at) => {
			const row = { record, key: keys[at], time: timeOf(record, this.report) };
			this.note(row);
			if (!this.seen.add(row.key)) return;
			fresh += 1;
			this.rows.push(this.isWanted(row.time) ? row : { ...row, record: this.timesOf(record) });
		});
		this.repeated += rows.length - fresh;
		if (this.pages === 0 || fresh > 0) this.position += rows.length;
		this.pages += 1;
		this.last = { rows: rows.length, asked, fresh };
		notePage(behavior, asked, rows.length);
		behavior.listedFirst = this.listOrder.edge(0)?.order ?? behavior.listedFirst;
		if (total === null) return;
		behavior.largestTotal = Math.max(behavior.largestTotal, total);
		behavior.totalsExceedPages ||= total > rows.length;
		// One such response may mean that a row was added between counting and finding. Several mean that the total counts something else.
		if (fresh > 0 && fresh === rows.length && total < skip + rows.length) {
			this.contradictions += 1;
			behavior.miscounts ||= this.contradictions > 1 || (behavior.contradicted !== null && behavior.contradicted !== this.sent.start);
			behavior.contradicted ??= this.sent.start;
		}
		this.countsPages &&= total === rows.length;
		// A total that always equals the rows on its page isn't a count of all rows either.
		if (this.countsPages && skip > 0 && fresh === rows.length) {
			// Of an empty page, once isn't enough: all records may have been removed meanwhile.
			behavior.miscounts ||= fresh > 0 || behavior.hasEmptied;
			behavior.hasEmptied ||= fresh === 0;
		}
		this.shrank ||= total < (this.total ?? 0);
		this.isChanged ||= this.total !== null && total !== this.total;
		this.total = Math.max(total, this.total ?? 0);
	}

	/** The first rule that applies decides. @param pageSize rows to ask for */
	next(pageSize: number): Step {
		const { last, position, pages, behavior } = this;
		const total = behavior.miscounts ? null : this.total;
		if (last.rows === 0) {
			if (pages === 2 && this.firstPage.rows < this.firstPage.asked) behavior.wholePage = Math.max(behavior.wholePage, this.firstPage.rows);
			return 'end';
		}
		if (pages > 1 && last.fresh === 0) return 'repeated';
		if (pages >= mostPagesPerReading || this.rows.length >= mostRowsPerReading) return 'endless';
		if (total !== null && position < total) return behavior.isUnpaged ? 'cannotAsk' : { skip: position, limit: pageSize };
		if (last.rows > last.asked && total !== null && this.isBelieved) return 'end';
		if (last.rows !== last.asked && (last.rows < largestPageFor(behavior, last.asked) || this.isLikeWhole)) return 'end';
		if (behavior.isUnpaged) return 'cannotAsk';
		if (behavior.ignoresSkip) return 'repeated';
		const isCheck = total !== null || (pages === 1 && last.rows !== last.asked);
		return { skip: position, limit: isCheck ? 1 : pageSize };
	}

	/**
	 * Whether the first page is no larger than another that was shown to hold all. It may be cut off at just that size, so the total must be one
	 * that counts more than a page. A report of totals has a row for each agent, however short the time.
	 */
	private get isLikeWhole(): boolean {
		const { behavior, firstPage, report } = this;
		const isKnown = this.pages === 1 && firstPage.rows <= behavior.wholePage;
		return isKnown && (report.timeField === null || (this.total !== null && !behavior.miscounts && behavior.totalsExceedPages));
	}

	/** Whether nothing shows that rows moved between two pages. */
	get isSteady(): boolean {
		return this.repeated === 0 && !this.shrank && !this.isChanged;
	}

	/** Whether rows were seen to move. One that only came, behind those that were read, moves none of them. */
	get hasMoved(): boolean {
		return this.repeated > 0 || this.shrank;
	}

	/** Whether only the first page brought rows. */
	get isOnePage(): boolean {
		return this.seen.size === this.firstPage.rows;
	}

	/** Rows that came, each once. */
	get received(): number {
		return this.seen.size;
	}

	/** Whether the rows account for what was said. */
	get addsUp(): boolean {
		return this.repeated === 0 && (this.behavior.miscounts || this.total === null || this.isAnnounced);
	}

	/** Whether the rows on the only page account for a total that can be believed. */
	get isCounted(): boolean {
		return this.isAnnounced && this.isBelieved;
	}

	/** Whether a total can be taken to count all rows. Until one was seen to count more than a page, it may count only its page, and one with a round number of rows may be cut off. */
	private get isBelieved(): boolean {
		return this.behavior.totalsExceedPages || this.firstPage.rows % roundCap !== 0;
	}

	/** Whether the rows account for a total. */
	get isAnnounced(): boolean {
		return this.total !== null && !this.behavior.miscounts && !this.shrank && this.received === this.total;
	}

	private isWanted(time: number | null): boolean {
		return this.wanted === undefined || time === null || (time >= this.wanted.start && time <= this.wanted.end);
	}

	private timesOf(record: ReportRecord): ReportRecord {
		return { [this.report.timeField ?? '']: record[this.report.timeField ?? ''], end_time: record.end_time };
	}

	private note(row: Row): void {
		const { record, time } = row;
		const { behavior, sent } = this;
		if (this.report.timeField === null) return;
		const end = endOf(record);
		this.listOrder.note(time, end);
		if (time === null) return;
		if (end !== null) behavior.longestMs = Math.max(behavior.longestMs, end - time);
		this.earliest = Math.min(this.earliest, time);
		this.latest = Math.max(this.latest, time);
		// It may be listed by its end (U20), and what has not ended for as long as it goes on.
		const isOpen = record.end_time === null || record.end_time === '' || (record.end_time === undefined && behavior.longestMs > 0);
		const isEarly = !isOpen && Math.max(time, end ?? time) < sent.start - slackMs;
		if (isEarly || time > sent.end + slackMs) {
			this.outOfRange += 1;
			if (this.shortestOutOfRange === null || lastingMs(row) < lastingMs(this.shortestOutOfRange)) this.shortestOutOfRange = row;
		} else if (end !== null && time >= sent.start && end >= sent.end + minuteMs) behavior.listsByStart = true;
	}
}

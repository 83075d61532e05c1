import type { ReportRecord } from '../reports';
import { isInRange, meets } from './conditions';
import type { Failure } from './failure';
import { IdSet } from './ids';
import type { Page } from './page';
import type { Range, ReportQuery } from './query';
import { ReadAhead } from './readAhead';
import type { ReadingIo } from './io';
import { getPage } from './request';
import { settleWindow, type Settling } from './settle';
import { openWindow, type OpenWindow } from './windowPages';
import type { FreshRows } from './windowReading';
import { splitRange } from './windows';

/** Records in the order in which they are to come out, and the period that they were asked for. */
export interface Batch {
	records: ReportRecord[];
	period: Range;
}

/** How a reading ended. `gaps` are the windows that do not add up, where the query lets that pass. */
export interface ReadEnd {
	failure: Failure | null;
	gaps: Failure[];
}

type OpenedWindow = { open: OpenWindow; period: Range };

/**
 * Reads a report: every record of the query's periods that meets its conditions, exactly once, windows oldest first.
 * Whoever stops pulling stops the reading; nothing is started after that. Never throws.
 */
export async function* readReport(query: ReportQuery, io: ReadingIo): AsyncGenerator<Batch, ReadEnd> {
	const reader = new Reader(query, io);
	try {
		return yield* reader.read();
	} finally {
		reader.stop();
	}
}

class Reader {
	private readonly ahead: ReadAhead;

	private readonly gaps: Failure[] = [];

	private readonly upcoming: Iterator<{ window: Range; period: Range }>;

	private readonly opened: OpenedWindow[] = [];

	private order = 0;

	private toSkip: number;

	private wanted: number;

	private timesAreIgnored = false;

	private previous = { ids: new IdSet(), total: null as number | null, whole: false };

	constructor(
		private readonly query: ReportQuery,
		private readonly io: ReadingIo,
	) {
		const { report, pageSize, maxRetries } = query;
		const rules = { report, pageSize, maxRetries, isOver: (): boolean => this.ahead.isOver };
		this.ahead = new ReadAhead(io.lanes.maxWidth, async (request) => await getPage(request, rules, io));
		this.upcoming = windowsOf(query);
		this.toSkip = query.skip;
		this.wanted = query.limit ?? Infinity;
	}

	async *read(): AsyncGenerator<Batch, ReadEnd> {
		for (let next = this.open(); next && this.wanted > 0; next = this.open()) {
			const handedOn = new IdSet();
			const window = settleWindow(next.open, this.settling(handedOn));
			this.io.statistics.windows += 1;
			let step = await window.next();
			for (; !step.done; step = await window.next()) {
				const records = this.select(step.value, next.open);
				if (records.length > 0) yield { records, period: next.period };
				if (this.wanted === 0) return { failure: null, gaps: this.gaps };
			}
			const { failure, known, expected } = step.value;
			if (failure && !this.passes(failure)) return { failure, gaps: this.gaps };
			if (!known) this.remember(handedOn, expected, failure === null);
		}
		return { failure: null, gaps: this.gaps };
	}

	stop(): void {
		this.ahead.stop();
	}

	/** The next window to read. All records wanted: those after it are opened too. */
	private open(): OpenedWindow | undefined {
		const count = this.wanted === Infinity ? this.io.lanes.maxWidth + 1 : 1;
		while (this.opened.length < count) {
			const { value, done } = this.upcoming.next();
			if (done) break;
			this.opened.push({ open: openWindow(value.window, this.order, this.settling(new IdSet())), period: value.period });
			this.order += 1;
		}
		return this.opened.shift();
	}

	private settling(handedOn: IdSet): Settling {
		return {
			query: this.query,
			ahead: this.ahead,
			wanted: () => this.wanted + this.toSkip,
			statistics: this.io.statistics,
			handedOn,
			isKnown: (page, keys, open) => this.isKnown(page, keys, open),
		};
	}

	/** Rows in range that meet the conditions and did not come with the window before, less those to skip, up to the limit. */
	private select({ rows, keys }: FreshRows, { sent }: OpenWindow): ReportRecord[] {
		const { query, io } = this;
		const records = rows.filter((row, at) => {
			if (!isInRange(row, sent, query.report)) this.timesAreIgnored = true;
			if (this.spansTime && this.previous.ids.has(keys[at])) {
				io.statistics.duplicates += 1;
				return false;
			}
			if (isInRange(row, this.range, query.report) && meets(row, query.conditions)) return true;
			io.statistics.outside += 1;
			return false;
		});
		const skipped = Math.min(this.toSkip, records.length);
		this.toSkip -= skipped;
		let end = skipped;
		for (; end < records.length && this.wanted > 0; end += 1) this.wanted -= query.itemsOf(records[end]);
		this.wanted = Math.max(0, this.wanted);
		io.statistics.records += end - skipped;
		return skipped === 0 && end === records.length ? records : records.slice(skipped, end);
	}

	/** Ids are kept for the window before, which shares its boundary; where times are ignored, rows may come with any window. */
	private remember(ids: IdSet, total: number | null, whole: boolean): void {
		if (this.timesAreIgnored) ids.addAll(this.previous.ids);
		this.previous = { ids, total, whole };
	}

	/** An API that ignores times gives every window the same rows: once is enough. */
	private isKnown({ rows, total }: Page, keys: readonly string[], { sent }: OpenWindow): boolean {
		if (!this.spansTime || !this.previous.whole || rows.length === 0 || total !== this.previous.total) return false;
		if (!keys.every((key) => this.previous.ids.has(key))) return false;
		return rows.some((row) => !isInRange(row, sent, this.query.report));
	}

	private passes(failure: Failure): boolean {
		if (this.query.onIncomplete === 'error') return false;
		if (failure.kind !== 'incomplete' && failure.kind !== 'skipIgnored') return false;
		this.gaps.push(failure);
		return true;
	}

	private get spansTime(): boolean {
		return this.query.report.timeField !== null;
	}

	private get range(): Range {
		const { periods } = this.query;
		return { start: periods[0].start, end: periods[periods.length - 1].end };
	}
}

function* windowsOf(query: ReportQuery): Generator<{ window: Range; period: Range }> {
	for (const period of query.periods) {
		for (const window of splitRange(period, query)) yield { window, period };
	}
}

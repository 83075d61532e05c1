import type { ReportRecord } from '../reports';
import { isInRange, meets } from './conditions';
import { Earlier } from './earlier';
import type { Failure } from './failure';
import { IdSet } from './ids';
import type { ReadingIo } from './io';
import type { FreshRows } from './progress';
import type { Range, ReportQuery } from './query';
import { ReadAhead } from './readAhead';
import { getPage } from './request';
import { settleWindow, type Settling } from './settle';
import { Upcoming } from './upcoming';
import { openWindow, type Planning } from './windowPages';

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

	private readonly upcoming: Upcoming;

	private readonly earlier: Earlier;

	private readonly gaps: Failure[] = [];

	private readonly pages = { largest: 0 };

	private toSkip: number;

	private wanted: number;

	constructor(
		private readonly query: ReportQuery,
		private readonly io: ReadingIo,
	) {
		const { lanes } = io;
		this.ahead = new ReadAhead({
			depth: lanes.maxWidth,
			lanes,
			fetch: async (request, need, lane) => await getPage(request, { ...query, applied: query.conditions.flatMap(({ filter }) => filter ?? []), need, lane }, io),
			planMore: () => this.wanted === Infinity && this.upcoming.openAhead(lanes.maxWidth),
		});
		this.upcoming = new Upcoming(query, (window, order, whenKnown) => openWindow(window, order, this.planning, whenKnown));
		this.earlier = new Earlier(query.report);
		this.toSkip = query.skip;
		this.wanted = query.limit ?? Infinity;
	}

	async *read(): AsyncGenerator<Batch, ReadEnd> {
		const { gaps, io } = this;
		for (let next = this.upcoming.next(); next && this.wanted > 0; next = this.upcoming.next()) {
			const { open, period } = next;
			const settling = this.settling();
			const reading = settleWindow(open, settling);
			let isNeat = true;
			io.statistics.windows += 1;
			let step = await reading.next();
			for (; !step.done; step = await reading.next()) {
				isNeat &&= !step.value.strays;
				const records = this.select(step.value);
				if (records.length > 0) yield { records, period };
				if (this.wanted === 0) return { failure: null, gaps };
			}
			const { failure, known, whole, total } = step.value;
			if (failure) return { failure, gaps };
			if (!known) this.earlier.add({ window: open.window, ids: settling.handedOn, total, isNeat: isNeat && whole });
		}
		return { failure: null, gaps };
	}

	stop(): void {
		this.ahead.stop();
	}

	private get planning(): Planning {
		return { query: this.query, ahead: this.ahead, contact: this.io.contactWith(this.query.report), wanted: () => this.wanted + this.toSkip };
	}

	private settling(): Settling {
		const { gaps, pages, io } = this;
		return {
			...this.planning,
			statistics: io.statistics,
			handedOn: new IdSet(),
			gaps,
			pages,
			cuts: 0,
			isKnown: (page, keys, { sent }) => this.earlier.hasAll(page, keys, sent),
		};
	}

	/** Rows in range that meet the conditions and did not come before, less those to skip, up to the limit. */
	private select({ rows, keys, times }: FreshRows): ReportRecord[] {
		const { query, io } = this;
		const records = rows.filter((row, at) => {
			const time = times[at];
			if (this.earlier.has(keys[at], time)) {
				io.statistics.duplicates += 1;
				return false;
			}
			if (isInRange(time, query.range) && meets(row, query.conditions)) return true;
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
}

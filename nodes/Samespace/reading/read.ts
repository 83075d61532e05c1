import type { ReportRecord } from '../reports';
import type { Failure } from './failure';
import { IdSet } from './ids';
import type { ReadingIo, Statistics } from './io';
import { readList } from './list';
import { overlapOf } from './overlap';
import type { PageAsker, Tools } from './pages';
import type { Range, ReportQuery } from './query';
import { Schedule } from './schedule';
import { readLateSeam, readSlice } from './reconcile';
import { sliceOf, type Slice, type SliceEnd } from './slice';
import type { Row } from './tally';
import { splitRange } from './windows';

/** Records in the order in which they are to come out, and the period that they were asked for. */
export interface Batch {
	records: ReportRecord[];
	period: Range;
	/** The stretch of the period that was read; all before it, in the order asked for, has come. */
	range: Range;
	/** When the newest row of the stretch lies in time, whether it was wanted or not; null where none came. */
	newest: number | null;
}

/** How a reading ended. `gaps` are the stretches that do not add up, where the query lets that pass. */
export interface ReadEnd {
	failure: Failure | null;
	gaps: Failure[];
}

/** A reading, batch by batch. Told 'enough', it goes no further, but adds what it still owes of what was given. */
export type Reading = AsyncGenerator<Batch, ReadEnd, 'enough' | undefined>;

/**
 * Reads a report: every record of the query's periods that meets its conditions, exactly once, in the order asked for.
 * Whoever stops pulling stops the reading; nothing is started after that. Never throws.
 */
export async function* readReport(query: ReportQuery, io: ReadingIo): Reading {
	const reader = new Reader(query, io);
	try {
		return yield* reader.read();
	} finally {
		reader.stop();
	}
}

/** Takes a reading to its end, or until there is enough. Should a consumer fail, nothing more is read. */
export async function forEachBatch(
	reading: Reading,
	take: (batch: Batch) => Promise<'enough' | void> | 'enough' | void,
): Promise<ReadEnd> {
	try {
		let step = await reading.next();
		while (!step.done) step = await reading.next((await take(step.value)) ?? undefined);
		return step.value;
	} finally {
		await reading.return({ failure: null, gaps: [] });
	}
}

const rowsAtOnce = 5_000;

class Reader {
	/** What is still to be handed out, in order; windows are cut from the periods as they are wanted. */
	private readonly line: Slice[] = [];

	private readonly windows: Iterator<Slice>;

	private readonly tools: Tools;

	/** With how long an overlap each was asked for; without its rows. */
	private readonly handedOut: Array<{ slice: Slice; overlapMs: number }> = [];

	/** Rows without a time may come with any slice. */
	private readonly timeless = new IdSet();

	private toSkip: number;

	private wanted: number;

	constructor(
		private readonly query: ReportQuery,
		private readonly io: ReadingIo,
	) {
		const { lanes } = io;
		this.tools = {
			query,
			io,
			contact: io.contactWith(query.report),
			schedule: new Schedule(lanes, 3 * lanes.maxWidth + 8, () => this.openAhead()),
			now: io.now(),
			wanted: () => this.wanted + this.toSkip,
			itemsOf: (asker, rows) => this.itemsOf(asker, rows),
			gaps: [],
			cuts: 0,
			mends: 0,
		};
		this.windows = this.windowsOf();
		this.toSkip = query.skip;
		this.wanted = query.limit ?? Infinity;
	}

	async *read(): Reading {
		const { schedule, gaps } = this.tools;
		while (this.wanted > 0) {
			if (this.line.length === 0 && !this.nextWindow()) break;
			const [slice] = this.line;
			schedule.lead(slice);
			const end = await this.start(slice);
			if (end.kind === 'failed') return { failure: end.failure, gaps };
			if (end.kind === 'list') this.replaceByList(slice);
			if (end.kind !== 'read') continue;
			this.line.shift();
			if (end.overlapMs !== undefined) this.handedOut.push({ slice: sliceOf(slice.range, slice.period, this.query.order), overlapMs: end.overlapMs });
			const batch = await this.batchOf(slice, end.rows);
			if (isNews(batch) && (yield batch) === 'enough') break;
		}
		const failure = yield* this.readLateSeams();
		return { failure, gaps };
	}

	/** A record may be longer than any that was known when its slice was read (U20). Better late than never: these come out of order. */
	private async *readLateSeams(): AsyncGenerator<Batch, Failure | null, 'enough' | undefined> {
		const { tools } = this;
		for (const { slice, overlapMs } of this.handedOut) {
			if (this.wanted === 0) break;
			tools.schedule.lead(slice);
			const end = await readLateSeam(slice, overlapMs, tools);
			if (end?.kind === 'failed') return end.failure;
			const batch = end?.kind === 'read' ? await this.batchOf(slice, end.rows) : null;
			if (batch && isNews(batch)) yield batch;
		}
		return null;
	}

	stop(): void {
		this.tools.schedule.stop();
	}

	/** Begins to read a slice, if that was not done. As soon as it is cut, its parts take its place. */
	private async start(slice: Slice): Promise<SliceEnd> {
		if (!slice.reading) {
			// It counts as begun before it asks, since asking lets others in.
			let begin: (end: Promise<SliceEnd>) => void = () => undefined;
			slice.reading = new Promise((resolve) => {
				begin = resolve;
			});
			begin(this.readOne(slice));
		}
		return await slice.reading;
	}

	private async readOne(slice: Slice): Promise<SliceEnd> {
		const end = await (slice.isList ? readList(slice, this.tools) : readSlice(slice, this.tools)).catch(
			(fault: unknown): SliceEnd => ({ kind: 'failed', failure: { kind: 'unexpected', detail: String(fault) } }),
		);
		const { schedule } = this.tools;
		if (!this.line.includes(slice)) return end;
		if (end.kind === 'failed') schedule.fail(end.failure);
		if (end.kind === 'cut') {
			const { pages } = slice;
			schedule.hold(slice, -pages);
			this.line.splice(this.line.indexOf(slice), 1, ...end.slices);
			for (const part of end.slices) if (part.reading) schedule.hold(part, pages);
		}
		return end;
	}

	/** Opens the next slice before it is wanted. Where few are wanted, and each row that comes counts, none is. */
	private openAhead(): boolean {
		const { query } = this;
		if (query.limit !== null && query.conditions.every(({ sent }) => sent)) return false;
		let next = this.line.find(({ reading }) => !reading);
		next ??= this.nextWindow();
		if (!next) return false;
		void this.start(next);
		return true;
	}

	private nextWindow(): Slice | undefined {
		const { value, done } = this.windows.next();
		if (done) return undefined;
		this.line.push(value);
		this.io.statistics.windows += 1;
		return value;
	}

	/** Totals are read in the order of their periods. */
	private *windowsOf(): Generator<Slice> {
		const { query, tools } = this;
		const isTotals = query.report.timeField === null;
		let place = 0;
		for (const period of query.periods) {
			const windows = [...splitRange(period, query, overlapOf(tools.contact))];
			if (query.order === 'newestFirst' && !isTotals) windows.reverse();
			for (const range of windows) {
				place += 1;
				const slice = sliceOf(range, period, query.order);
				yield isTotals ? { ...slice, place, isDivisible: false } : slice;
			}
		}
	}

	/** From this slice on all is read as one list. */
	private replaceByList(slice: Slice): void {
		const { period, range } = slice;
		const rest = this.query.order === 'newestFirst' ? { start: period.start, end: range.end } : { start: range.start, end: period.end };
		while (!this.windows.next().done);
		const others = this.line.splice(0, Infinity, { ...sliceOf(rest, period, this.query.order), isDivisible: false, isList: true });
		for (const other of others) this.tools.schedule.drop(other);
	}

	private async batchOf(slice: Slice, rows: readonly Row[]): Promise<Batch> {
		const own: Row[] = [];
		let newest = -Infinity;
		await this.forEach(rows, (row) => {
			const { key, time } = row;
			const isOwn = time === null && this.query.report.timeField !== null ? this.timeless.add(key) : this.isIn(slice.range, time);
			if (!isOwn) return;
			own.push(row);
			newest = Math.max(newest, time ?? -Infinity);
		});
		return { records: await this.select(own), period: slice.period, range: slice.range, newest: Number.isFinite(newest) ? newest : null };
	}

	/** Others get their turn in between: a slice may have 90,000 rows. */
	private async forEach(rows: readonly Row[], visit: (row: Row) => void): Promise<void> {
		for (let from = 0; from < rows.length; from += rowsAtOnce) {
			if (from > 0) await this.io.sleep(0);
			for (let at = from; at < Math.min(rows.length, from + rowsAtOnce); at += 1) visit(rows[at]);
		}
	}

	/** Rows of a slice that meet the conditions, in order, less those to skip, up to the limit. */
	private async select(own: Row[]): Promise<ReportRecord[]> {
		const { query, io } = this;
		const records: ReportRecord[] = [];
		await this.forEach(inTimeOrder(own, query), ({ record }) => {
			if (this.passes(record, io.statistics)) records.push(record);
		});
		const skipped = Math.min(this.toSkip, records.length);
		this.toSkip -= skipped;
		let end = skipped;
		for (; end < records.length && this.wanted > 0; end += 1) this.wanted -= query.itemsOf(records[end]);
		this.wanted = Math.max(0, this.wanted);
		io.statistics.records += end - skipped;
		io.statistics.skipped += skipped;
		return skipped === 0 && end === records.length ? records : records.slice(skipped, end);
	}

	private itemsOf({ range }: PageAsker, rows: readonly Row[]): number {
		return rows.reduce((sum, { record, time }) => sum + (this.isIn(range, time) && this.isWanted(record) ? this.query.itemsOf(record) : 0), 0);
	}

	/** A record belongs to the slice in which its time lies, and one on a boundary to the later slice. So none comes out twice. */
	private isIn({ start, end }: Range, time: number | null): boolean {
		return time === null || (time >= start && (time < end || (time === end && end === this.query.range.end)));
	}

	/** Counts for the run's hint what a filter leaves out. */
	private passes(record: ReportRecord, { filtered }: Statistics): boolean {
		const failed = this.query.conditions.find((condition) => !condition.accepts(record));
		if (failed === undefined) return true;
		const label = failed.label ?? 'Filters';
		filtered.set(label, (filtered.get(label) ?? 0) + 1);
		return false;
	}

	private isWanted(record: ReportRecord): boolean {
		return this.query.conditions.every((condition) => condition.accepts(record));
	}
}

function isNews({ records, newest }: Batch): boolean {
	return records.length > 0 || newest !== null;
}

/** Oldest or newest first; rows of one time stay as the API lists them, those without a time come last. */
function inTimeOrder(rows: Row[], { report, order }: ReportQuery): Row[] {
	if (report.timeField === null) return rows;
	const sign = order === 'oldestFirst' ? 1 : -1;
	return rows.sort((one, other) => (one.time === null || other.time === null ? Number(one.time === null) - Number(other.time === null) : sign * (one.time - other.time)));
}

import type { Failure } from './failure';
import type { ReadingIo } from './io';
import { goesByTime } from './pages/behavior';
import type { Tools } from './pages/readPages';
import { Schedule } from './pages/schedule';
import type { ReportQuery } from './query';
import { Selection, type Batch } from './selection';
import { readList } from './slices/list';
import { overlapOf } from './slices/overlap';
import { handedOut, readLateSeam, readSlice, type HandedOut } from './slices/reconcile';
import { sliceOf, type Slice, type SliceEnd } from './slices/slice';
import { checkZone } from './slices/zone';
import { splitRange } from './windows';

/** How a reading ended. `gaps` are the stretches that do not add up, where the query lets that pass. */
export interface ReadEnd {
	failure: Failure | null;
	gaps: Failure[];
}

/** A reading, batch by batch. After 'enough' it reads no new slices, but still returns late records of slices already returned. */
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

class Reader {
	/** What is still to be handed out, in order; windows are cut from the periods as they are wanted. */
	private readonly line: Slice[] = [];

	private readonly windows: Iterator<Slice>;

	private readonly tools: Tools;

	private readonly handedOut: HandedOut[] = [];

	private readonly selection: Selection;

	constructor(
		private readonly query: ReportQuery,
		private readonly io: ReadingIo,
	) {
		const { limiter } = io;
		const selection = new Selection(query, io);
		this.selection = selection;
		this.tools = {
			query,
			io,
			behavior: io.behaviorOf(query.report),
			schedule: new Schedule(limiter, 3 * limiter.usual + 8, () => this.openAhead()),
			now: io.now(),
			wanted: () => selection.wanted,
			itemsOf: ({ range }, rows) => selection.itemsOf(range, rows),
			gaps: [],
			zoneTries: 0,
			cuts: 0,
			mends: 0,
			told: new Map(),
		};
		this.windows = this.windowsOf();
	}

	async *read(): Reading {
		const { selection } = this;
		const { schedule, gaps } = this.tools;
		while (!selection.isFull) {
			if (this.line.length === 0 && !this.nextWindow()) break;
			const [slice] = this.line;
			schedule.lead(slice);
			const end = await this.start(slice);
			if (end.kind === 'failed') return { failure: end.failure, gaps };
			if (end.kind === 'list') this.replaceByList(slice);
			if (end.kind !== 'read') continue;
			const failure = slice.isList ? null : await checkZone(slice, end.rows, this.tools);
			if (failure) return { failure, gaps };
			this.line.shift();
			if (end.overlapMs !== undefined) this.handedOut.push(handedOut(sliceOf(slice.range, slice.period, this.query.order), end.rows, end.overlapMs, this.tools));
			const batch = await selection.batchOf(slice, end.rows);
			if (isNews(batch) && (yield batch) === 'enough') break;
		}
		const failure = yield* this.readLateSeams();
		return { failure, gaps };
	}

	/** A record may be longer than any that was known when its slice was read (U20). Better late than never: these come out of order. */
	private async *readLateSeams(): AsyncGenerator<Batch, Failure | null, 'enough' | undefined> {
		const { tools, selection } = this;
		let isSettled = false;
		// One that comes may be longer still.
		while (!isSettled) {
			isSettled = true;
			for (const [at, one] of this.handedOut.entries()) {
				if (selection.isFull) return null;
				tools.schedule.lead(one.slice);
				const seam = await readLateSeam(one, tools);
				if (seam === null) continue;
				isSettled = false;
				if (seam.end.kind === 'failed') return seam.end.failure;
				this.handedOut[at] = seam.now;
				const batch = seam.end.kind === 'read' ? await selection.batchOf(one.slice, seam.end.rows) : null;
				if (batch && isNews(batch)) yield batch;
			}
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

	/** Opens the next slice before it is needed. With a limit and no filter applied here, it opens none. */
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
			if (!isTotals && !goesByTime(tools.behavior, query.report)) {
				yield { ...sliceOf(period, period, query.order), isDivisible: false, isList: true };
				continue;
			}
			const windows = [...splitRange(period, query, overlapOf(tools.behavior))];
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
}

function isNews({ records, newest }: Batch): boolean {
	return records.length > 0 || newest !== null;
}

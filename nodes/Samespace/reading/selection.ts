import type { ReportRecord } from '../reports';
import { IdSet } from './ids';
import type { ReadingIo } from './io';
import type { Row } from './pages/row';
import type { Range, ReportQuery } from './query';
import type { Slice } from './slices/slice';

/** Records in the order in which they are to come out, and the period that they were asked for. */
export interface Batch {
	records: ReportRecord[];
	period: Range;
	/** The stretch of the period that was read; all before it, in the order asked for, has come. */
	range: Range;
	/** When the newest row of the stretch lies in time, whether it was wanted or not; null where none came. */
	newest: number | null;
}

const rowsAtOnce = 5_000;

/** Which rows of a reading come out: those of the slice that they lie in, that meet the conditions, after the ones to skip, up to the limit. */
export class Selection {
	/** Rows without a time may come with any slice. */
	private readonly timeless = new IdSet();

	private toSkip: number;

	private toReturn: number;

	constructor(
		private readonly query: ReportQuery,
		private readonly io: Pick<ReadingIo, 'sleep' | 'statistics'>,
	) {
		this.toSkip = query.skip;
		this.toReturn = query.limit ?? Infinity;
	}

	/** How many more items must be read, with those that are skipped. */
	get wanted(): number {
		return this.toReturn + this.toSkip;
	}

	/** Whether the limit is reached. */
	get isFull(): boolean {
		return this.toReturn === 0;
	}

	/** How many items these rows of a range would become. */
	itemsOf(range: Range, rows: readonly Row[]): number {
		return rows.reduce((sum, { record, time }) => sum + (this.isIn(range, time) && this.isWanted(record) ? this.query.itemsOf(record) : 0), 0);
	}

	/** What comes out of a slice, all of whose rows are known. */
	async batchOf({ range, period }: Slice, rows: readonly Row[]): Promise<Batch> {
		const own: Row[] = [];
		let newest = -Infinity;
		await this.forEach(rows, (row) => {
			const { key, time } = row;
			const isOwn = time === null && this.query.report.timeField !== null ? this.timeless.add(key) : this.isIn(range, time);
			if (!isOwn) return;
			own.push(row);
			newest = Math.max(newest, time ?? -Infinity);
		});
		return { records: await this.select(own), period, range, newest: Number.isFinite(newest) ? newest : null };
	}

	/** Rows of a slice that meet the conditions, in order, less those to skip, up to the limit. */
	private async select(own: Row[]): Promise<ReportRecord[]> {
		const { query } = this;
		const { statistics } = this.io;
		const records: ReportRecord[] = [];
		await this.forEach(inTimeOrder(own, query), ({ record }) => {
			if (this.passes(record)) records.push(record);
		});
		const skipped = Math.min(this.toSkip, records.length);
		this.toSkip -= skipped;
		let end = skipped;
		for (; end < records.length && this.toReturn > 0; end += 1) this.toReturn -= query.itemsOf(records[end]);
		this.toReturn = Math.max(0, this.toReturn);
		statistics.records += end - skipped;
		statistics.skipped += skipped;
		return skipped === 0 && end === records.length ? records : records.slice(skipped, end);
	}

	/** Others get their turn in between: a slice may have 90,000 rows. */
	private async forEach(rows: readonly Row[], visit: (row: Row) => void): Promise<void> {
		for (let from = 0; from < rows.length; from += rowsAtOnce) {
			if (from > 0) await this.io.sleep(0);
			for (let at = from; at < Math.min(rows.length, from + rowsAtOnce); at += 1) visit(rows[at]);
		}
	}

	/** A record belongs to the slice in which its time lies, and one on a boundary to the later slice. So none comes out twice. */
	private isIn({ start, end }: Range, time: number | null): boolean {
		return time === null || (time >= start && (time < end || (time === end && end === this.query.range.end)));
	}

	/** Counts for the run's hint what a filter leaves out. */
	private passes(record: ReportRecord): boolean {
		const { filtered } = this.io.statistics;
		const failed = this.query.conditions.find((condition) => !condition.accepts(record));
		if (failed === undefined) return true;
		if (this.query.isUncounted) return false;
		const label = failed.label ?? 'Filters';
		filtered.set(label, (filtered.get(label) ?? 0) + 1);
		return false;
	}

	private isWanted(record: ReportRecord): boolean {
		return this.query.conditions.every((condition) => condition.accepts(record));
	}
}

/** Oldest or newest first; rows of one time stay as the API lists them, those without a time come last. */
function inTimeOrder(rows: Row[], { report, order }: ReportQuery): Row[] {
	if (report.timeField === null) return rows;
	const sign = order === 'oldestFirst' ? 1 : -1;
	return rows.sort((one, other) => (one.time === null || other.time === null ? Number(one.time === null) - Number(other.time === null) : sign * (one.time - other.time)));
}

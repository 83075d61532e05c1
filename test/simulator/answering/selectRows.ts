import type { ContactCentre } from '../dataset/contactCentre.ts';
import type { RecordOf, RecordReport, ReportName } from '../dataset/records.ts';
import type { Selection } from '../dataset/recordStore.ts';
import type { Switches } from '../switches.ts';
import { liesIn } from './comparison.ts';
import { filtersNothing, matches } from './filters.ts';
import { productivityRows } from './productivity.ts';
import type { Query } from './query.ts';
import { readingOf } from './reading.ts';
import type { Reading } from './reading.ts';
import { followsClock, listedAt } from './visibility.ts';

const keptSelections = 64;

/** Finds the rows a query asks for, oldest first. Selections that need a scan are kept, so paging scans once. */
export class RowFinder {
	private readonly centre: ContactCentre;
	private readonly now: () => number;
	private readonly kept = new Map<string, Selection<object>>();

	constructor(centre: ContactCentre, now: () => number) {
		this.centre = centre;
		this.now = now;
	}

	/** The rows as they are by the cluster's clock, or as they were by it at `nowMs`. */
	find(report: ReportName, query: Query, switches: Switches, nowMs = this.now()): Selection<object> {
		const reading = readingOf(report, query, switches);
		const byClock = followsClock(report, switches);
		const wholeWindow = filtersNothing(reading.filters) && reading.timesMatch === undefined && !byClock;
		if (report !== 'productivity' && wholeWindow) return this.centre.stores[report].window(reading.window);
		const scan = () => this.scan(report, reading, switches, nowMs);
		if (byClock) return scan();
		const asked = { ...query, limit: undefined, skip: undefined, sent: undefined };
		return this.keep(JSON.stringify([report, asked, switches, this.versions()]), scan);
	}

	/** Whether one record is among the rows that a query asks for, by the cluster's clock at `nowMs`. */
	asksFor<R extends RecordReport>(
		report: R,
		query: Query,
		switches: Switches,
		record: RecordOf[R],
		nowMs: number,
	): boolean {
		const reading = readingOf(report, query, switches);
		if (!liesIn(Date.parse(record.start_time), reading.window)) return false;
		const row = listed(report, record, reading, switches, nowMs);
		return row !== undefined && matches(row, reading.filters);
	}

	private scan(report: ReportName, reading: Reading, switches: Switches, nowMs: number): Selection<object> {
		const { filters } = reading;
		if (report === 'productivity') {
			const calls = this.listed('calls', reading, switches, nowMs);
			return selectionOf(productivityRows(calls, this.listed('sessions', reading, switches, nowMs), filters));
		}
		const rows: object[] = [];
		for (const row of this.listed(report, reading, switches, nowMs)) if (matches(row, filters)) rows.push(row);
		return selectionOf(rows);
	}

	private *listed<R extends RecordReport>(
		report: R,
		reading: Reading,
		switches: Switches,
		nowMs: number,
	): Iterable<RecordOf[R]> {
		const rows = this.centre.stores[report].window(reading.window);
		for (let i = 0; i < rows.length; i++) {
			const row = listed(report, rows.at(i) as RecordOf[R], reading, switches, nowMs);
			if (row !== undefined) yield row;
		}
	}

	private versions(): string[] {
		return Object.values(this.centre.stores).map(({ version }) => version);
	}

	private keep(key: string, make: () => Selection<object>): Selection<object> {
		const known = this.kept.get(key);
		if (known) return known;
		const made = make();
		if (this.kept.size >= keptSelections) this.kept.delete(this.kept.keys().next().value as string);
		this.kept.set(key, made);
		return made;
	}
}

/** A record of the window as it is listed, if it is and its times match. */
function listed<R extends RecordReport>(
	report: R,
	record: RecordOf[R],
	{ timesMatch }: Reading,
	switches: Switches,
	nowMs: number,
): RecordOf[R] | undefined {
	const row = listedAt(report, record, switches, nowMs);
	return row === undefined || (timesMatch && !timesMatch(row)) ? undefined : row;
}

function selectionOf(rows: object[]): Selection<object> {
	return { length: rows.length, at: (i) => rows[i] as object };
}

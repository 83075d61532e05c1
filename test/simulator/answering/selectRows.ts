import type { ContactCentre } from '../dataset/contactCentre.ts';
import type { RecordOf, RecordReport, ReportName } from '../dataset/records.ts';
import type { Selection, TimeWindow } from '../dataset/recordStore.ts';
import { holdsFor } from '../switches.ts';
import type { Switches } from '../switches.ts';
import { filtersNothing, matches } from './filters.ts';
import type { Filters } from './filters.ts';
import { productivityRows } from './productivity.ts';
import type { Query } from './query.ts';
import { listedAt } from './visibility.ts';

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

	find(report: ReportName, query: Query, switches: Switches): Selection<object> {
		const filters = holdsFor(switches.filtersIgnored, report) ? {} : query.filters;
		const window = windowOf(report, query, switches);
		if (report !== 'productivity' && filtersNothing(filters) && switches.visibility === false) {
			return this.centre.stores[report].window(window);
		}
		const scan = () => this.scan(report, window, filters, switches);
		if (switches.visibility !== false) return scan();
		return this.keep(
			[report, Object.values(window).join(), JSON.stringify(filters), ...this.versions()].join('|'),
			scan,
		);
	}

	private scan(report: ReportName, window: TimeWindow, filters: Filters, switches: Switches): Selection<object> {
		if (report === 'productivity') {
			return selectionOf(
				productivityRows(this.listed('calls', window, switches), this.listed('sessions', window, switches), filters),
			);
		}
		const rows: object[] = [];
		for (const row of this.listed(report, window, switches)) if (matches(row, filters)) rows.push(row);
		return selectionOf(rows);
	}

	private *listed<R extends RecordReport>(
		report: R,
		window: TimeWindow,
		{ visibility }: Switches,
	): Iterable<RecordOf[R]> {
		const rows = this.centre.stores[report].window(window);
		const nowMs = this.now();
		for (let i = 0; i < rows.length; i++) {
			const row = listedAt(report, rows.at(i) as RecordOf[R], visibility, nowMs);
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

/** The window a query means under the switches: all time where times are ignored or not given. */
function windowOf(report: ReportName, { startMs, endMs }: Query, switches: Switches): TimeWindow {
	const ignored = report !== 'productivity' && holdsFor(switches.timeFilterIgnored, report);
	return {
		fromMs: ignored ? -Infinity : (startMs ?? -Infinity),
		toMs: ignored ? Infinity : (endMs ?? Infinity),
		startInclusive: switches.startInclusive,
		endInclusive: switches.endInclusive,
	};
}

function selectionOf(rows: object[]): Selection<object> {
	return { length: rows.length, at: (i) => rows[i] as object };
}

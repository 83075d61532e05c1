import type { ReportDefinition } from '../../reports';
import type { Order, Range } from '../query';

/**
 * How a cluster has been seen to answer for one report. It holds for everything that is read from that cluster: what one request has
 * learned, the next one knows.
 */
export interface Behavior {
	/** Most rows that a page may be asked for; null while no page size was refused (U15). */
	mostRows: number | null;
	/** The greatest `limit` that was granted. */
	grantedRows: number;
	/** Whether `limit` and `skip` are left out (U18). */
	isUnpaged: boolean;
	/** Names of `filters` that are left out (U18). They are applied to what comes. */
	omitted: ReadonlySet<string>;
	/** Whether any answer told a total; whether any with rows told none. */
	hasTotals: boolean;
	hasUntotalledRows: boolean;
	/** The most rows that a page has brought (U2), by how many were asked for. */
	pageRows: Map<number, number>;
	/** The largest short page that was followed by an empty one, so it held everything. */
	wholePage: number;
	/** The greatest total that came, and whether any was greater than the rows beside it. */
	largestTotal: number;
	totalsExceedPages: boolean;
	/** The order in which rows came, by their time. */
	listedFirst: Order | null;
	/** The sort order that an extra request confirmed; `none` if it was disproved, null until checked. */
	confirmed: Order | 'none' | null;
	/** Start of a window that returned more rows than its total. Null if none did, or once rows and total matched again. A second one sets `miscounts`. */
	contradicted: number | null;
	/** `total` counts something else than the rows that match (U17). */
	miscounts: boolean;
	/** Once, an empty page behind others had a total of 0. */
	hasEmptied: boolean;
	/** The least `skip` that was refused for its depth (U16). */
	refusedSkip: number;
	/** `skip` is ignored (U4). */
	ignoresSkip: boolean;
	/** The times are ignored, or one of them (U7). */
	ignoresTimes: boolean;
	/** Whether the cluster lists a record that starts in the range but ends after it (U20); null until known. */
	listsByStart: boolean | null;
	/** The longest record that came, in ms. */
	longestMs: number;
	/** The zone that was seen not to be another than the cluster's (U21). */
	zoneThatHolds: string | null;
	/** A time that held nothing, within a day of which nothing lay by which a zone could be told. */
	quiet: Range | null;
	/** Settles when the request that is learning just now is through: others wait for what it learns. */
	learning: Promise<unknown> | null;
}

/** Nothing is known yet. */
export function newBehavior(): Behavior {
	return {
		mostRows: null,
		grantedRows: 0,
		isUnpaged: false,
		omitted: new Set(),
		hasTotals: false,
		hasUntotalledRows: false,
		pageRows: new Map(),
		wholePage: 0,
		largestTotal: 0,
		totalsExceedPages: false,
		listedFirst: null,
		confirmed: null,
		contradicted: null,
		miscounts: false,
		hasEmptied: false,
		refusedSkip: Infinity,
		ignoresSkip: false,
		ignoresTimes: false,
		listsByStart: null,
		longestMs: 0,
		zoneThatHolds: null,
		quiet: null,
		learning: null,
	};
}

/** Takes note of how many rows a page brought. */
export function notePage({ pageRows }: Behavior, asked: number, rows: number): void {
	pageRows.set(asked, Math.max(rows, pageRows.get(asked) ?? 0));
}

/** The most rows of any page for which as many were asked, or more: where fewer were, it shows nothing of a cap (U2). */
export function largestPageFor({ pageRows }: Behavior, asked: number): number {
	let most = 0;
	for (const [limit, rows] of pageRows) if (limit >= asked) most = Math.max(most, rows);
	return most;
}

/** Whether a report can be read by parts of its range. */
export function goesByTime({ ignoresTimes, omitted }: Behavior, { timeField }: ReportDefinition): boolean {
	return timeField !== null && !ignoresTimes && !omitted.has('start_time');
}

import type { ReportDefinition } from '../reports';
import type { Order, PageRequest } from './query';

/**
 * What a cluster has shown of its way with one report. It holds for everything that is read from that cluster: what one request has
 * learnt, the next one knows.
 */
export interface Contact {
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
	/** The most rows that any page has brought (U2). */
	largestPage: number;
	/** A page of so many rows, though fewer than were asked for, was shown to hold all. */
	wholePage: number;
	/** The greatest total that came, and whether any was greater than the rows beside it. */
	largestTotal: number;
	totalsExceedPages: boolean;
	/** The order in which rows came, by their time. */
	listedFirst: Order | null;
	/** The order in which the report is listed: nothing lies between the rows that come. Null while nobody has asked. */
	confirmed: Order | 'none' | null;
	/** The start of what was asked for where more rows came than were announced; null while none has, or once as many came. */
	contradicted: number | null;
	/** `total` counts something else than the rows that match (U17). */
	miscounts: boolean;
	/** The least `skip` that was refused for its depth (U16). */
	refusedSkip: number;
	/** `skip` is ignored (U4). */
	ignoresSkip: boolean;
	/** The times are ignored, or one of them (U7). */
	ignoresTimes: boolean;
	/** Records count that end after the times asked (U20); null while nothing tells. */
	countsStarts: boolean | null;
	/** The longest record that came, in ms. */
	longestMs: number;
	/** The zone that was seen not to be another than the cluster's (U21). */
	zoneThatHolds: string | null;
	/** Settles when the request that is learning just now is through: others wait for what it learns. */
	learning: Promise<unknown> | null;
}

/** Nothing is known yet. */
export function newContact(): Contact {
	return {
		mostRows: null,
		grantedRows: 0,
		isUnpaged: false,
		omitted: new Set(),
		hasTotals: false,
		hasUntotalledRows: false,
		largestPage: 0,
		wholePage: 0,
		largestTotal: 0,
		totalsExceedPages: false,
		listedFirst: null,
		confirmed: null,
		contradicted: null,
		miscounts: false,
		refusedSkip: Infinity,
		ignoresSkip: false,
		ignoresTimes: false,
		countsStarts: null,
		longestMs: 0,
		zoneThatHolds: null,
		learning: null,
	};
}

/** Whether a report can be read by parts of its range. */
export function goesByTime({ ignoresTimes, omitted }: Contact, { timeField }: ReportDefinition): boolean {
	return timeField !== null && !ignoresTimes && !omitted.has('start_time');
}

const timeNames = ['start_time', 'end_time'];

/** What is asked of a cluster, less what it refuses. */
export type Terms = Pick<Contact, 'mostRows' | 'isUnpaged' | 'omitted'>;

/** A page request as it is sent. */
export interface SentRequest {
	filters: PageRequest['filters'];
	limit?: number;
	skip?: number;
}

/**
 * Writes a request so that it keeps the terms.
 *
 * @param applied names of filters that are held against every row: of what is left out, each must be
 */
export function keeping(request: PageRequest, { mostRows, isUnpaged, omitted }: Terms, applied: readonly string[]): SentRequest {
	const mayOmit = (name: string): boolean => omitted.has(name) && (applied.includes(name) || timeNames.includes(name));
	const filters = Object.fromEntries(Object.entries(request.filters).filter(([name]) => !mayOmit(name)));
	if (isUnpaged) return { filters };
	return { filters, limit: Math.min(request.limit, mostRows ?? Infinity), skip: request.skip };
}

/** Tried first: a cluster that refuses even this refuses any limit, or something else. */
export const leastRows = 1;
/** Page sizes that APIs grant at most, in the order in which they are tried: few requests find the right one. */
const pageSizes = [1000, 100, 500, 50, 10, 5];

/** Page sizes to try when `limit` was refused, most promising first: what the cluster's words say, else the usual caps. */
export function pageSizesBelow(limit: number, said: string | undefined): number[] {
	const named = (said ?? '').match(/\b\d{1,6}\b/g) ?? [];
	const sizes = [...named.map(Number), ...pageSizes].filter((size) => size > leastRows && size < limit);
	return [...new Set(sizes)];
}

/**
 * What may be left out besides the page size, step by step, and only what the vendor's page does not show for the report and what
 * can be applied here as well.
 *
 * @param applied names of filters that are held against every row
 */
export function concessions(report: ReportDefinition, request: PageRequest, applied: readonly string[]): Array<Partial<Terms>> {
	const sent = Object.keys(request.filters);
	const undocumented = sent.filter((name) => applied.includes(name) && !report.shown.filters.includes(name));
	const times = report.timeField === null || report.shown.times ? [] : timeNames.filter((name) => sent.includes(name));
	return [
		...(report.shown.paging ? [] : [{ isUnpaged: true }]),
		...(undocumented.length === 0 ? [] : [{ omitted: new Set(undocumented) }]),
		...(times.length === 0 ? [] : [{ omitted: new Set(times) }]),
	];
}

/** Words about what may be left out, or about no part of a request at all. */
const aboutRequest = /limit|page|size|rows?\b|records?\b|skip|offset|param|field|filter|propert|key|unknown|unexpected|unrecogni|unsupported|not allowed|invalid|illegal|bad request|validation|unprocessable|too (large|many|big)|time|date/i;

/** Whether a refusal's words are about something else than what may be left out: then it is an error at once. */
export function namesSomethingElse(said: string | undefined): boolean {
	return said !== undefined && said !== '' && !aboutRequest.test(said);
}

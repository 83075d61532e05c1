import type { ReportDefinition } from '../../reports';
import type { PageRequest } from '../query';
import type { Behavior } from './behavior';

const timeNames = ['start_time', 'end_time'];

/** What a cluster refuses of a request: pages of more than some rows, paging at all, filters. */
export type Restrictions = Pick<Behavior, 'mostRows' | 'isUnpaged' | 'omitted'>;

/** A page request as it is sent. */
export interface SentRequest {
	filters: PageRequest['filters'];
	limit?: number;
	skip?: number;
}

/**
 * Reduces a request to what the cluster accepts.
 *
 * @param applied names of filters that are held against every row: of what is left out, each must be
 */
export function restricted(request: PageRequest, { mostRows, isUnpaged, omitted }: Restrictions, applied: readonly string[]): SentRequest {
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
export function furtherRestrictions(report: ReportDefinition, request: PageRequest, applied: readonly string[]): Array<Partial<Restrictions>> {
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

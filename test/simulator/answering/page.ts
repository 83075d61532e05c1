import type { ReportName } from '../dataset/records.ts';
import type { Selection } from '../dataset/recordStore.ts';
import { envelopeOf, holdsFor } from '../switches.ts';
import type { Switches } from '../switches.ts';
import type { Query } from './query.ts';

/** The rows of one answer, before it is wrapped; `total` counts all rows of the window, `skipped` those passed over. */
export type Page = { rows: unknown[]; total: number; skipped: number };

/** The paging of a query as it counts under the switches (U2, U3, U4); `limit` is Infinity where there is none. */
export function pageAsked(
	report: ReportName,
	query: Pick<Query, 'limit' | 'skip'>,
	switches: Switches,
): { skip: number; limit: number } {
	const skip = holdsFor(switches.skipIgnored, report) ? 0 : query.skip;
	if (envelopeOf(switches, report) === 'oneObject') return { skip, limit: 1 };
	if (holdsFor(switches.limitIgnored, report)) return { skip, limit: Infinity };
	return { skip, limit: Math.min(query.limit ?? Infinity, switches.maxLimit ?? Infinity) };
}

/** Cuts a page out of the ordered rows; none lies beyond the result window (U16). */
export function cutPage(rows: Selection<object>, report: ReportName, query: Query, switches: Switches): Page {
	const { skip, limit } = pageAsked(report, query, switches);
	const end = Math.min(rows.length, switches.resultWindow ?? Infinity);
	const from = Math.min(skip, rows.length);
	const to = Math.min(from + limit, end);
	const page: object[] = [];
	for (let i = from; i < to; i++) page.push(rows.at(i));
	return { rows: page, total: rows.length, skipped: from };
}

/** Wraps the rows of a page for the wire (U1). `total` is what the answer says it is; undefined: it says nothing. */
export function wrapPage(rows: unknown[], total: unknown, report: ReportName, switches: Switches): unknown {
	const envelope = envelopeOf(switches, report);
	if (envelope === 'array') return rows;
	if (envelope === 'dataOnly') return { data: rows };
	if (envelope === 'oneObject') return rows[0] ?? {};
	if (envelope === 'object') return rows.length === 1 ? rows[0] : rows;
	// JSON leaves out what is undefined.
	return { total, data: rows };
}

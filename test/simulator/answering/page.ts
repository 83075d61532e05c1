import type { ReportName } from '../dataset/records.ts';
import type { Selection } from '../dataset/recordStore.ts';
import { envelopeOf, holdsFor } from '../switches.ts';
import type { Switches, TotalError } from '../switches.ts';
import type { Query } from './query.ts';

/** The rows of one answer, before it is wrapped; `total` counts all rows of the window. */
export type Page = { rows: unknown[]; total: number };

/** Cuts a page out of the ordered rows, as `limit` and `skip` are understood under the switches (U2, U3, U4). */
export function cutPage(rows: Selection<object>, report: ReportName, query: Query, switches: Switches): Page {
	const skip = holdsFor(switches.skipIgnored, report) ? 0 : query.skip;
	const asked = holdsFor(switches.limitIgnored, report) ? Infinity : (query.limit ?? Infinity);
	const capped = holdsFor(switches.limitIgnored, report) ? asked : Math.min(asked, switches.maxLimit ?? Infinity);
	const limit = envelopeOf(switches, report) === 'oneObject' ? 1 : capped;
	const from = Math.min(skip, rows.length);
	const to = Math.min(from + limit, rows.length);
	const page: object[] = [];
	for (let i = from; i < to; i++) page.push(rows.at(i));
	return { rows: page, total: rows.length };
}

/** Wraps a page for the wire (U1, U13). `asked` counts the report's requests from 1, for a drifting total. */
export function wrapPage(page: Page, report: ReportName, switches: Switches, asked: number): unknown {
	const { rows, total } = page;
	const envelope = envelopeOf(switches, report);
	if (envelope === 'array') return rows;
	if (envelope === 'dataOnly') return { data: rows };
	if (envelope === 'oneObject') return rows[0] ?? {};
	if (envelope === 'object') return rows.length === 1 ? rows[0] : rows;
	if (switches.totalError === 'missing') return { data: rows };
	return { total: switches.totalError ? wrongTotal(total, switches.totalError, asked) : total, data: rows };
}

function wrongTotal(total: number, error: Exclude<TotalError, 'missing'>, asked: number): unknown {
	switch (error) {
		case 'drift':
			return total + ((asked - 1) % 3);
		case 'tooHigh':
			return total + 5;
		case 'tooLow':
			return Math.floor(total / 2);
		case 'textNumber':
			return String(total);
		case 'textWord':
			return 'many';
		case 'negative':
			return -1;
		case 'null':
			return null;
	}
}

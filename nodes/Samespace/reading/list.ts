import { IdSet, keysOf } from './ids';
import { overlapOf } from './overlap';
import { askPage, type Tools } from './pages';
import { readWhole } from './reconcile';
import type { Slice, SliceEnd } from './slice';
import type { Row } from './tally';
import { sentWindow, splitRange } from './windows';

/**
 * Reads all that is left as one list, for a cluster that does not go by times (U7, U18). It may go by one of them: so every window is asked
 * for, but those that begin with a page that is known, and announce as many as before, are not read again.
 */
export async function readList(list: Slice, tools: Tools): Promise<SliceEnd> {
	const { query, contact } = tools;
	// It may go by when records end (U20).
	const overlapMs = overlapOf(contact);
	const windows = contact.omitted.has('start_time') ? [list.range] : [...splitRange(list.range, query, overlapMs)];
	if (query.order === 'newestFirst') windows.reverse();
	const seen = new IdSet();
	const rows: Row[] = [];
	let total: number | null = null;
	for (const window of windows) {
		const sent = sentWindow(window, query, overlapMs);
		if (total !== null) {
			const page = await askPage(list, sent, { skip: 0, limit: query.pageSize }, tools);
			if (!page.ok) return { kind: 'failed', failure: page.failure };
			const { rows: first, total: told } = page.value;
			if (!contact.miscounts && told === total && total > first.length && keysOf(first, query.report).every((key) => seen.has(key))) continue;
		}
		const end = await readWhole(list, sent, tools);
		if (end.kind !== 'read') return end;
		for (const row of end.rows) if (seen.add(row.key)) rows.push(row);
		if (tools.wanted() <= tools.itemsOf(list, rows)) break;
		total = end.total ?? null;
	}
	return { kind: 'read', rows };
}

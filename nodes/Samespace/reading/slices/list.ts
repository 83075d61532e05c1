import { IdSet, keysOf } from '../ids';
import { askPage, type Tools } from '../pages/readPages';
import type { Row } from '../pages/row';
import type { Range } from '../query';
import { nameOf, sentWindow, splitRange, type SentWindow } from '../windows';
import { overlapOf } from './overlap';
import { readWhole } from './reconcile';
import type { Slice, SliceEnd } from './slice';

/** What the last window that was read held. */
interface Known {
	rows: readonly Row[];
	total: number | null;
}

/**
 * Reads all that is left as one list, for a cluster that does not go by times (U7, U18). It may go by one of them: so every window is asked
 * for, but those that show nothing new are not read again.
 */
export async function readList(list: Slice, tools: Tools): Promise<SliceEnd> {
	const { query, behavior } = tools;
	// It may go by when records end (U20).
	const overlapMs = overlapOf(behavior);
	const windows = behavior.omitted.has('start_time') ? [list.range] : inOrder([...splitRange(list.range, query, overlapMs)], tools);
	const seen = new IdSet();
	const rows: Row[] = [];
	let known: Known | null = null;
	for (const window of windows) {
		const sent = sentWindow(window, query, overlapMs);
		const isKnown = known === null ? false : await holdsNothingNew(list, sent, { known, rows, seen, tools });
		if (typeof isKnown !== 'boolean') return isKnown;
		if (isKnown) continue;
		const end = await readWhole(list, sent, tools);
		if (end.kind !== 'read') return end;
		for (const row of end.rows) if (seen.add(row.key)) rows.push(row);
		if (tools.wanted() <= tools.itemsOf(list, rows)) break;
		known = { rows: end.rows, total: end.total ?? null };
	}
	return { kind: 'read', rows };
}

/** If the API uses only one of the times, the window at one end contains all others. If few are wanted, windows stay in the requested order. */
function inOrder(windows: Range[], { query, wanted }: Tools): Range[] {
	if (query.order === 'newestFirst') windows.reverse();
	return wanted() < Infinity || windows.length < 3 ? windows : [windows[0], ...windows.splice(-1), ...windows.slice(1)];
}

/**
 * Whether a window starts with known rows and its total equals the number of known rows for its time, if the API uses one of the times or none;
 * without a total: whether it starts like the last window and has no more rows.
 */
async function holdsNothingNew(
	list: Slice,
	sent: SentWindow,
	{ known, rows, seen, tools }: { known: Known; rows: readonly Row[]; seen: IdSet; tools: Tools },
): Promise<boolean | SliceEnd> {
	const { query, behavior } = tools;
	const page = await askPage(list, sent, { skip: 0, limit: query.pageSize }, tools);
	if (!page.ok) return { kind: 'failed', failure: page.failure };
	const keys = keysOf(page.value.rows, query.report);
	if (!keys.every((key) => seen.has(key))) return false;
	const { total } = page.value;
	if (total !== null) {
		// A total proves nothing if one was contradicted before, or if known rows have been removed since.
		const isTold = !behavior.miscounts && behavior.contradicted === null && known.rows.length === known.total;
		// Nor does one that is lower than it was before.
		if (!isTold || total <= keys.length || total < (tools.told.get(nameOf(sent)) ?? 0)) return false;
		const count = (isMeant: (time: number) => boolean): number => rows.filter(({ time }) => time === null || isMeant(time)).length;
		return total === known.total || total === count((time) => time <= sent.end) || total === count((time) => time >= sent.start);
	}
	if (known.total !== null || keys.some((key, at) => key !== known.rows[at]?.key)) return false;
	const beyond = await askPage(list, sent, { skip: known.rows.length, limit: 1 }, tools);
	return beyond.ok && beyond.value.rows.length === 0;
}

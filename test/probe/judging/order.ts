import { idOf, timesOf } from '../wire/answer.ts';
import type { Row } from '../wire/answer.ts';

export type Order = 'oldest first' | 'newest first' | 'no order by start_time' | 'unknown';

/** How rows are sorted by start_time; 'unknown' with fewer than three different times. */
export function orderOf(rows: readonly Row[]): Order {
	const starts = rows.flatMap((row) => timesOf(row).startMs ?? []);
	if (new Set(starts).size < 3) return 'unknown';
	const rises = starts.every((ms, i) => i === 0 || ms >= (starts[i - 1] as number));
	const falls = starts.every((ms, i) => i === 0 || ms <= (starts[i - 1] as number));
	if (rises) return 'oldest first';
	return falls ? 'newest first' : 'no order by start_time';
}

/** Whether two pages from the same first row on begin with the same records; undefined where there are too few. */
export function sameBeginning(one: readonly Row[], other: readonly Row[]): boolean | undefined {
	const shared = Math.min(one.length, other.length);
	if (shared < 2) return undefined;
	return one.slice(0, shared).every((row, i) => idOf(row) === idOf(other[i] as Row));
}

export type Skipping = 'honoured' | 'ignored' | 'unclear';

/** What `skip` did, from the first page and the page that was asked `skip` rows later. */
export function skippingOf(first: readonly Row[], later: readonly Row[], skip: number): Skipping {
	if (first.length === 0) return 'unclear';
	if (later.length === 0) return first.length <= skip ? 'honoured' : 'unclear';
	const [from, to] = [idOf(later[0] as Row), first[skip] && idOf(first[skip])];
	if (from === idOf(first[0] as Row)) return 'ignored';
	if (to !== undefined) return from === to ? 'honoured' : 'unclear';
	return first.some((row) => idOf(row) === from) ? 'unclear' : 'honoured';
}

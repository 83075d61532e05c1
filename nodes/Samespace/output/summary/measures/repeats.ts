import { phoneKeyOf } from '../../../reports';
import { offsetInstantIn } from '../../instants';
import type { Row } from '../../plan';
import { createLatest } from './latest';
import { condition, once, type Condition } from './measure';

const weekMs = 7 * 24 * 3_600_000;

/**
 * Whether a number called before, within 7 days. Withheld callers and names are no numbers: nobody can tell one from another. Calls come in the order
 * of their times; some 50 bytes are kept for each number of those days.
 */
export function calledBefore(isInbound: Condition, keyOf: (row: Row) => string | null): Condition {
	const latest = createLatest(weekMs);
	return condition('caller called in the 7 days before', (row) => {
		const key = isInbound.holds(row) ? keyOf(row) : null;
		const number = key !== null && /^\d+$/.test(key) ? key : null;
		const at = offsetInstantIn(row.start_time);
		if (number === null || at === null) return false;
		const before = latest.replace(number, at);
		if (before === null || before <= at) return before !== null && at - before <= weekMs;
		// A call that is longer than all before it may come late (U20): those after it have been told.
		latest.replace(number, before);
		return false;
	});
}

/** What tells a caller from others; read once for each row. */
export function callerKey(): { says: string; read(row: Row): string | null } {
	return { says: 'caller (as a phone number)', read: once(({ caller }: Row) => phoneKeyOf(caller)) };
}

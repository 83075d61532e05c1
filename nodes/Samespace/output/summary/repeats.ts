import { phoneKeyOf } from '../../reports';
import type { Row } from '../plan';
import { condition, instantIn, type Condition } from './measure';
import { createLatest } from './latest';

const weekMs = 7 * 24 * 3_600_000;

/**
 * Whether a number called before, within 7 days. Withheld callers and names are no numbers: nobody can tell one from another. Calls come in the order
 * of their times; 16 bytes or so are kept for each number.
 */
export function calledBefore(isInbound: Condition): Condition {
	const latest = createLatest();
	return condition('caller called in the 7 days before', (row) => {
		const number = isInbound.holds(row) ? numberOf(row) : null;
		const at = instantIn(row.start_time);
		if (number === null || at === null) return false;
		const before = latest.replace(number, at);
		return before !== null && at - before <= weekMs;
	});
}

/** The digits that tell a caller's number. */
function numberOf({ caller }: Row): string | null {
	const key = phoneKeyOf(caller);
	return key !== null && /^\d+$/.test(key) ? key : null;
}

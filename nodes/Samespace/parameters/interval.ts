import { DateTime } from 'luxon';

import type { Range } from '../reading';

/** Names of the intervals in saved workflows: they never change. */
export type Interval = 'whole' | 'hour' | 'day' | 'week' | 'month';

/**
 * Cuts a range at the calendar's hours, days, weeks (from Monday) or months in a zone. The first and the last part may
 * be cut short by the range; neighbours share their boundary instant.
 */
export function periodsOf(range: Range, interval: Interval, zone: string): Range[] {
	if (interval === 'whole') return [range];
	const periods: Range[] = [];
	let { start } = range;
	do {
		const next = nextBoundary(start, interval, zone);
		const end = next > range.end ? range.end : next;
		periods.push({ start, end });
		start = end;
	} while (start < range.end);
	return periods;
}

/** Where clocks are set back, the next hour by the clock may be the same instant again: the hour after it is meant. */
function nextBoundary(instant: number, interval: Exclude<Interval, 'whole'>, zone: string): number {
	const at = DateTime.fromMillis(instant, { zone });
	const next = at.startOf(interval).plus({ [interval]: 1 }).toMillis();
	return next > instant ? next : at.plus({ [interval]: 1 }).startOf(interval).toMillis();
}

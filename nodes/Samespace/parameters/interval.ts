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

/** Midnight, and an hour by the clock, may be missing where clocks are set: the first instant after it is meant. */
function nextBoundary(instant: number, interval: Exclude<Interval, 'whole'>, zone: string): number {
	const at = DateTime.fromMillis(instant, { zone });
	const byClock = at.startOf(interval).plus({ [interval]: 1 });
	const next = interval === 'hour' ? byClock : at.plus({ [interval]: 1 }).startOf(interval);
	return next.toMillis() > instant ? next.toMillis() : at.plus({ [interval]: 1 }).startOf(interval).toMillis();
}

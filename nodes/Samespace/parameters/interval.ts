import { DateTime } from 'luxon';

import type { Range } from '../reading';

/** Names of the intervals in saved workflows: they never change. */
export type Interval = 'whole' | 'hour' | 'day' | 'week' | 'month';

/**
 * Cuts a range at the calendar's hours, days, weeks (from Monday) or months in a zone, one at a time: ten years have 87,000
 * hours. The first and the last part may be cut short by the range; neighbours share their boundary instant.
 */
export function periodsOf(range: Range, interval: Interval, zone: string): Iterable<Range> {
	return { [Symbol.iterator]: () => eachPeriod(range, interval, zone) };
}

function* eachPeriod(range: Range, interval: Interval, zone: string): Generator<Range> {
	let { start } = range;
	do {
		const next = interval === 'whole' ? range.end : nextBoundary(start, interval, zone);
		const end = Math.min(next, range.end);
		yield { start, end };
		start = end;
	} while (start < range.end);
}

/** Midnight, and an hour by the clock, may be missing where clocks are set: the first instant after it is meant. */
function nextBoundary(instant: number, interval: Exclude<Interval, 'whole'>, zone: string): number {
	const at = DateTime.fromMillis(instant, { zone });
	const byClock = at.startOf(interval).plus({ [interval]: 1 });
	const next = interval === 'hour' ? byClock : at.plus({ [interval]: 1 }).startOf(interval);
	return next.toMillis() > instant ? next.toMillis() : at.plus({ [interval]: 1 }).startOf(interval).toMillis();
}

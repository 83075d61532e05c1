import { DateTime } from 'luxon';

import type { Range } from '../reports';
import type { Interval } from './columns';

const secondMs = 1000;

/**
 * Cuts a range at the calendar's hours, days, weeks (from Monday) or months in a zone, one at a time: ten years have 87,000
 * hours. The first and the last part may be cut short by the range; neighbours share their boundary instant.
 *
 * Totals can't be cut after they have come, so each boundary must have a text of its own. `unnameable` are stretches of time in
 * which the cluster's texts stand for two instants each (see `repeatedHours`). No period begins or ends in one:
 * - A boundary on the first instant of a stretch moves to the second before it.
 * - Hours are joined across any other boundary in it. Longer periods only move theirs to the nearer end of the stretch, because two
 *   days or months in one row are worse than an hour in the wrong one.
 * - A range that begins in a stretch takes in what lies before it in the stretch, and one that ends there what follows: too much is
 *   seen in the period's stamps, and too little isn't.
 */
export function periodsOf(range: Range, interval: Interval, zone: string, unnameable: readonly Range[] = []): Iterable<Range> {
	return { [Symbol.iterator]: () => eachPeriod(range, interval, zone, unnameable) };
}

/** The stretches that make periods differ from the calendar's by more than a second. */
export function joinedHours(range: Range, interval: Interval, zone: string, unnameable: readonly Range[]): Range[] {
	return unnameable.filter(({ start, end }) => {
		const isWithin = (instant: number): boolean => instant > start && instant < end;
		if ([range.start, wholeSecond(range.end)].some(isWithin)) return true;
		if (interval === 'whole' || range.start > start) return false;
		const boundary = nextBoundary(start, interval, zone);
		return isWithin(boundary) && boundary < range.end;
	});
}

function* eachPeriod(range: Range, interval: Interval, zone: string, unnameable: readonly Range[]): Generator<Range> {
	const asked = nameable(range, unnameable);
	let { start } = asked;
	let boundary = range.start;
	let isFirst = true;
	do {
		boundary = interval === 'whole' ? range.end : nextBoundary(boundary, interval, zone);
		const isLast = boundary >= range.end;
		const end = isLast ? asked.end : (seamAt(boundary, interval, unnameable) ?? start);
		// An empty range is one period; no other is empty.
		if (end <= start && !(isLast && isFirst)) continue;
		yield { start, end };
		start = end;
		isFirst = false;
	} while (boundary < range.end);
}

/** Where two periods meet that the calendar parts at a boundary; null where they are joined. */
function seamAt(boundary: number, interval: Interval, unnameable: readonly Range[]): number | null {
	const stretch = around(boundary, unnameable);
	if (stretch === undefined) return boundary;
	const before = stretch.start - secondMs;
	if (boundary === stretch.start) return before;
	if (interval === 'hour') return null;
	return boundary - before < stretch.end - boundary ? before : stretch.end;
}

/** The range, with ends that can be named. Texts have whole seconds, so an end is asked as the second that takes it in. */
function nameable(range: Range, unnameable: readonly Range[]): Range {
	const first = around(range.start, unnameable);
	const last = around(wholeSecond(range.end), unnameable);
	const start = first ? first.start - secondMs : range.start;
	if (!last) return { start, end: range.end };
	// A day that ends as the stretch begins is a second short, rather than hours too long.
	const endsBefore = range.start < last.start && wholeSecond(range.end) === last.start;
	const end = endsBefore ? last.start - secondMs : last.end;
	return { start: Math.min(start, end), end };
}

function around(instant: number, stretches: readonly Range[]): Range | undefined {
	return stretches.find(({ start, end }) => instant >= start && instant < end);
}

/** The whole second at an instant or after it. */
function wholeSecond(instant: number): number {
	return Math.ceil(instant / secondMs) * secondMs;
}

/** Midnight, and an hour by the clock, may be missing where clocks are set: the first instant after it is meant. */
function nextBoundary(instant: number, interval: Exclude<Interval, 'whole'>, zone: string): number {
	const at = DateTime.fromMillis(instant, { zone });
	const later = at.plus({ [interval]: 1 });
	if (interval !== 'hour') return firstInstantOf(interval, later).toMillis();
	const next = at.startOf('hour').plus({ hour: 1 }).toMillis();
	return next > instant ? next : later.startOf('hour').toMillis();
}

/** The first instant of the day, week or month of a time: where clocks are set back at midnight, a day has two. */
export function firstInstantOf(unit: 'day' | 'week' | 'month', time: DateTime): DateTime {
	return earliest(time.startOf(unit));
}

/** The first of the instants that a time by the clock stands for. */
export function earliest(time: DateTime): DateTime {
	return DateTime.min(time, ...time.getPossibleOffsets());
}

/** The last of the instants that a time by the clock stands for. */
export function latest(time: DateTime): DateTime {
	return DateTime.max(time, ...time.getPossibleOffsets());
}

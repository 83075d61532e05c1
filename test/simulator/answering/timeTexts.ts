import { DateTime } from 'luxon';
import type { Switches } from '../switches.ts';

const isoShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const localShape = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const localFormat = 'yyyy-MM-dd HH:mm:ss';
const dayMs = 86_400_000;

/** How a report writes a time in its filters: '2021-05-14T05:37:27.734Z' or '2021-06-03 13:19:00'. */
export type TimeFormat = 'iso' | 'local';

/**
 * The first and the last instant that a text names, in milliseconds since 1970: the same one, but for a local time in
 * an hour that the zone repeats (U28). Undefined when the text is not exactly of the format, no real date, or a
 * local time that the zone skips.
 */
export function instantsOf(text: unknown, format: TimeFormat, timezone: string): [number, number] | undefined {
	if (typeof text !== 'string') return undefined;
	if (format === 'iso') {
		const ms = isoShape.test(text) ? Date.parse(text) : Number.NaN;
		return !Number.isNaN(ms) && new Date(ms).toISOString() === text ? [ms, ms] : undefined;
	}
	if (!localShape.test(text)) return undefined;
	const time = DateTime.fromFormat(text, localFormat, { zone: timezone });
	if (!time.isValid || time.toFormat(localFormat) !== text) return undefined;
	// Which of two instants Luxon itself picks depends on the date of the machine.
	const instants = time.getPossibleOffsets().map((possible) => possible.toMillis());
	return [Math.min(...instants), Math.max(...instants)];
}

/** What the clocks of the zone show at an instant, as if it were UTC: milliseconds since 1970. */
export function localClockMs(ms: number, timezone: string): number {
	return ms + DateTime.fromMillis(ms, { zone: timezone }).offset * 60_000;
}

/** The longest window that may begin at `startMs`: its last end, in milliseconds since 1970 (U12). */
export function latestEnd(startMs: number, { windowRule, timezone }: Switches): number {
	if (windowRule === '30days') return startMs + 30 * dayMs;
	if (windowRule === '31days') return startMs + 31 * dayMs;
	return DateTime.fromMillis(startMs, { zone: timezone }).plus({ months: 1 }).toMillis();
}

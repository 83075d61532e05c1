import { DateTime } from 'luxon';
import type { Switches } from '../switches.ts';

const isoShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const localShape = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const localFormat = 'yyyy-MM-dd HH:mm:ss';
const dayMs = 86_400_000;

/** How a report writes a time in its filters: '2021-05-14T05:37:27.734Z' or '2021-06-03 13:19:00'. */
export type TimeFormat = 'iso' | 'local';

/**
 * The instant of a text, in milliseconds since 1970; undefined when it is not exactly of the format, no real date,
 * or a local time that the zone skips.
 */
export function instantOf(text: unknown, format: TimeFormat, timezone: string): number | undefined {
	if (typeof text !== 'string') return undefined;
	if (format === 'iso') {
		const ms = isoShape.test(text) ? Date.parse(text) : Number.NaN;
		return !Number.isNaN(ms) && new Date(ms).toISOString() === text ? ms : undefined;
	}
	if (!localShape.test(text)) return undefined;
	const time = DateTime.fromFormat(text, localFormat, { zone: timezone });
	return time.isValid && time.toFormat(localFormat) === text ? time.toMillis() : undefined;
}

/** The longest window that may begin at `startMs`: its last end, in milliseconds since 1970 (U12). */
export function latestEnd(startMs: number, { windowRule, timezone }: Switches): number {
	if (windowRule === '30days') return startMs + 30 * dayMs;
	if (windowRule === '31days') return startMs + 31 * dayMs;
	return DateTime.fromMillis(startMs, { zone: timezone }).plus({ months: 1 }).toMillis();
}

import { DateTime } from 'luxon';

export const secondMs = 1000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** From, to: milliseconds since 1970. */
export type Window = { startMs: number; endMs: number };

/** An instant as a report's filters take it; a local text loses what is finer than a second. */
export function timeText(ms: number, format: 'iso' | 'local', zone: string): string {
	if (format === 'iso') return new Date(ms).toISOString();
	return DateTime.fromMillis(ms, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');
}

/** The instant of a value in a record: ISO 8601 text, {"$date": …} (U14) or milliseconds; undefined for anything else. */
export function instantOf(value: unknown): number | undefined {
	if (typeof value === 'object' && value !== null && '$date' in value) return instantOf(value.$date);
	if (typeof value === 'object' && value !== null && '$numberLong' in value) return finite(Number(value.$numberLong));
	if (typeof value === 'number') return finite(value);
	return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? finite(Date.parse(value)) : undefined;
}

/** The last hour before `nowMs` that the zone had twice (clocks set back), within a year: the start of its first run. */
export function lastRepeatedHour(zone: string, nowMs: number): number | undefined {
	const offsetAt = (ms: number): number => DateTime.fromMillis(ms, { zone }).offset;
	const nowHour = Math.floor(nowMs / hourMs) * hourMs;
	for (let at = nowHour; at > nowHour - 366 * dayMs; at -= hourMs) {
		if (offsetAt(at) === offsetAt(at - hourMs) - 60) return at - hourMs;
	}
	return undefined;
}

/** +05:30 for 330 minutes. */
export function offsetText(minutes: number): string {
	const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
	return `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/** Minutes that a zone is ahead of UTC at an instant. */
export function offsetMinutes(zone: string, ms: number): number {
	return DateTime.fromMillis(ms, { zone }).offset;
}

function finite(value: number): number | undefined {
	return Number.isFinite(value) ? value : undefined;
}

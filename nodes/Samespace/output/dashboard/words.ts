import { DateTime } from 'luxon';

import type { Range } from '../../reports';

/** How a figure is written. */
export type Unit = 'count' | 'percent' | 'seconds' | 'number' | 'points';

/** Longer names are cut: a page has room for so much. */
const longestName = 60;

const minuteSeconds = 60;
const hourSeconds = 3600;
const longHours = 1000;

/** A figure as people read it; '–' where there is none. */
export function wordsOf(value: unknown, unit: Unit): string {
	if (typeof value !== 'number' || !Number.isFinite(value)) return '–';
	switch (unit) {
		case 'count':
			return grouped(Math.round(value));
		case 'percent':
			return `${written(value, unit).toFixed(1)}%`;
		case 'seconds':
			return duration(value);
		case 'points':
			return String(Math.round(value) + 0).replace('-', '−');
		case 'number':
			return written(value, unit).toFixed(2);
	}
}

/** A figure as far as it is written. */
function written(value: number, unit: Unit): number {
	const parts = unit === 'percent' ? 10 : unit === 'number' ? 100 : 1;
	return Math.round(value * parts) / parts;
}

/** A change as people read it: the difference of both figures as they are shown, so that 64.5% to 64.4% is always 0.1 points. */
export function changeWords(value: number, before: number, unit: Unit): string {
	const by = written(value, unit) - written(before, unit);
	const sign = by > 0 ? '+' : '−';
	const size = Math.abs(by);
	if (unit === 'percent') return `${sign}${size.toFixed(1)} points`;
	if (unit === 'count' && before !== 0) return `${sign}${((size / before) * 100).toFixed(1)}%`;
	return `${sign}${wordsOf(size, unit)}`;
}

/** 45 s, 2 min 05 s, 3 h 12 min, 1,234 h */
function duration(seconds: number): string {
	const whole = Math.round(seconds);
	if (whole < minuteSeconds) return `${whole} s`;
	const twoDigits = (part: number): string => String(part).padStart(2, '0');
	if (whole < hourSeconds) return `${Math.floor(whole / minuteSeconds)} min ${twoDigits(whole % minuteSeconds)} s`;
	const hours = Math.floor(whole / hourSeconds);
	return hours < longHours ? `${hours} h ${twoDigits(Math.floor((whole % hourSeconds) / minuteSeconds))} min` : `${grouped(Math.round(whole / hourSeconds))} h`;
}

const grouped = (count: number): string => count.toLocaleString('en');

/** The name of a group; what has none is told as such. */
export function nameIn(value: unknown, none: string): string {
	if (typeof value !== 'string' && typeof value !== 'number') return none;
	const text = String(value).trim();
	// A name of invisible characters alone is none.
	if (text.replace(/[\p{Cf}\p{Cc}\p{Cs}\s]/gu, '') === '') return none;
	const characters = [...text];
	return characters.length > longestName ? `${characters.slice(0, longestName - 1).join('')}…` : text;
}

/** 'Fri 20 Nov' for a day, 'Week 47' for a week, 'Nov 2026' for a month. */
export function periodName(value: unknown): string {
	const text = String(value ?? '');
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return DateTime.fromISO(text, { zone: 'utc' }).setLocale('en').toFormat('ccc d LLL');
	if (/^\d{4}-W\d{2}$/.test(text)) return `Week ${Number(text.slice(6))}, ${text.slice(0, 4)}`;
	if (/^\d{4}-\d{2}$/.test(text)) return DateTime.fromISO(`${text}-01`, { zone: 'utc' }).setLocale('en').toFormat('LLL yyyy');
	return 'No time';
}

/** An instant (ms since 1970) as '20 Nov 2026, 14:30'. */
export function momentName(instant: number, timezone: string): string {
	return DateTime.fromMillis(instant, { zone: timezone }).setLocale('en').toFormat('d LLL yyyy, HH:mm');
}

const yearMs = 300 * 86_400_000;

/** ISO 8601 text with an offset as '20 Nov, 14:30', by its own clock; with the year where the range is so long that it could be another. */
export function shortMoment(value: unknown, { start, end }: Range): string {
	const time = typeof value === 'string' ? DateTime.fromISO(value, { setZone: true }) : DateTime.invalid('no text');
	return time.isValid ? time.setLocale('en').toFormat(end - start > yearMs ? 'd LLL yyyy, HH:mm' : 'd LLL, HH:mm') : '–';
}

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** `08` for the hour from 8 to 9. */
export const hours: readonly string[] = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

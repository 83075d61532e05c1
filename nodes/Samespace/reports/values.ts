import type { ReportDefinition, ReportRecord } from './report';

/** Longer text is neither a number nor a time. Customers and agents type into these fields: reading one must stay cheap. */
const longestValue = 64;

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/** The number in a value: a finite number, or text that is a plain decimal number, white space around it aside. Else null. */
export function numberIn(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	const text = shortText(value)?.trim();
	return text !== undefined && decimal.test(text) ? Number(text) : null;
}

const onClock = /^(\d{1,9}):([0-5]\d):([0-5]\d(?:\.\d{1,9})?)$/;

/** The seconds in a duration: what `numberIn` finds, or text as on a clock, with hours (`00:01:29`). Else null. */
export function secondsIn(value: unknown): number | null {
	const number = numberIn(value);
	if (number !== null) return number;
	const [, hours, minutes, seconds] = onClock.exec(shortText(value)?.trim() ?? '') ?? [];
	return hours === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

const isoDate = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\d/;

/** How far from 1970 an instant may lie, in ms: a Date holds 8.64e15, and periods end a little after their instants. */
export const farthestInstantMs = 8e15;

/** The instant of an ISO 8601 text, in ms since 1970; null for anything else. Two texts of one instant are one instant. */
export function instantIn(value: unknown): number | null {
	const text = shortText(value) ?? '';
	const quick = text.length === utcLength ? instantOfUtc(text) : null;
	if (quick !== null) return quick;
	// Date.parse finds a date in 'Agent 7', too.
	const instant = isoDate.test(text) ? Date.parse(text) : NaN;
	return Math.abs(instant) <= farthestInstantMs ? instant : null;
}

const utcLength = '2026-03-01T10:00:00.000Z'.length;
const utcTime = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** The day whose time was read last, and its first instant. */
let day = '';
let dayMs = NaN;

/** The form in which nearly every time comes. Records follow one another, so a day is read once; of its times only the digits are. */
function instantOfUtc(text: string): number | null {
	if (!utcTime.test(text)) return null;
	if (!text.startsWith(day) || day === '') {
		day = text.slice(0, 10);
		dayMs = Date.parse(`${day}T00:00:00.000Z`);
	}
	const digit = (at: number): number => text.charCodeAt(at) - 48;
	const pair = (at: number): number => digit(at) * 10 + digit(at + 1);
	const instant = dayMs + pair(11) * 3_600_000 + pair(14) * 60_000 + pair(17) * 1000 + digit(20) * 100 + pair(21);
	return Number.isNaN(instant) ? null : instant;
}

/** An instant, in ms since 1970, as ISO 8601 text in UTC, for people, requests and states. */
export const isoOf = (instantMs: number): string => new Date(instantMs).toISOString();

/** The text that tells a record from all others, or null where it has no id. An object as an id counts by what it holds. */
export function idOf(record: ReportRecord, { id }: Pick<ReportDefinition, 'id'>): string | null {
	const value = Object.hasOwn(record, id) ? record[id] : undefined;
	if (value === undefined || value === null || value === '') return null;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The different texts of a list, or of one text with commas between them; without white space around them, and without blank ones. */
export function textsIn(value: unknown): string[] {
	const parts: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
	const texts = parts.filter((part) => typeof part === 'string' || typeof part === 'number').map((part) => String(part).trim());
	return [...new Set(texts.filter((text) => text !== ''))];
}

/** A longer path leads into no record, and following it takes the square of its length. */
export const longestPath = 200;

/**
 * The value at a dotted path (`custom_data.crm.id`, `csat.0.answer`), or undefined. A field whose own name has dots comes
 * first. Only what the record itself holds is found, never what every object inherits.
 */
export function valueAt(holder: unknown, path: string): unknown {
	if (typeof holder !== 'object' || holder === null) return undefined;
	const fields = holder as ReportRecord;
	if (Object.hasOwn(fields, path)) return fields[path];
	const dot = path.length <= longestPath ? path.indexOf('.') : -1;
	const step = path.slice(0, Math.max(0, dot));
	return dot >= 0 && Object.hasOwn(fields, step) ? valueAt(fields[step], path.slice(dot + 1)) : undefined;
}

/** A text of a length that a number or a time can have. */
function shortText(value: unknown): string | undefined {
	return typeof value === 'string' && value.length <= longestValue ? value : undefined;
}

/** An offset from UTC as in `+05:30`; of whole minutes. */
export function offsetText(offsetMs: number): string {
	const minutes = Math.abs(offsetMs) / 60_000;
	const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
	return `${offsetMs < 0 ? '-' : '+'}${hour}:${minute}`;
}

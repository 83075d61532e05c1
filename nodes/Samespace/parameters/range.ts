import { DateTime, type DurationLike } from 'luxon';

import type { Range } from '../reports';
import { choiceField, fieldOf, valueIn, type Choice, type Field, type Form } from './field/field';
import { ParameterProblem, shown } from './field/problem';
import { earliest, firstInstantOf, latest } from './periods';

/** A range of the calendar, by its name in saved workflows. */
interface NamedRange extends Choice {
	of(now: DateTime): [start: DateTime, end: DateTime];
	/** Subtract this from now to get the previous period. */
	recurs: DurationLike;
}

/** In the order of the form. Days and weeks are those of the workflow's time zone; weeks begin on Monday. */
const namedRanges: readonly NamedRange[] = [
	{ value: 'today', name: 'Today', description: 'From midnight until now', of: (now) => [firstInstantOf('day', now), now], recurs: { days: 1 } },
	{ value: 'yesterday', name: 'Yesterday', description: 'The whole day before today', of: (now) => wholeBefore(now, 'day'), recurs: { days: 1 } },
	{ value: 'last24Hours', name: 'Last 24 Hours', description: 'The last 24 hours until now', of: (now) => [now.minus({ hours: 24 }), now], recurs: { hours: 24 } },
	{ value: 'last7Days', name: 'Last 7 Days', description: 'Today and the 6 days before it, until now', of: (now) => [firstInstantOf('day', now.minus({ days: 6 })), now], recurs: { days: 7 } },
	{ value: 'last30Days', name: 'Last 30 Days', description: 'Today and the 29 days before it, until now', of: (now) => [firstInstantOf('day', now.minus({ days: 29 })), now], recurs: { days: 30 } },
	{ value: 'thisWeek', name: 'This Week', description: 'From Monday until now', of: (now) => [firstInstantOf('week', now), now], recurs: { weeks: 1 } },
	{ value: 'lastWeek', name: 'Last Week', description: 'The whole week before this one, Monday to Sunday', of: (now) => wholeBefore(now, 'week'), recurs: { weeks: 1 } },
	{ value: 'thisMonth', name: 'This Month', description: 'From the 1st until now', of: (now) => [firstInstantOf('month', now), now], recurs: { months: 1 } },
	{ value: 'lastMonth', name: 'Last Month', description: 'The whole month before this one', of: (now) => wholeBefore(now, 'month'), recurs: { months: 1 } },
];

const custom: Choice = { value: 'custom', name: 'Custom', description: 'From a start time to an end time, up to ten years' };

const zoneNote = "A time without an offset is in the workflow's time zone.";

const dateRange = choiceField({
	name: 'dateRange',
	label: 'Date Range',
	choices: [...namedRanges.map(({ value, name, description }) => ({ value, name, description })), custom],
	fallback: 'last7Days',
	description: "Days, weeks and months are those of the workflow's time zone. The last 7 and 30 days include today.",
});

/** What was entered, to be read in the workflow's zone. */
const startTime: Field<unknown> = fieldOf(
	{ name: 'startTime', label: 'Start Time', type: 'dateTime', required: true, description: `Where the range begins, inclusive. ${zoneNote}` },
	'={{ $now.minus({ days: 6 }).toISODate() }}',
	(entered) => entered,
);
const endTime: Field<unknown> = fieldOf(
	{ name: 'endTime', label: 'End Time', type: 'dateTime', required: true, description: `Where the range ends, inclusive. A date, or a date at midnight as the date picker enters it, means that whole day. ${zoneNote}` },
	// A day, not this instant: what is then picked from the calendar keeps its time of day.
	'={{ $now.toISODate() }}',
	(entered) => entered,
);

/** 'Date Range' and, where it is custom, its ends. */
export const rangeFields: ReadonlyArray<{ field: Field<unknown>; isForCustomAlone: boolean }> = [
	{ field: dateRange, isForCustomAlone: false },
	{ field: startTime, isForCustomAlone: true },
	{ field: endTime, isForCustomAlone: true },
];

/** Titles by value, for the node's subtitle. */
export const rangeTitles: ReadonlyMap<string, string> = new Map([...namedRanges, custom].map(({ value, name }) => [value, name]));

/** No contact centre in the cloud is older; what lies before is a typing error such as the year 0026. */
const earliestYear = 2000;
/** A month is one request at the least: a longer range is a typing error, too. */
const longestYears = 10;
/** An expression such as {{ $now }} is worked out a moment after 'now' was read. */
const clockMs = 60_000;
/** No date and time of ISO 8601 is longer. */
const longestTime = 64;

/**
 * The range that the form means, both ends inclusive. A range that ends in the future ends now.
 *
 * @param now ms since 1970, read once for each input item
 * @param zone IANA zone of the workflow: its days are meant, and it reads times without an offset
 * @throws ParameterProblem where a date is none, or the range runs backwards, begins in the future or can't be meant
 */
export function rangeOf(form: Form, now: number, zone: string): Range {
	const name = valueIn(form, dateRange);
	const named = namedRanges.find(({ value }) => value === name);
	if (named === undefined) return customRange({ start: form('startTime', ''), end: form('endTime', '') }, now, zone);
	const [start, end] = named.of(DateTime.fromMillis(now, { zone }));
	return { start: start.toMillis(), end: end.toMillis() };
}

/**
 * The period that a range is compared with: the same part of the previous day, week or month. For a custom range, the same times of day, moved back by
 * its length in days.
 */
export function rangeBefore(form: Form, range: Range, now: number, zone: string): Range {
	const named = namedRanges.find(({ value }) => value === valueIn(form, dateRange));
	if (named !== undefined) {
		const [start, end] = named.of(DateTime.fromMillis(now, { zone }).minus(named.recurs));
		return { start: start.toMillis(), end: end.toMillis() };
	}
	const [start, end] = [range.start, range.end].map((at) => DateTime.fromMillis(at, { zone }));
	const days = Math.max(1, Math.ceil(end.diff(start, 'days').days));
	return { start: daysBefore(start, days, startOfDay), end: daysBefore(end, days, endOfDay) };
}

/** The same time of an earlier day. The start or end of a day stays one, even where clocks skip midnight. */
function daysBefore(time: DateTime, days: number, edgeOf: (day: DateTime) => DateTime): number {
	const before = time.minus({ days });
	return (+time === +edgeOf(time) ? edgeOf(before) : before).toMillis();
}

const startOfDay = (time: DateTime): DateTime => firstInstantOf('day', time);

const endOfDay = (time: DateTime): DateTime => firstInstantOf('day', time.startOf('day').plus({ days: 1 })).minus({ milliseconds: 1 });

function customRange(entered: { start: unknown; end: unknown }, now: number, zone: string): Range {
	const start = instantOf(startTime.label, entered.start, zone, earliest);
	const end = wholeDayAt(entered.end, zone) ?? instantOf(endTime.label, entered.end, zone, latest);
	if (end < start) {
		throw new ParameterProblem(
			`'End Time' (${shown(entered.end)}) is before 'Start Time' (${shown(entered.start)})`,
			"Swap them, or correct one of them. Times without an offset are in the workflow's time zone.",
		);
	}
	if (start > now + clockMs) throw new ParameterProblem(`'Start Time' (${shown(entered.start)}) is in the future`, 'Enter a time that has passed.');
	const first = DateTime.fromMillis(start, { zone });
	if (first.year < earliestYear) {
		throw new ParameterProblem(`'Start Time' (${shown(entered.start)}) is before the year ${earliestYear}`, 'Check the year. A number counts as milliseconds since 1970.');
	}
	const range = { start: Math.min(start, now), end: Math.min(end, now) };
	if (range.end > first.plus({ years: longestYears }).toMillis()) {
		throw new ParameterProblem(
			`The range from 'Start Time' (${shown(entered.start)}) to 'End Time' (${shown(entered.end)}) is longer than ${longestYears} years`,
			'Check the years, or read a longer history in parts.',
		);
	}
	return range;
}

const timePart = /T/i;
const offsetPart = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;
const midnightPart = /T00(?::?00(?::?00(?:[.,]0{1,9})?)?)?$/i;

/** A date alone may end with what looks like an offset. */
const hasOffset = (text: string): boolean => timePart.test(text) && offsetPart.test(text);

/** The last instant of a day that is entered without a time, or at midnight as n8n's date picker writes it: it means that whole day. */
function wholeDayAt(value: unknown, zone: string): number | null {
	const text = typeof value === 'string' ? isoText(value) : null;
	// luxon looks for the end of the last day that a Date holds without finding it.
	if (text === null || !/^\d{4}/.test(text) || hasOffset(text) || /T24/i.test(text)) return null;
	const day = DateTime.fromISO(text, { zone });
	return day.isValid && (!timePart.test(text) || midnightPart.test(text)) ? endOfDay(day).toMillis() : null;
}

const wholeDate = /^(?:[+-]\d{6}|\d{4})-?(?:\d{2}-?\d{2}|W\d{2}-?\d|\d{3})(?=T|$)/i;

/**
 * Text that may be a date and time of ISO 8601, with a `T` between them; null for what is none. luxon reads '12:30' and '0800Z' as a time of today, and
 * '2026-03' as the first of March, where somebody may have meant the month.
 */
function isoText(value: string): string | null {
	const text = value.trim().slice(0, longestTime + 1).replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T');
	return text.length <= longestTime && wholeDate.test(text) ? text : null;
}

/**
 * ISO 8601 text, ms since 1970, a luxon DateTime (of whichever copy of luxon an expression used) or a Date, as ms since 1970.
 *
 * @param which of the two that a time by the clock stands for, where clocks are set back
 */
function instantOf(label: string, value: unknown, zone: string, which: (time: DateTime) => DateTime): number {
	if (typeof value === 'number') return checked(label, value, DateTime.fromMillis(inReach(value)));
	if (value instanceof Date) return checked(label, value, DateTime.fromJSDate(value));
	if (isDateTime(value)) return checked(label, value, DateTime.fromMillis(inReach(value.toMillis())));
	if (typeof value === 'object' && value !== null) return checked(label, value, DateTime.invalid('no date'));
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
		throw new ParameterProblem(`'${label}' is empty`, "Enter a date and time such as 2026-03-01T00:00:00, or an expression such as {{ $now.minus({ days: 1 }) }}.");
	}
	if (typeof value !== 'string') return checked(label, value, DateTime.invalid('no text'));
	const text = isoText(value);
	const parsed = text === null ? DateTime.invalid('no year') : DateTime.fromISO(text, { zone });
	return checked(label, value, text === null || hasOffset(text) || !parsed.isValid ? parsed : which(parsed));
}

/** luxon throws on anything but a finite number; a Date holds no more than this. */
function inReach(instant: unknown): number {
	return typeof instant === 'number' && Math.abs(instant) <= 8.64e15 ? Math.trunc(instant) : 8.64e15 + 1;
}

function checked(label: string, value: unknown, parsed: DateTime): number {
	if (parsed.isValid) return parsed.toMillis();
	throw new ParameterProblem(`'${label}' isn't a valid date: ${shown(value)}`, 'Enter ISO 8601 text such as 2026-03-01T00:00:00 or 2026-03-01T00:00:00Z.');
}

function isDateTime(value: unknown): value is { toMillis(): unknown } {
	return typeof value === 'object' && value !== null && 'toMillis' in value && typeof value.toMillis === 'function';
}

/** The day, week or month before the one of an instant. Its last instant is one ms before the next one begins: no call belongs to two days. */
function wholeBefore(now: DateTime, unit: 'day' | 'week' | 'month'): [DateTime, DateTime] {
	const next = firstInstantOf(unit, now);
	return [firstInstantOf(unit, next.minus({ [unit]: 1 })), next.minus({ milliseconds: 1 })];
}

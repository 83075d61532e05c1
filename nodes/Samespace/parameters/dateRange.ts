import { DateTime } from 'luxon';

import type { Range } from '../reports';
import { ParameterProblem, shown } from './problem';
import { choice } from './values';

/** What the form says about the range. */
export interface DateRangeForm {
	dateRange: unknown;
	startTime: unknown;
	endTime: unknown;
}

/** By the names that the date ranges have in saved workflows. */
const namedRanges: ReadonlyMap<string, (now: DateTime) => [DateTime, DateTime]> = new Map([
	['last7Days', (now) => [now.minus({ days: 6 }).startOf('day'), now]],
	['today', (now) => [now.startOf('day'), now]],
	['yesterday', (now) => wholeDays(now.minus({ days: 1 }).startOf('day'), now.startOf('day'))],
	['last30Days', (now) => [now.minus({ days: 29 }).startOf('day'), now]],
	['thisMonth', (now) => [now.startOf('month'), now]],
	['lastMonth', (now) => wholeDays(now.minus({ months: 1 }).startOf('month'), now.startOf('month'))],
]);

/** No contact centre in the cloud is older; what lies before is a typing error such as the year 0026. */
const earliestYear = 2000;
/** A month is one request at the least: a longer range is a typing error, too. */
const longestYears = 10;
/** An expression such as {{ $now }} is worked out a moment after 'now' was read. */
const clockMs = 60_000;
/** The longest text of a date and time that ISO 8601 has any use for. */
const longestTime = 64;

/**
 * The range that the form means, both ends inclusive. A range that ends in the future ends now.
 *
 * @param now ms since 1970, read once for each input item
 * @param zone IANA zone of the workflow: its days are meant, and it reads times without an offset
 * @throws ParameterProblem where a date is none, or the range runs backwards, begins in the future or can't be meant
 */
export function rangeOf(form: DateRangeForm, now: number, zone: string): Range {
	const name = choice('Date Range', form.dateRange, [...namedRanges.keys(), 'custom']);
	const named = namedRanges.get(name);
	if (named === undefined) return customRange(form, now, zone);
	const [start, end] = named(DateTime.fromMillis(now, { zone }));
	return { start: start.toMillis(), end: end.toMillis() };
}

function customRange({ startTime, endTime }: DateRangeForm, now: number, zone: string): Range {
	const start = instantOf('Start Time', startTime, zone);
	const end = wholeDayAt(endTime, zone) ?? instantOf('End Time', endTime, zone);
	if (end < start) {
		throw new ParameterProblem(
			`'End Time' (${shown(endTime)}) is before 'Start Time' (${shown(startTime)})`,
			"Swap them, or correct one of them. Times without an offset are in the workflow's time zone.",
		);
	}
	if (start > now + clockMs) throw new ParameterProblem(`'Start Time' (${shown(startTime)}) is in the future`, 'Enter a time that has passed.');
	const first = DateTime.fromMillis(start, { zone });
	if (first.year < earliestYear) {
		throw new ParameterProblem(`'Start Time' (${shown(startTime)}) is before the year ${earliestYear}`, 'Check the year.');
	}
	const range = { start: Math.min(start, now), end: Math.min(end, now) };
	if (range.end > first.plus({ years: longestYears }).toMillis()) {
		throw new ParameterProblem(
			`The range from 'Start Time' (${shown(startTime)}) to 'End Time' (${shown(endTime)}) is longer than ${longestYears} years`,
			'Check the years, or read a longer history in parts.',
		);
	}
	return range;
}

/** The last instant of a day that is given without a time: whoever ends a range with a day means all of it. */
function wholeDayAt(value: unknown, zone: string): number | null {
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value.trim())) return null;
	const day = DateTime.fromISO(value.trim(), { zone });
	return day.isValid ? day.endOf('day').toMillis() : null;
}

/** ISO 8601 text, ms since 1970, a luxon DateTime (of whichever copy of luxon an expression used) or a Date, as ms since 1970. */
function instantOf(label: string, value: unknown, zone: string): number {
	if (typeof value === 'number') return checked(label, value, DateTime.fromMillis(inReach(value)));
	if (value instanceof Date) return checked(label, value, DateTime.fromJSDate(value));
	if (isDateTime(value)) return checked(label, value, DateTime.fromMillis(inReach(value.toMillis())));
	if (typeof value === 'object' && value !== null) return checked(label, value, DateTime.invalid('no date'));
	if (typeof value !== 'string' || value.trim() === '') {
		throw new ParameterProblem(`'${label}' is empty`, "Enter a date and time such as 2026-03-01T00:00:00, or an expression such as {{ $now.minus({ days: 1 }) }}.");
	}
	const text = value.trim().slice(0, longestTime + 1).replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T');
	// luxon reads '12:30' as a time of today.
	if (text.length > longestTime || !/^[+-]?\d{4}/.test(text)) return checked(label, value, DateTime.invalid('no year'));
	return checked(label, value, DateTime.fromISO(text, { zone }));
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

/** The last instant of a day is one ms before the next midnight: no call belongs to two days. */
function wholeDays(start: DateTime, nextStart: DateTime): [DateTime, DateTime] {
	return [start, nextStart.minus({ milliseconds: 1 })];
}

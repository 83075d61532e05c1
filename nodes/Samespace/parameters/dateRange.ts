import { DateTime } from 'luxon';

import type { Range } from '../reading';
import { ParameterProblem, shown } from './problem';

/** Names of the date ranges in saved workflows: they never change. */
export type DateRangeName = 'last7Days' | 'today' | 'yesterday' | 'last30Days' | 'thisMonth' | 'lastMonth' | 'custom';

/** What the form says about the range. */
export interface DateRangeForm {
	dateRange: string;
	startTime: unknown;
	endTime: unknown;
}

const namedRanges: { [Name in Exclude<DateRangeName, 'custom'>]: (now: DateTime) => [DateTime, DateTime] } = {
	last7Days: (now) => [now.minus({ days: 6 }).startOf('day'), now],
	today: (now) => [now.startOf('day'), now],
	yesterday: (now) => wholeDays(now.minus({ days: 1 }).startOf('day'), now.startOf('day')),
	last30Days: (now) => [now.minus({ days: 29 }).startOf('day'), now],
	thisMonth: (now) => [now.startOf('month'), now],
	lastMonth: (now) => wholeDays(now.minus({ months: 1 }).startOf('month'), now.startOf('month')),
};

/**
 * The range that the form means, both ends inclusive.
 *
 * @param now ms since 1970, read once for each input item
 * @param zone IANA zone of the workflow: its days are meant, and it reads times without an offset
 * @throws ParameterProblem where a date is none, or the range runs backwards
 */
export function rangeOf(form: DateRangeForm, now: number, zone: string): Range {
	const { dateRange } = form;
	if (dateRange === 'custom') return customRange(form, zone);
	if (!(dateRange in namedRanges)) {
		throw new ParameterProblem(`'Date Range' is ${shown(dateRange)}`, `Choose one of: ${Object.keys(namedRanges).join(', ')}, custom.`);
	}
	const [start, end] = namedRanges[dateRange as keyof typeof namedRanges](DateTime.fromMillis(now, { zone }));
	return { start: start.toMillis(), end: end.toMillis() };
}

function customRange({ startTime, endTime }: DateRangeForm, zone: string): Range {
	const start = instantOf('Start Time', startTime, zone);
	const end = wholeDayAt(endTime, zone) ?? instantOf('End Time', endTime, zone);
	if (end < start) {
		throw new ParameterProblem(
			`'End Time' (${shown(endTime)}) is before 'Start Time' (${shown(startTime)})`,
			"Swap them, or correct one of them. Times without an offset are in the workflow's time zone.",
		);
	}
	return { start, end };
}

/** The last instant of a day that is given without a time: whoever ends a range with a day means all of it. */
function wholeDayAt(value: unknown, zone: string): number | null {
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value.trim())) return null;
	const day = DateTime.fromISO(value.trim(), { zone });
	return day.isValid ? day.endOf('day').toMillis() : null;
}

/** ISO 8601 text, ms since 1970, a luxon DateTime (of whichever copy of luxon an expression used) or a Date, as ms since 1970. */
function instantOf(label: string, value: unknown, zone: string): number {
	if (typeof value === 'number') return checked(label, value, DateTime.fromMillis(value));
	if (value instanceof Date) return checked(label, value, DateTime.fromJSDate(value));
	if (isDateTime(value)) return checked(label, value, DateTime.fromMillis(value.toMillis()));
	if (typeof value !== 'string' || value.trim() === '') {
		throw new ParameterProblem(`'${label}' is empty`, "Enter a date and time such as 2026-03-01T00:00:00, or an expression such as {{ $now.minus({ days: 1 }) }}.");
	}
	const text = value.trim().replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T');
	// luxon reads '12:30' as a time of today.
	if (!/^[+-]?\d{4}/.test(text)) return checked(label, value, DateTime.invalid('no year'));
	return checked(label, value, DateTime.fromISO(text, { zone }));
}

function checked(label: string, value: unknown, parsed: DateTime): number {
	if (parsed.isValid) return parsed.toMillis();
	throw new ParameterProblem(`'${label}' is no date: ${shown(value)}`, 'Enter ISO 8601 text such as 2026-03-01T00:00:00 or 2026-03-01T00:00:00Z.');
}

function isDateTime(value: unknown): value is { toMillis(): number } {
	return typeof value === 'object' && value !== null && 'toMillis' in value && typeof value.toMillis === 'function';
}

/** The last instant of a day is one ms before the next midnight: no call belongs to two days. */
function wholeDays(start: DateTime, nextStart: DateTime): [DateTime, DateTime] {
	return [start, nextStart.minus({ milliseconds: 1 })];
}

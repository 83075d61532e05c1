import { DateTime } from 'luxon';

import { isoOf, type ReportDefinition } from '../reports';
import type { Range } from './query';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const halfHourMs = 30 * minuteMs;
const dayMs = 24 * 60 * minuteMs;
/** '1 month' may mean 30 days, 31 days or a calendar month: no window is longer than the shortest of them. */
const maxWindowDays = 30;
const maxWindowMs = maxWindowDays * dayMs;
/** Shorter than any month of any calendar and clock. */
const shortMonthMs = 27 * dayMs;

/** How a report's windows are written on the wire. */
export interface WindowStyle {
	report: ReportDefinition;
	clusterZone: string;
}

/** A range as the API is asked for it: the instants that the texts stand for, and the texts. */
export interface SentWindow extends Range {
	start_time: string;
	end_time: string;
	/** How much later than the end of what is wanted. */
	overlapMs: number;
}

/**
 * Writes a window as the API takes it.
 *
 * Nobody knows whether `start_time` and `end_time` are inclusive (U5), nor whether the server compares whole seconds or minutes (U27): a
 * whole minute more is asked for on either side. What lies outside is dropped later. Where only records may be listed that end inside, too
 * (U20), the end is moved on by `overlapMs`. Totals cannot be cut afterwards: they are asked for as they are. Where
 * clocks are set back, an hour's text stands for two instants (U28): the text before (after) that hour is sent instead.
 */
export function sentWindow(window: Range, style: WindowStyle, overlapMs = 0): SentWindow {
	const { start, end } = sentRange(window, style, overlapMs);
	const text = style.report.timeFormat === 'iso' ? isoOf : (instant: number) => clusterText(instant, style.clusterZone);
	return { start, end, start_time: text(start), end_time: text(end), overlapMs };
}

/**
 * Splits a range into windows, oldest first, that the API grants under every reading of 'one month'. They are about equally long, so that
 * none keeps the others waiting, and whole days where they can be. Neighbours share their boundary, a whole minute; an empty range is one window.
 */
export function* splitRange(range: Range, style: WindowStyle, overlapMs = 0): Generator<Range> {
	let { start } = range;
	do {
		const isOne = isGranted({ start, end: range.end }, style, overlapMs);
		const count = isOne ? 1 : Math.max(2, Math.ceil((range.end - start) / (maxWindowMs - overlapMs - 2 * minuteMs)));
		let end = Math.min(range.end, start - whole(isOne ? 1 : dayMs, (start - range.end) / count));
		while (!isGranted({ start, end }, style, overlapMs)) {
			const sent = sentRange({ start, end }, style, overlapMs);
			end = whole(minuteMs, Math.min(end - 1, end - (sent.end - latestEnd(sent, style.clusterZone))));
		}
		if (end < range.end) end = whole(minuteMs, end);
		yield { start, end };
		start = end;
	} while (start < range.end);
}

/**
 * Cuts a range into parts of the same length, oldest first; neighbours share their boundary. Fewer parts than asked for where they
 * would be shorter than a minute; null where the range is no longer than that.
 */
export function cut({ start, end }: Range, parts: number): Range[] | null {
	if (end - start <= minuteMs) return null;
	const count = Math.max(2, Math.min(parts, Math.floor((end - start) / minuteMs)));
	const unit = (end - start) / count > 10 * minuteMs ? minuteMs : secondMs;
	const bounds = Array.from({ length: count + 1 }, (_, at) => whole(unit, start + ((end - start) * at) / count));
	bounds[0] = start;
	bounds[count] = end;
	return bounds.slice(1).map((bound, at) => ({ start: bounds[at], end: bound }));
}

/** Whether a window, as it is sent, is no longer than any reading of 'one month'. */
export function isGranted(window: Range, style: WindowStyle, overlapMs: number): boolean {
	const sent = sentRange(window, style, overlapMs);
	return sent.end - sent.start < shortMonthMs || sent.end <= latestEnd(sent, style.clusterZone);
}

/** What tells one stretch of time from another, as it is asked for. */
export function nameOf({ start_time: start, end_time: end }: SentWindow): string {
	return `${start} ${end}`;
}

/** `YYYY-MM-DD HH:mm:ss` in the cluster's zone. */
export function clusterText(instant: number, zone: string): string {
	return DateTime.fromMillis(instant, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');
}

function sentRange(window: Range, { report, clusterZone }: WindowStyle, overlapMs: number): Range {
	if (report.timeField === null) return { start: whole(secondMs, window.start), end: -whole(secondMs, -window.end) };
	let start = whole(minuteMs, window.start) - minuteMs;
	let end = -whole(minuteMs, -window.end - overlapMs) + minuteMs;
	// A record's own time may lack an offset, and then be an hour off, in reports that are asked for in UTC, too (U6).
	while (isAmbiguous(start, clusterZone)) start -= halfHourMs;
	while (isAmbiguous(end, clusterZone)) end += halfHourMs;
	return { start, end };
}

/** The whole second, or minute, at an instant or before it. */
function whole(unitMs: number, instant: number): number {
	return Math.floor(instant / unitMs) * unitMs;
}

function isAmbiguous(instant: number, zone: string): boolean {
	return DateTime.fromMillis(instant, { zone }).getPossibleOffsets().length > 1;
}

/**
 * A calendar month, and thirty days of a clock on the wall, end at another instant in another zone: the earliest binds. Where clocks are
 * set forward over that end, the same clock stops before the hour that is left out.
 */
function latestEnd({ start }: Range, clusterZone: string): number {
	const ends = ['UTC', clusterZone].flatMap((zone) => {
		const time = DateTime.fromMillis(start, { zone });
		return [{ months: 1 }, { days: maxWindowDays }].map((length) => {
			const leftOut = onTheWall(time.plus(length)).toMillis() - onTheWall(time).plus(length).toMillis();
			return time.plus(length).toMillis() - leftOut;
		});
	});
	return Math.min(...ends);
}

/** What the clock on the wall shows, as a time that no change of clocks moves. */
function onTheWall(time: DateTime): DateTime {
	return time.setZone('UTC', { keepLocalTime: true });
}

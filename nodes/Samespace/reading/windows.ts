import { DateTime } from 'luxon';

import type { ReportDefinition } from '../reports';
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
/** A window that does not add up is halved until it is as short as this. */
export const minWindowMs = minuteMs;

/** How a report's windows are written on the wire. */
export interface WindowStyle {
	report: ReportDefinition;
	clusterZone: string;
}

/** A range as the API is asked for it: the instants that the texts stand for, and the texts. */
export interface SentWindow extends Range {
	start_time: string;
	end_time: string;
}

/**
 * Writes a window as the API takes it.
 *
 * Nobody knows whether `start_time` and `end_time` are inclusive, so one step of the clock more is asked for on either
 * side, and what lies outside is dropped later. Totals cannot be cut afterwards: they are asked for as they are. Where
 * clocks are set back, an hour's text stands for two instants: the text before (after) that hour is sent instead.
 */
export function sentWindow(window: Range, style: WindowStyle): SentWindow {
	const { start, end } = sentRange(window, style);
	const text = style.report.timeFormat === 'iso' ? isoText : (instant: number) => clusterText(instant, style.clusterZone);
	return { start, end, start_time: text(start), end_time: text(end) };
}

/**
 * Splits a range into windows, oldest first, that the API grants under every reading of 'one month'. Neighbours share
 * their boundary, a whole minute; an empty range is one window.
 */
export function* splitRange(range: Range, style: WindowStyle): Generator<Range> {
	let { start } = range;
	do {
		let end = Math.min(range.end, start + maxWindowMs);
		while (!isGranted({ start, end }, style)) {
			const latest = latestEnd(sentRange({ start, end }, style), style.clusterZone);
			end = whole(minuteMs, Math.min(end, latest) - 1);
		}
		if (end < range.end) end = whole(minuteMs, end);
		yield { start, end };
		start = end;
	} while (start < range.end);
}

/** The two halves of a window, sharing a whole second in its middle, or null when it is too short to halve. */
export function halve({ start, end }: Range): [Range, Range] | null {
	if (end - start <= minWindowMs) return null;
	const middle = whole(secondMs, (start + end) / 2);
	return [
		{ start, end: middle },
		{ start: middle, end },
	];
}

/** `YYYY-MM-DD HH:mm:ss` in the cluster's zone. */
export function clusterText(instant: number, zone: string): string {
	return DateTime.fromMillis(instant, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');
}

function isoText(instant: number): string {
	return new Date(instant).toISOString();
}

function sentRange(window: Range, { report, clusterZone }: WindowStyle): Range {
	if (report.timeFormat === 'iso') return { start: window.start - 1, end: window.end + 1 };
	let start = whole(secondMs, window.start);
	let end = -whole(secondMs, -window.end);
	if (report.timeField === null) return { start, end };
	start -= secondMs;
	end += secondMs;
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

function isGranted(window: Range, style: WindowStyle): boolean {
	const sent = sentRange(window, style);
	return sent.end - sent.start < shortMonthMs || sent.end <= latestEnd(sent, style.clusterZone);
}

/** A calendar month, and thirty days of a clock on the wall, end at another instant in another zone: the earliest binds. */
function latestEnd({ start }: Range, clusterZone: string): number {
	const ends = ['UTC', clusterZone].flatMap((zone) => {
		const time = DateTime.fromMillis(start, { zone });
		return [time.plus({ months: 1 }).toMillis(), time.plus({ days: maxWindowDays }).toMillis()];
	});
	return Math.min(...ends);
}

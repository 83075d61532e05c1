import { DateTime } from 'luxon';

import type { ReportDefinition } from '../reports';
import type { Range } from './query';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const halfHourMs = 30 * minuteMs;
const dayMs = 24 * 60 * minuteMs;
/** '1 month' may mean 30 days, 31 days or a calendar month: no window is longer than the shortest of them. */
const maxWindowMs = 30 * dayMs;
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
export function sentWindow(window: Range, { report, clusterZone }: WindowStyle): SentWindow {
	if (report.timeFormat === 'iso') {
		const start = window.start - 1;
		const end = window.end + 1;
		return { start, end, start_time: isoText(start), end_time: isoText(end) };
	}
	const margin = report.timeField === null ? 0 : secondMs;
	let start = Math.floor(window.start / secondMs) * secondMs - margin;
	let end = Math.ceil(window.end / secondMs) * secondMs + margin;
	if (report.timeField !== null) {
		while (isAmbiguous(start, clusterZone)) start -= halfHourMs;
		while (isAmbiguous(end, clusterZone)) end += halfHourMs;
	}
	return { start, end, start_time: clusterText(start, clusterZone), end_time: clusterText(end, clusterZone) };
}

/**
 * Splits a range into windows, oldest first, that the API grants under every reading of 'one month'. Neighbours share
 * their boundary instant; an empty range is one window.
 */
export function splitRange(range: Range, style: WindowStyle): Range[] {
	const windows: Range[] = [];
	let start = range.start;
	do {
		let end = Math.min(range.end, start + maxWindowMs);
		while (!isGranted(sentWindow({ start, end }, style), style.clusterZone)) {
			end = Math.min(end - minuteMs, latestEnd(sentWindow({ start, end }, style), style.clusterZone) - minuteMs);
		}
		windows.push({ start, end });
		start = end;
	} while (start < range.end);
	return windows;
}

/** The two halves of a window, sharing a whole second in its middle, or null when it is too short to halve. */
export function halve(window: Range): [Range, Range] | null {
	if (window.end - window.start <= minWindowMs) return null;
	const middle = Math.floor((window.start + window.end) / 2 / secondMs) * secondMs;
	return [
		{ start: window.start, end: middle },
		{ start: middle, end: window.end },
	];
}

/** `YYYY-MM-DD HH:mm:ss` in the cluster's zone. */
export function clusterText(instant: number, zone: string): string {
	return DateTime.fromMillis(instant, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');
}

function isoText(instant: number): string {
	return new Date(instant).toISOString();
}

function isAmbiguous(instant: number, zone: string): boolean {
	return DateTime.fromMillis(instant, { zone }).getPossibleOffsets().length > 1;
}

function isGranted(sent: Range, zone: string): boolean {
	return sent.end <= latestEnd(sent, zone);
}

/** A calendar month ends at another instant in another zone: the earliest one binds. */
function latestEnd(sent: Range, clusterZone: string): number {
	const monthLater = ['UTC', clusterZone].map((zone) =>
		DateTime.fromMillis(sent.start, { zone }).plus({ months: 1 }).toMillis(),
	);
	return Math.min(sent.start + maxWindowMs, ...monthLater);
}

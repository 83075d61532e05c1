import { offsetText } from '../../reports';
import { success, type Failure, type Outcome } from '../failure';
import { askPage, mostPagesPerSlice, type PageAsker, type Tools } from '../pages/readPages';
import { lastingMs, type Row } from '../pages/row';
import { Tally, slackMs, type Step } from '../pages/tally';
import type { Range } from '../query';
import { sentWindow } from '../windows';

const minuteMs = 60_000;
/** Zones differ by quarters of an hour. */
const quarterMs = 15 * minuteMs;
const hourMs = 4 * quarterMs;
/** Zones lie 26 hours apart at most. */
const mostShiftMs = 26 * hourMs;
/** Rows that are asked for in one reading: one is nearly always enough. */
const mostTries = 3;
/** A time that is asked for reaches a minute further on either side. */
const longestTellingMs = quarterMs - 2 * minuteMs;

/**
 * Checks whether the entered zone is the cluster's (U21), for a report that is requested in the cluster's time. A wrong zone can hide
 * records silently if the hours that are read instead are empty. So one row is requested by its own times, once. If no row came, the request is for
 * everything within about a day of the range, unless the empty range is too long for a wrong zone to hide all of it.
 */
export async function checkZone(asker: PageAsker, rows: readonly Row[], tools: Tools): Promise<Failure | null> {
	const { query, behavior } = tools;
	const { report, clusterZone } = query;
	if (report.timeField === null || report.timeFormat === 'iso' || behavior.zoneThatHolds === clusterZone) return null;
	const wide = { start: asker.range.start - mostShiftMs, end: asker.range.end + mostShiftMs };
	let seen = rows;
	if (rows.length === 0) {
		if (isQuiet(asker.range, behavior.quiet) || asker.range.end - asker.range.start > 2 * mostShiftMs) return null;
		const around = await rowsIn(asker, wide, tools);
		if (!around.ok) return around.failure;
		seen = around.value;
		const best = shortest(seen);
		if (best === null || lastingMs(best) > longestTellingMs) behavior.quiet = asker.range;
	}
	const row = shortest(seen);
	if (row === null || tools.zoneTries >= mostTries) return null;
	tools.zoneTries += 1;
	return await zoneFailure(asker, row, seen, { least: -mostShiftMs, most: mostShiftMs }, tools);
}

/** Whether nothing was seen around a time like this: polls ask for a little later each time. */
function isQuiet({ start, end }: Range, quiet: Range | null): boolean {
	return quiet !== null && start >= quiet.start && end <= quiet.end + hourMs;
}

async function rowsIn(asker: PageAsker, range: Range, tools: Tools): Promise<Outcome<readonly Row[]>> {
	const { query, behavior } = tools;
	const sent = sentWindow(range, query);
	const page = await askPage(asker, sent, { skip: 0, limit: query.pageSize }, tools);
	const tally = new Tally(query.report, sent, behavior);
	if (!page.ok) return page;
	tally.take(page.value, 0);
	return success(tally.rows);
}

/** How far the cluster's clock may be behind the entered zone, in ms: its rows lie that much later than requested. */
export interface Shift {
	least: number;
	most: number;
}

/** As far as the rows that came show it. */
export function shiftOf({ earliest, latest }: Tally, sent: Range): Shift {
	return {
		least: Math.max(-mostShiftMs, Math.ceil((latest - sent.end - slackMs) / quarterMs) * quarterMs),
		most: Math.min(mostShiftMs, Math.floor((earliest - sent.start + slackMs) / quarterMs) * quarterMs),
	};
}

/**
 * Where a row is not listed when its own times are asked for, the zone that was entered is not the cluster's (U21): then the offset is narrowed down by
 * asking for that row, until it comes; a neighbor of it must be hidden and come in the same way, or it's something else by which the cluster lists them.
 * Else null; where the row was listed under its own times, it is known that the zone holds.
 */
export async function zoneFailure(asker: PageAsker, row: Row, others: readonly Row[], { least, most }: Shift, tools: Tools): Promise<Failure | null> {
	const { query, behavior } = tools;
	let fault: Failure | null = null;
	/** Whether a row is listed when its times are requested as a clock that far behind shows them. Null if that can't be told: there are too many rows, or their order changes each time. */
	const isListed = async (from: number, to: number, one = row): Promise<boolean | null> => {
		const asked = sentWindow({ start: (one.time ?? NaN) - to, end: lastOf(one) - from }, query);
		const tally = new Tally(query.report, asked, behavior);
		let step: Step = { skip: 0, limit: query.pageSize };
		while (typeof step !== 'string' && tally.pages < mostPagesPerSlice) {
			const page = await askPage(asker, asked, step, tools);
			if (!page.ok) {
				fault ??= page.failure;
				return null;
			}
			tally.take(page.value, step.skip);
			if (tally.rows.some(({ key }) => key === one.key)) return true;
			step = tally.next(query.pageSize);
		}
		return step === 'end' && tally.addsUp ? false : null;
	};
	const isThere = least > most ? true : await isListed(0, 0);
	// A row that lasts longer than zones differ is listed under another zone, too.
	if (isThere && lastingMs(row) <= longestTellingMs) behavior.zoneThatHolds = query.clusterZone;
	if (isThere !== false) return fault;
	while (least < most) {
		const middle = Math.floor((least + most) / 2 / quarterMs) * quarterMs;
		if (await isListed(least, middle)) most = middle;
		else least = middle + quarterMs;
	}
	// A row that was taken away meanwhile is not listed anywhere.
	if (!(await isListed(most, most))) return null;
	const neighbors = neighborsOf(row, others);
	let isAlike = neighbors.length === 0;
	for (const other of neighbors) isAlike ||= (await isListed(0, 0, other)) === false && (await isListed(most, most, other)) === true;
	if (!isAlike) return null;
	return { kind: 'zone', detail: offsetText(-most), zone: query.clusterZone };
}

/** The end of a row. It must also lie in the requested range where only whole records are listed (U20). */
function lastOf(row: Row): number {
	return (row.time ?? NaN) + lastingMs(row);
}

function shortest(rows: readonly Row[]): Row | null {
	const row = rows.reduce<Row | null>((best, one) => (best !== null && lastingMs(best) <= lastingMs(one) ? best : one), null);
	return row?.time === null ? null : row;
}

/** The nearest row before a row, and the one after it: a quarter of an hour away at least, and so near that clocks were hardly changed in between. */
function neighborsOf(row: Row, others: readonly Row[]): Row[] {
	const at = row.time ?? NaN;
	const telling = others.filter((one) => lastingMs(one) <= longestTellingMs);
	const before = telling.filter(({ time }) => (time ?? NaN) <= at - quarterMs).reduce<Row[]>((best, one) => ((best.at(0)?.time ?? -Infinity) >= (one.time ?? NaN) ? best : [one]), []);
	const after = telling.filter(({ time }) => (time ?? NaN) >= at + quarterMs).reduce<Row[]>((best, one) => ((best.at(0)?.time ?? Infinity) <= (one.time ?? NaN) ? best : [one]), []);
	return [...before, ...after];
}

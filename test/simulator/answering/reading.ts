import type { ReportName } from '../dataset/records.ts';
import type { TimeWindow } from '../dataset/recordStore.ts';
import { holdsFor } from '../switches.ts';
import type { Switches } from '../switches.ts';
import { comparedWindow, liesIn } from './comparison.ts';
import type { Filters } from './filters.ts';
import type { Query } from './query.ts';
import { localClockMs } from './timeTexts.ts';

type Timed = { start_time: string; end_time: string | null };

/**
 * How a query is understood under the switches: the window of start times, the filters, and what else must hold of a
 * record's times, if anything does.
 */
export type Reading = { window: TimeWindow; filters: Filters; timesMatch?: (record: Timed) => boolean };

/** Reads a query for a report; all time where times are ignored or not given (U5, U7, U20, U27, U28). */
export function readingOf(report: ReportName, query: Query, switches: Switches): Reading {
	const filters = holdsFor(switches.filtersIgnored, report) ? {} : query.filters;
	const ignored = report !== 'productivity' && holdsFor(switches.timeFilterIgnored, report);
	const { startMs, endMs } = query;
	if (ignored || startMs === undefined || endMs === undefined) return { window: allTime, filters };
	const window = comparedWindow(startMs, endMs, switches);
	const conditions = [...wholeRecords(report, window, switches), ...localClock(query, switches)];
	if (conditions.length === 0) return { window, filters };
	return { window, filters, timesMatch: (record) => conditions.every((holds) => holds(record)) };
}

const allTime: TimeWindow = { fromMs: -Infinity, toMs: Infinity, startInclusive: true, endInclusive: true };

type Condition = (record: Timed) => boolean;

function wholeRecords(report: ReportName, window: TimeWindow, { wholeRecordsOnly }: Switches): Condition[] {
	if (report === 'productivity' || !holdsFor(wholeRecordsOnly, report)) return [];
	return [({ end_time }) => end_time !== null && liesIn(Date.parse(end_time), window)];
}

function localClock({ localClock: range }: Query, switches: Switches): Condition[] {
	if (range === undefined) return [];
	const window = comparedWindow(range.startMs, range.endMs, switches);
	return [({ start_time }) => liesIn(localClockMs(Date.parse(start_time), switches.timezone), window)];
}

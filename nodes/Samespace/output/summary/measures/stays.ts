import { farthestInstantMs, numberReader, type ReportDefinition } from '../../../reports';
import { createPeriodName } from '../../calendar';
import { offsetInstantIn } from '../../instants';
import type { OutputPlan, Row } from '../../plan';
import { isOfTime } from '../group';

/** Every zone's hours begin at one of these. */
const quarterMs = 15 * 60_000;
/** A longer session probably lost its logout, so it isn't split: all of it counts where it began. */
const longestMs = 7 * 24 * 3_600_000;

/** The parts of a row, each a row of its own that has all other columns of the whole. */
export type Spread = (row: Row) => Row[];

type Spanning = Pick<OutputPlan, 'report' | 'timezone' | 'range'> & { groupBy: readonly string[]; isClipped?: boolean };

/**
 * Splits a session into one part for each hour or day that it spans, where a summary is grouped by time: each part is a row with its own start and end, and its share
 * of the seconds. What has not ended lasts to the end of the range. Null where rows of the report last no time.
 * With `isClipped`, what lies after the range is left out of the parts.
 */
export function spreadOf({ report, timezone, range, groupBy, isClipped = false }: Spanning): Spread | null {
	const { span } = report;
	if (span === undefined) return null;
	const times = groupBy.filter(isOfTime);
	const nameAt = createPeriodName(times.some((name) => name === 'hour' || name === 'hourOfDay') ? 'hour' : 'day', timezone);
	return (row) => {
		const reach = reachOf(row, span, range.end);
		if (reach === null) return [row];
		const cuts = times.length === 0 || reach.end - reach.start > longestMs ? [] : cutsOf(reach, nameAt);
		const isPast = isClipped && times.length > 0 && range.end > reach.start && range.end < reach.end && reach.end - reach.start <= longestMs;
		const inside = isPast ? [...cuts.filter((cut) => cut < range.end), range.end] : cuts;
		const parts = partsOf(row, span, [reach.start, ...inside, reach.end]);
		return isPast ? parts.slice(0, -1) : parts;
	};
}

type Span = NonNullable<ReportDefinition['span']>;

interface Reach {
	start: number;
	end: number;
}

function reachOf(row: Row, { from, to, seconds }: Span, rangeEnd: number): Reach | null {
	const start = offsetInstantIn(row[from]);
	if (start === null) return null;
	const lasted = numberReader(seconds)(row[seconds]);
	const end = offsetInstantIn(row[to]) ?? (lasted !== null && lasted > 0 ? Math.min(farthestInstantMs, start + lasted * 1000) : rangeEnd);
	return { start, end: Math.max(start, end) };
}

function partsOf(row: Row, { from, to, seconds }: Span, instants: readonly number[]): Row[] {
	const wholeMs = instants[instants.length - 1] - instants[0];
	const lasted = numberReader(seconds)(row[seconds]);
	return instants.slice(1).map((end, at) => {
		const start = instants[at];
		const share = wholeMs === 0 ? 1 : (end - start) / wholeMs;
		return Object.assign(Object.create(row) as Row, { [from]: new Date(start).toISOString(), [to]: new Date(end).toISOString(), [seconds]: lasted === null ? null : lasted * share });
	});
}

/** Where the name of the period changes. */
function cutsOf({ start, end }: Reach, nameAt: (instant: number) => unknown): number[] {
	const cuts: number[] = [];
	let name = nameAt(start);
	for (let at = Math.floor(start / quarterMs) * quarterMs + quarterMs; at < end; at += quarterMs) {
		const next = nameAt(at);
		if (next !== name) cuts.push(at);
		name = next;
	}
	return cuts;
}

import { DateTime } from 'luxon';

import { offsetText, type Column, type ReportRecord } from '../reports';
import { isInRange, type Range, type ReportQuery } from './query';

const localTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(:\d\d(?:\.\d{1,9})?)?$/;
/** Nearly ISO 8601. A zone's name in place of the offset is not read: each of its spellings would cost memory for good. */
const withOffset = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d:?\d\d)$/;
const minuteMs = 60_000;

/** What of a query the meaning of a row depends on. */
export type RowMeaning = Pick<ReportQuery, 'report' | 'clusterZone' | 'range'>;

/** What is worked out once for all rows of a query. */
interface Times {
	columns: string[];
	/** The field that holds a record's answers, if any, and those of their columns that are times. */
	answersIn: string | null;
	answerColumns: string[];
	clock: ClusterClock;
	asked: Range;
}

const timesOfQueries = new WeakMap<RowMeaning, Times>();

/** Makes the times of a row what the vendor's page says they are, in place: those without an offset get the cluster's. So do those of its answers. */
export function normalize(row: ReportRecord, meaning: RowMeaning): ReportRecord {
	const times = timesOf(meaning);
	setTimes(row, times.columns, times);
	const answers: unknown = times.answersIn === null ? null : row[times.answersIn];
	if (Array.isArray(answers)) for (const answer of answers) if (typeof answer === 'object' && answer !== null) setTimes(answer as ReportRecord, times.answerColumns, times);
	return row;
}

function setTimes(row: ReportRecord, columns: readonly string[], { clock, asked }: Times): void {
	for (const name of columns) {
		const value = row[name];
		if (typeof value === 'string' && !isIso(value)) row[name] = clock.isoOf(value, asked);
	}
}

function timesOf(meaning: RowMeaning): Times {
	const known = timesOfQueries.get(meaning);
	if (known) return known;
	const { columns, answers } = meaning.report;
	const times = {
		columns: timesAmong(columns),
		answersIn: answers?.field ?? null,
		answerColumns: timesAmong(answers?.columns ?? []),
		clock: new ClusterClock(meaning.clusterZone),
		asked: meaning.range,
	};
	timesOfQueries.set(meaning, times);
	return times;
}

function timesAmong(columns: readonly Column[]): string[] {
	return columns.filter(({ type }) => type === 'time').map(({ name }) => name);
}

function isIso(text: string): boolean {
	return text.endsWith('Z') && text.charAt(10) === 'T';
}

/**
 * Reads times without an offset by the clock of a cluster. Offsets are cached per quarter hour, because a lookup takes longer than everything
 * else done to a row. Clocks that changed within a quarter hour (at 00:01 in Newfoundland, until 2011) are ignored.
 */
class ClusterClock {
	private readonly offsets = new Map<string, number[]>();

	constructor(private readonly zone: string) {}

	/**
	 * ISO 8601 with the cluster's offset, or the text itself where it is no such time. Where clocks are set back, a text
	 * stands for two instants: the first one in the range that was asked for is meant, else the first.
	 */
	isoOf(text: string, asked: Range): string {
		const parts = localTime.exec(text);
		if (!parts) return this.withOwnOffset(text);
		const [, date, hour, minute, rest = ':00'] = parts;
		const asUtc = Date.parse(`${date}T${hour}:${minute}${rest}Z`);
		const possible = this.offsetsOf(`${date}T${hour}:${twoDigits(Math.floor(Number(minute) / 15) * 15)}`);
		const offset = possible.find((minutes) => isInRange(asUtc - minutes * minuteMs, asked)) ?? possible.at(0);
		if (offset === undefined || Number.isNaN(asUtc)) return text;
		const utc = new Date(asUtc).toISOString();
		return offset === 0 ? utc : utc.replace('Z', offsetText(offset * minuteMs));
	}

	/** In minutes from UTC, the greatest first: that is the earlier instant. */
	private offsetsOf(quarter: string): number[] {
		const known = this.offsets.get(quarter);
		if (known) return known;
		const time = DateTime.fromISO(quarter, { zone: this.zone });
		const possible = time.isValid ? time.getPossibleOffsets().map(({ offset }) => offset) : [];
		possible.sort((a, b) => b - a);
		this.offsets.set(quarter, possible);
		return possible;
	}

	/** `2026-07-01 10:00:00+02:00` is nearly ISO 8601. */
	private withOwnOffset(text: string): string {
		const parts = withOffset.exec(text);
		if (!parts) return text;
		const time = DateTime.fromISO(`${parts[1]}T${parts[2]}${parts[3]}`, { zone: this.zone });
		return time.isValid ? time.toISO() : text;
	}
}

function twoDigits(count: number): string {
	return String(count).padStart(2, '0');
}

import type { ReportRecord } from '../reports';
import { ClusterClock } from './clusterClock';
import { rangeOf, type Range, type ReportQuery } from './query';

/** What of a query the meaning of a row depends on. */
export type RowMeaning = Pick<ReportQuery, 'report' | 'clusterZone' | 'periods'>;

/** What is worked out once for all rows of a query. */
interface Times {
	columns: string[];
	clock: ClusterClock;
	asked: Range;
}

const timesOfQueries = new WeakMap<RowMeaning, Times>();

/**
 * Makes a row what the vendor's page says it is, in place: Mongo's extended JSON (`{"$oid": …}`, `{"$date": …}`) becomes
 * text, and times without an offset become ISO 8601 with the cluster's.
 */
export function normalize(row: ReportRecord, meaning: RowMeaning): ReportRecord {
	unwrapFields(row);
	const { columns, clock, asked } = timesOf(meaning);
	for (const name of columns) {
		const value = row[name];
		if (typeof value === 'string' && !isIso(value)) row[name] = clock.isoOf(value, asked);
	}
	return row;
}

function unwrapFields(holder: { [key: string]: unknown } | unknown[]): void {
	const fields = holder as { [key: string]: unknown };
	for (const key in fields) {
		const value = fields[key];
		if (typeof value === 'object' && value !== null) fields[key] = unwrap(value);
	}
}

function unwrap(value: object): unknown {
	if ('$oid' in value) return String(value.$oid);
	if ('$date' in value) return isoDate(value.$date);
	unwrapFields(value as { [key: string]: unknown });
	return value;
}

/** `$date` holds ISO text, a number of ms, or that number as text in `$numberLong`. */
function isoDate(date: unknown): unknown {
	if (typeof date === 'object' && date !== null && '$numberLong' in date) return isoDate(Number(date.$numberLong));
	if (typeof date !== 'number') return date;
	const parsed = new Date(date);
	return Number.isNaN(parsed.getTime()) ? date : parsed.toISOString();
}


function timesOf(meaning: RowMeaning): Times {
	const known = timesOfQueries.get(meaning);
	if (known) return known;
	const times = {
		columns: meaning.report.columns.filter(({ type }) => type === 'time').map(({ name }) => name),
		clock: new ClusterClock(meaning.clusterZone),
		asked: rangeOf(meaning),
	};
	timesOfQueries.set(meaning, times);
	return times;
}

function isIso(text: string): boolean {
	return text.endsWith('Z') && text.charAt(10) === 'T';
}

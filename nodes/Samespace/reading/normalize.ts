import type { ReportRecord } from '../reports';
import { ClusterClock } from './clusterClock';
import type { Range, ReportQuery } from './query';

/** What of a query the meaning of a row depends on. */
export type RowMeaning = Pick<ReportQuery, 'report' | 'clusterZone' | 'range'>;

/** What is worked out once for all rows of a query. */
interface Times {
	columns: string[];
	clock: ClusterClock;
	asked: Range;
}

const timesOfQueries = new WeakMap<RowMeaning, Times>();

/** Makes the times of a row what the vendor's page says they are, in place: those without an offset get the cluster's. */
export function normalize(row: ReportRecord, meaning: RowMeaning): ReportRecord {
	const { columns, clock, asked } = timesOf(meaning);
	for (const name of columns) {
		const value = row[name];
		if (typeof value === 'string' && !isIso(value)) row[name] = clock.isoOf(value, asked);
	}
	return row;
}

function timesOf(meaning: RowMeaning): Times {
	const known = timesOfQueries.get(meaning);
	if (known) return known;
	const times = {
		columns: meaning.report.columns.filter(({ type }) => type === 'time').map(({ name }) => name),
		clock: new ClusterClock(meaning.clusterZone),
		asked: meaning.range,
	};
	timesOfQueries.set(meaning, times);
	return times;
}

function isIso(text: string): boolean {
	return text.endsWith('Z') && text.charAt(10) === 'T';
}

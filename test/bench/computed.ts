import type { Case } from './cases.ts';
import { pageSizeOf } from './contenders/index.ts';
import { median } from './figures.ts';
import type { Series } from './measure.ts';

/**
 * Seconds that a contender would take for a larger report than it has read, one page after another in a single window.
 *
 * What the cluster lets it wait is known exactly: the server time for each page, and the cost of all the rows that the pages
 * skip. Everything else (the difference between the measured time and the cluster's share of it) is taken in proportion to the
 * records. That's the least it can be: garbage collection takes more than its share of a larger report.
 */
export function computedSeconds(of: Case, measured: Series, records: number): number {
	const pageSize = pageSizeOf(measured.contender, of);
	const rest = median(measured.seconds) - waitingSeconds(of, measured.records, pageSize);
	return waitingSeconds(of, records, pageSize) + (rest * records) / measured.records;
}

/** Seconds that the cluster lets a client wait that reads all pages of a single window one after another. */
export function waitingSeconds({ serverMs, skipCostMs = 0 }: Pick<Case, 'serverMs' | 'skipCostMs'>, records: number, pageSize: number): number {
	const pages = Math.ceil(records / pageSize);
	const skippedRows = (pageSize * pages * (pages - 1)) / 2;
	const meanMs = typeof serverMs === 'number' ? serverMs : (serverMs.fromMs + serverMs.toMs) / 2;
	return (pages * meanMs + (skippedRows / 1000) * skipCostMs) / 1000;
}

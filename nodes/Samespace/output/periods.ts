import type { Range, ReportDefinition, ReportRecord } from '../reports';
import { isoText } from './calendar';
import { createMerge, type Merge } from './merge';
import type { Row, Rows } from './plan';

/** Totals with the period that they are over, as ISO 8601 in the zone. */
export function stampedRows(records: readonly ReportRecord[], period: Range, timezone: string): Row[] {
	const stamps = stampsOf(period, timezone);
	return records.map((record) => ({ ...record, ...stamps }));
}

/** One row an agent over all batches, stamped with the whole stretch of time that was asked for. */
export function createMergedRows(report: ReportDefinition, timezone: string): Rows {
	const merge = createMerge(report);
	const whole: Range = { start: Infinity, end: -Infinity };
	return {
		take(records, { start, end }) {
			whole.start = Math.min(whole.start, start);
			whole.end = Math.max(whole.end, end);
			for (const record of records) merge.add(record);
			return [];
		},
		*finish() {
			const stamps = Number.isFinite(whole.start) ? stampsOf(whole, timezone) : {};
			for (const { row, rows } of merge.finish()) yield { ...row, ...stamps, merged_periods: rows };
		},
	};
}

/** One row an agent and period: a month of 31 days comes in two batches of one period. */
export function createPeriodRows(report: ReportDefinition, timezone: string): Rows {
	let current: { period: Range; merge: Merge } | null = null;
	function* close(): Generator<Row> {
		if (current === null) return;
		const stamps = stampsOf(current.period, timezone);
		for (const { row } of current.merge.finish()) yield { ...row, ...stamps };
	}
	return {
		take(records, period) {
			const isNew = current === null || current.period.start !== period.start || current.period.end !== period.end;
			const closed = isNew ? [...close()] : [];
			if (current === null || isNew) current = { period, merge: createMerge(report) };
			for (const record of records) current.merge.add(record);
			return closed;
		},
		finish: close,
	};
}

function stampsOf({ start, end }: Range, timezone: string): Row {
	return { period_start: isoText(start, timezone), period_end: isoText(end, timezone) };
}

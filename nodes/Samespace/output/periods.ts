import type { ReportDefinition, ReportRecord } from '../reports';
import { isoText } from './calendar';
import { createMerge } from './merge';
import type { Period, Row, Rows } from './plan';

/** Totals with the period that they are over, as ISO 8601 in the zone. */
export function stampedRows(records: readonly ReportRecord[], period: Period, timezone: string): Row[] {
	const stamps = stampsOf(period, timezone);
	return records.map((record) => ({ ...record, ...stamps }));
}

/** One row an agent over all batches, stamped with the whole stretch of time that was asked for. */
export function createMergedRows(report: ReportDefinition, timezone: string): Rows {
	const merge = createMerge(report);
	const whole: Period = { start: Infinity, end: -Infinity };
	return {
		take(records, { start, end }) {
			whole.start = Math.min(whole.start, start);
			whole.end = Math.max(whole.end, end);
			for (const record of records) merge.add(record);
			return [];
		},
		finish() {
			const merged = merge.finish();
			if (merged.length === 0) return [];
			const stamps = stampsOf(whole, timezone);
			return merged.map(({ row, rows }) => ({ ...row, ...stamps, merged_periods: rows }));
		},
	};
}

function stampsOf({ start, end }: Period, timezone: string): Row {
	return { period_start: isoText(start, timezone), period_end: isoText(end, timezone) };
}

import type { ReportDefinition, ReportRecord } from '../reports';
import type { Condition, Range } from './query';

/** When a record lies in time, in ms since 1970; null where rows are totals, or where its time cannot be read. */
export function timeOf(record: ReportRecord, { timeField }: ReportDefinition): number | null {
	const text = timeField === null ? undefined : record[timeField];
	const time = typeof text === 'string' ? Date.parse(text) : NaN;
	return Number.isNaN(time) ? null : time;
}

/** Whether a time lies in the range. What has no time is taken: it cannot be shown to lie outside. */
export function isInRange(time: number | null, range: Range): boolean {
	return time === null || (time >= range.start && time <= range.end);
}

/** Whether a record meets every condition. */
export function meets(record: ReportRecord, conditions: readonly Condition[]): boolean {
	return conditions.every((condition) => condition.accepts(record));
}

/** The condition that the value at a dotted path is one of those given. */
export function oneOf(path: string, values: readonly unknown[], sent: boolean): Condition {
	const wanted = new Set(values);
	return { sent, accepts: (record) => wanted.has(valueAt(record, path)) };
}

/** The value at a dotted path (`custom_data.dial_id`); a field whose own name has dots comes first. */
export function valueAt(record: ReportRecord, path: string): unknown {
	if (path in record) return record[path];
	let value: unknown = record;
	for (const step of path.split('.')) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = (value as ReportRecord)[step];
	}
	return value;
}

import type { ReportDefinition, ReportRecord } from '../reports';
import type { Condition, Range } from './query';

/** Whether a record lies in the range. A record without a readable time is taken: it cannot be shown to lie outside. */
export function isInRange(record: ReportRecord, range: Range, report: ReportDefinition): boolean {
	if (report.timeField === null) return true;
	const text = record[report.timeField];
	const time = typeof text === 'string' ? Date.parse(text) : NaN;
	return Number.isNaN(time) || (time >= range.start && time <= range.end);
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

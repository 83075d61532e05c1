import { instantIn, valueAt, type ReportDefinition, type ReportRecord } from '../reports';
import type { Condition, Range } from './query';

/** When a record lies in time, in ms since 1970; null where rows are totals, or where its time cannot be read. */
export function timeOf(record: ReportRecord, { timeField }: ReportDefinition): number | null {
	return timeField === null ? null : instantIn(record[timeField]);
}

/** Whether a time lies in the range. What has no time is taken: it cannot be shown to lie outside. */
export function isInRange(time: number | null, range: Range): boolean {
	return time === null || (time >= range.start && time <= range.end);
}

/** Whether a record meets every condition. */
export function meets(record: ReportRecord, conditions: readonly Condition[]): boolean {
	return conditions.every((condition) => condition.accepts(record));
}

/** The condition that the value at a dotted path is one of those given, as people see them: text and number alike, white space aside. */
export function oneOf(path: string, values: readonly unknown[], sent: boolean): Condition {
	const wanted = new Set(values.map(seenText));
	return { sent, filter: path, accepts: (record) => wanted.has(seenText(valueAt(record, path))) };
}

/** Null for what has no one text: a list, an object, nothing. */
function seenText(value: unknown): string | null {
	return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : null;
}

import type { ReportRecord } from '../../reports';
import { endOf } from '../query';

/** A row, what tells it from all others, and when it lies in time; null where that cannot be read. */
export interface Row {
	record: ReportRecord;
	key: string;
	time: number | null;
}

/** How long a row lasts, in ms; Infinity for one without a time. */
export function lastingMs({ record, time }: Row): number {
	return time === null ? Infinity : Math.max(0, (endOf(record) ?? time) - time);
}

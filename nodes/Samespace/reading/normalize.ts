import { DateTime } from 'luxon';

import type { ReportDefinition, ReportRecord } from '../reports';

/**
 * Makes a row what the vendor's page says it is, in place: Mongo's extended JSON (`{"$oid": …}`, `{"$date": …}`) becomes
 * text, and times without an offset become ISO 8601 with the cluster's.
 */
export function normalize(row: ReportRecord, report: ReportDefinition, clusterZone: string): ReportRecord {
	unwrapFields(row);
	for (const column of report.columns) {
		if (column.type !== 'time') continue;
		const value = row[column.name];
		if (typeof value === 'string' && value.charAt(10) === ' ') row[column.name] = withOffset(value, clusterZone);
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

function withOffset(text: string, zone: string): string {
	const parsed = DateTime.fromSQL(text, { zone });
	return parsed.isValid ? parsed.toISO() : text;
}

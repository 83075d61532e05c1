import type { Row } from './plan';

const decimal = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const formulaStart = /^[=+\-@\t\r]/;
const needsQuotes = /[",\r\n]/;

/** The columns' names as a record of RFC 4180, its line break included. */
export function csvHeader(columns: readonly string[]): string {
	return `${columns.map(csvCell).join(',')}\r\n`;
}

/** A row's values under the columns as a record of RFC 4180, its line break included. */
export function csvLine(row: Row, columns: readonly string[]): string {
	return `${columns.map((column) => csvCell(row[column])).join(',')}\r\n`;
}

/**
 * A value as a cell of RFC 4180. Null and nothing are empty; lists and objects are JSON.
 *
 * A spreadsheet runs text that begins with `=`, `+`, `-`, `@`, tab or CR as a formula, so such text gets a `'` in front
 * (OWASP: CSV injection). A number is no formula: `-5` and phone numbers such as `+918530610172` stay as they are.
 */
export function csvCell(value: unknown): string {
	if (typeof value === 'string') return quoted(withoutFormula(value));
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? quoted(JSON.stringify(value)) : String(value);
}

function withoutFormula(text: string): string {
	return formulaStart.test(text) && !decimal.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
	return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import type { Row } from './plan';

const decimal = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** What a spreadsheet runs. It reads the full-width signs of East Asian keyboards as the others. */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** The same where a cell begins within our text: a quote may open it there, and blanks are passed over. */
const splitFormulaStart = /^[\s"\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** Where a spreadsheet that separates cells by semicolons or tabs begins a new cell, quotes or not. */
const cellBreak = /([;\t\r\n]+)/;
/** With quotes around it, such a cell cannot join with its neighbours into a formula. */
const needsQuotes = /[",;\t\r\n]/;

/** The columns' names as a record of RFC 4180, its line break included. */
export function csvHeader(columns: readonly string[]): string {
	return `${columns.map((column) => csvCell(column)).join(',')}\r\n`;
}

/** A row's values under the columns as a record of RFC 4180, its line break included. */
export function csvLine(row: Row, columns: readonly string[], escapeFormulas = true): string {
	return `${columns.map((column) => csvCell(row[column], escapeFormulas)).join(',')}\r\n`;
}

/**
 * A value as a cell of RFC 4180. Null and nothing are empty; lists and objects are JSON.
 *
 * A spreadsheet runs text that begins with `=`, `+`, `-`, `@`, a tab or a line break as a formula, so such text gets a `'` in
 * front (OWASP: CSV injection). Where semicolons separate cells, as in much of Europe, a spreadsheet splits `x;=1+1` in two although
 * it is quoted; so what follows a semicolon, a tab or a line break is looked at as well. A cell that is a number isn't a formula: `-5`
 * and phone numbers such as `+918530610172` stay as they are.
 */
export function csvCell(value: unknown, escapeFormulas = true): string {
	if (value === null || value === undefined) return '';
	if (typeof value !== 'string' && typeof value !== 'object') return String(value);
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return quoted(escapeFormulas ? withoutFormulas(text) : text);
}

function withoutFormulas(text: string): string {
	const start = formulaStart.test(text) && !decimal.test(text) ? "'" : '';
	if (!cellBreak.test(text)) return start + text;
	const [first, ...rest] = text.split(cellBreak);
	return start + first + rest.map((part, at) => (at % 2 === 1 && splitFormulaStart.test(part) ? `'${part}` : part)).join('');
}

function quoted(text: string): string {
	return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

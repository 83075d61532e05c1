import type { ReportDefinition, ReportRecord } from '../../reports';
import { failed, success, type Outcome } from '../failure';
import { messageIn, saysFault, saysNothing, shapeOf, titleIn } from './shape';

/** One page as it came. */
export interface Page {
	rows: ReportRecord[];
	/** Rows that the API says there are in all, or null where it does not say. */
	total: number | null;
	/** The answer was one record by itself, in no list. */
	bare: boolean;
	/** Rows that were asked for; Infinity where the cluster takes no `limit`. */
	asked: number;
	/** It has no rows, and says so in another way than by an empty list (U19). */
	isOdd?: boolean;
}

/** A total above it is no count of rows. */
const mostRows = 1_000_000_000;

/**
 * Reads an answer's body: `{total, data}`, a bare list, `{data}` without a total, or a single record.
 * Anything else is `unexpected`; a row that is no record makes it `strange`.
 *
 * @param asked the `limit` of the request
 */
export function parsePage(body: unknown, report: ReportDefinition, asked = 1): Outcome<Page> {
	if (Array.isArray(body)) return pageOf(body, null, asked);
	// Some clusters send nothing at all for nothing (U19).
	if (body === null || body === '' || isWordOfNothing(body)) return success({ rows: [], total: null, bare: false, asked, isOdd: true });
	if (!isObject(body)) return failed({ kind: 'unreadable', detail: shapeOf(body), said: titleIn(body) });
	if (saysError(body, isRecordOf(body, report))) return failed({ kind: 'reported', said: messageIn(body) });
	if ('data' in body && (body.data === null || Array.isArray(body.data))) {
		const page = pageOf(body.data ?? [], parseTotal(body.total), asked);
		return page.ok && page.value.rows.length === 0 && page.value.total === null ? success({ ...page.value, isOdd: true }) : page;
	}
	if (Object.keys(body).length === 0) return success({ rows: [], total: null, bare: false, asked, isOdd: true });
	if (isRecordOf(body, report)) return success({ rows: [body], total: null, bare: true, asked });
	return failed({ kind: 'unexpected', detail: shapeOf(body) });
}

/** `{"message": "No data found"}`, and nothing else of weight. */
function isWordOfNothing(body: unknown): boolean {
	if (!isObject(body) || !saysNothing(body.message) || !isNothing(body.error)) return false;
	return isNothing(body.data);
}

/** The same answer with a record without any field in the place of each row that is none; and how many these are. */
export function withoutStrangeRows(body: unknown): { body: unknown; strange: number } {
	const rows: unknown = Array.isArray(body) ? body : isObject(body) ? body.data : undefined;
	if (!Array.isArray(rows)) return { body, strange: 0 };
	const records = rows.map((row: unknown) => (isObject(row) ? row : {}));
	const strange = rows.filter((row) => !isObject(row)).length;
	return { body: isObject(body) ? { ...body, data: records } : records, strange };
}

function pageOf(rows: unknown[], total: number | null, asked: number): Outcome<Page> {
	const stranger = rows.findIndex((row) => !isObject(row));
	if (stranger >= 0) {
		return failed({ kind: 'strange', detail: `Row ${stranger + 1} of a page is ${shapeOf(rows[stranger])}` });
	}
	return success({ rows: rows as ReportRecord[], total, bare: false, asked });
}

/** A total that is no count of rows says nothing. */
function parseTotal(total: unknown): number | null {
	const count = typeof total === 'string' && total.trim() !== '' ? Number(total) : total;
	return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= mostRows ? count : null;
}

/**
 * HTTP 200 whose body reports an error (U26): its rows, if any, are not all. `{"error": 0}`, `{"error": {}}` and `{"error": null}` beside
 * rows are none, and a record by itself may have a `status` of its own.
 */
function saysError({ error, errors, success: isGood, ok, code, status, statusCode, message, total, data }: ReportRecord, isRecord: boolean): boolean {
	if (!isNothing(error) || !isNothing(errors) || isGood === false) return true;
	if (isRecord) return false;
	const hasRows = Array.isArray(data) && data.length > 0;
	const isBad = ok === false || [isGood, ok].some((flag) => textOf(flag) === 'false');
	const saysByStatus = isBad || errorWords.has(textOf(status)) || [status, statusCode].some(isErrorCode);
	return saysByStatus || (!hasRows && (isErrorCode(code) || ((parseTotal(total) ?? 0) === 0 && saysFault(message))));
}

const errorWords: ReadonlySet<string> = new Set(['error', 'fail', 'failed', 'failure', 'timeout']);

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.toLowerCase() : '';
}

function isErrorCode(value: unknown): boolean {
	const code = typeof value === 'string' && /^\d{3}$/.test(value.trim()) ? Number(value) : value;
	return typeof code === 'number' && code >= 400 && code < 600;
}

function isNothing(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
	return value === undefined || value === null || value === false || value === '' || value === 0;
}

function isRecordOf(body: ReportRecord, report: ReportDefinition): boolean {
	return Object.hasOwn(body, report.id) || (report.timeField !== null && Object.hasOwn(body, report.timeField));
}

function isObject(value: unknown): value is ReportRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

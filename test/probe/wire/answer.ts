import { recordFields } from '../reports.ts';
import { instantOf } from '../times.ts';

export type Row = Record<string, unknown>;

/** Why there is no answer, or none that counts. */
export type Failure = 'no connection' | 'a timeout' | 'an answer over 64 MB' | 'too many requests already';

/** What came for one request, its body parsed. `status` 0: nothing. */
export type Answer = {
	status: number;
	body: 'json' | 'html' | 'text' | 'none';
	json?: unknown;
	tookMs: number;
	failure?: Failure;
};

/** Whether it is a page of rows, or says that there are none (U19), as opposed to an error. */
export function isPage(answer: Answer): boolean {
	if (answer.failure !== undefined || reportsError(answer)) return false;
	if (answer.status === 404) return isObject(answer.json) && typeof answer.json.message === 'string';
	return answer.status >= 200 && answer.status < 300 && (answer.body === 'json' || answer.body === 'none');
}

/** Whether the cluster refused what was asked, for its content: not for the key, the rate or a path. */
export function isRefused({ status, failure }: Answer): boolean {
	return failure === undefined && status >= 400 && ![401, 403, 404, 408, 429].includes(status);
}

/** U26: whether the body of a 2xx reports an error instead of rows. */
export function reportsError({ status, json }: Answer): boolean {
	if (status < 200 || status > 299 || !isObject(json) || listIn(json).length > 0) return false;
	const { error, code, status: word } = json;
	const tells = typeof error === 'string' ? error !== '' : isObject(error) && Object.keys(error).length > 0;
	return tells || (typeof code === 'number' && code >= 400) || word === 'error';
}

/** The rows of an answer under each envelope (U1); none of anything else. */
export function rowsOf(answer: Answer): Row[] {
	return isPage(answer) ? listIn(answer.json) : [];
}

/** What the answer says its total is; undefined where it says nothing. */
export function totalOf({ json }: Answer): unknown {
	return isObject(json) && 'total' in json && !isBareRecord(json) ? json.total : undefined;
}

/** Whether an object is one record without an envelope. */
export function isBareRecord(json: Row): boolean {
	return Object.keys(json).filter((name) => recordFields.has(name)).length >= 2;
}

/** A record's id as text. */
export function idOf({ _id }: Row): string {
	return typeof _id === 'string' ? _id : JSON.stringify(_id ?? null);
}

/** A record's start, and its end where it has one: milliseconds since 1970. */
export function timesOf(row: Row): { startMs?: number; endMs?: number } {
	return { startMs: instantOf(row.start_time), endMs: instantOf(row.end_time) };
}

export function isObject(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listIn(json: unknown): Row[] {
	if (Array.isArray(json)) return json.filter(isObject);
	if (!isObject(json)) return [];
	if (Array.isArray(json.data)) return json.data.filter(isObject);
	if (isObject(json.data)) return [json.data];
	return isBareRecord(json) ? [json] : [];
}

import { isBareRecord, isObject, reportsError } from '../wire/answer.ts';
import type { Answer } from '../wire/answer.ts';

/** Names of fields around rows and errors that may be printed; any other may be somebody's name. */
const knownKeys = [
	...['total', 'data', 'message', 'error', 'errors', 'code', 'status', 'statusCode', 'success', 'result', 'results'],
	...['rows', 'records', 'items', 'count', 'limit', 'skip', 'page', 'next'],
];

/** The shape of an answer's body, in words that hold no value: `{total: number, data: […]}`. */
export function shapeOf({ body, json }: Answer): string {
	if (body === 'none') return 'an empty body';
	if (body === 'html') return 'an HTML page';
	if (body === 'text') return 'plain text';
	if (!isObject(json)) return `\`${valueShape(json)}\``;
	if (isBareRecord(json)) return 'one record as a bare object';
	const known = knownKeys.filter((key) => Object.hasOwn(json, key));
	const others = Object.keys(json).length - known.length;
	const fields = known.map((key) => `${key}: ${valueShape(json[key])}`);
	return `\`{${[...fields, ...(others > 0 ? [`${others} more`] : [])].join(', ')}}\``;
}

/** The shape of an answer with its status where that isn't 200. */
export function answerShape(answer: Answer): string {
	return answer.status === 200 ? shapeOf(answer) : `HTTP ${answer.status} with ${shapeOf(answer)}`;
}

/** The envelope of a page with rows (U1), in the words of the contract. */
export function envelopeOf({ json }: Answer): string {
	if (Array.isArray(json)) return 'a bare array';
	if (!isObject(json)) return 'no JSON object';
	if (isBareRecord(json)) return 'a single object';
	if (!Array.isArray(json.data)) return shapeOf({ status: 200, body: 'json', json, tookMs: 0 });
	return 'total' in json ? '`{total, data}`' : '`{data}` without `total`';
}

/** Whether an answer is an error, by its status or by what it says. */
export function isError(answer: Answer): boolean {
	return answer.failure === undefined && (answer.status >= 400 || reportsError(answer));
}

function valueShape(value: unknown): string {
	if (value === null || value === 0) return String(value);
	if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]';
	if (typeof value === 'object') return Object.keys(value as object).length === 0 ? '{}' : '{…}';
	return typeof value === 'string' ? 'text' : typeof value;
}

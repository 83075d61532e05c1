import type { Answer } from './hostileCluster.ts';
import type { Secret } from './leaks.ts';

/** A key with characters that JSON, URLs and HTML escape. */
export const apiKey = 'Nr5ux@9D4"EH\\!rhp&2O9G%uuC#S';

/** What must be nowhere of the key: all of it, and what is left where it was cut. */
export const keySecrets: Secret[] = [
	{ name: 'API key', value: apiKey },
	{ name: 'beginning of the API key', value: apiKey.slice(0, 8) },
	{ name: 'end of the API key', value: apiKey.slice(-8) },
];

/** What must be nowhere of a customer. */
export const customerSecrets: Secret[] = [
	{ name: 'phone number', value: '8530619999' },
	{ name: 'phone number with blanks', value: '85306 19999' },
	{ name: 'phone number with hyphens', value: '85306-19999' },
	{ name: 'note', value: 'MARKED-NOTE' },
];

const record = {
	caller: '+918530619999',
	callee: '+91 85306 19999',
	custom_data: { note: 'MARKED-NOTE-4711', mobile: '+91-85306-19999', home: '08530619999' },
	_id: '64f0c0ffee',
	start_time: '2026-03-01T10:00:00.000Z',
	end_time: '2026-03-01T10:05:00.000Z',
	status: 'answered',
	direction: 'in',
};
const numbers = 'Call of +918530619999 (+91 85306 19999, +91-85306-19999)';
const words = `${numbers}: MARKED-NOTE-4711`;
const page = JSON.stringify({ total: 2, data: [record, { ...record, _id: '64f0c0ffef' }] });

/** Answers with a customer's data in them that are no report. */
export const brokenAnswers: ReadonlyMap<string, Answer> = new Map(
	Object.entries({
		'200, cut short in a record': { status: 200, body: page.slice(0, -60) },
		'200, broken off in a record': { status: 200, body: page.slice(0, -60), breaksOff: true },
		...spoken(200, {
			'a row is a list': { total: 2, data: [[record.caller, record.custom_data.note], record] },
			'a row is a text': { total: 1, data: [words] },
			'lists in a list': [[record]],
			'rows by another name': { total: 1, rows: [record] },
			'a record in the place of the rows': { total: 1, data: record },
			'an error beside rows': { error: 'timed out', total: 1, data: [record] },
			'an error that is a record': { error: record },
			'errors that are records': { errors: [record] },
			'fewer rows than announced': { total: 5, data: [record] },
			'a text': words,
		}),
		'200, no JSON': { status: 200, body: words },
		'200, CSV': { status: 200, body: `caller,note\n${record.caller},${record.custom_data.note}\n` },
		'200, a page': { status: 200, body: `<html><body>${words}</body></html>` },
		...Object.assign({}, ...[400, 401, 404, 422, 429, 500, 503].map((status) =>
			spoken(status, {
				rows: { data: [record] },
				'rows beside a message': { message: 'No such report', data: [record] },
				'a record': record,
				'a list': [record],
				'an error that is a record': { error: record },
				'an error with details': { error: { code: 7, details: [record] } },
				'a message with numbers': { message: numbers },
			}),
		)),
		// The cluster's own message is shown, without phone numbers.
		'400, no JSON': { status: 400, body: numbers },
		'500, no JSON': { status: 500, body: numbers },
		'500, cut short': { status: 500, body: page.slice(0, -60) },
	}),
);

function spoken(status: number, bodies: { [shape: string]: unknown }): { [name: string]: Answer } {
	return Object.fromEntries(Object.entries(bodies).map(([shape, body]) => [`${status}, ${shape}`, { status, body: JSON.stringify(body) }]));
}

const inHtml: { [character: string]: string } = { '&': '&amp;', '"': '&quot;' };
const spellings: { [name: string]: string } = {
	'as it is': apiKey,
	'in upper case': apiKey.toUpperCase(),
	'in lower case': apiKey.toLowerCase(),
	'for JSON': JSON.stringify(apiKey).slice(1, -1),
	'for JSON, twice': JSON.stringify(JSON.stringify(apiKey)).slice(3, -3),
	'for a URL': encodeURIComponent(apiKey),
	'for a URL, twice': encodeURIComponent(encodeURIComponent(apiKey)),
	'for HTML': apiKey.replace(/[&"]/g, (character) => inHtml[character]),
	'for HTML, by number': apiKey.replace(/\W/g, (character) => `&#${character.charCodeAt(0)};`),
	'for HTML, by hex number': apiKey.replace(/\W/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`),
	'in base64': Buffer.from(apiKey).toString('base64'),
	'in base64 of user:KEY': Buffer.from(`user:${apiKey}`).toString('base64'),
	'in hex': Buffer.from(apiKey).toString('hex'),
	// Wherever the node cuts a quote, it cuts the key in one of these.
	'over and over': `${apiKey} `.repeat(20),
	'over and over, begun later': `${'.'.repeat(14)}${`${apiKey} `.repeat(20)}`,
};

/** Answers that repeat the key that came with the request. */
export const echoes: ReadonlyMap<string, Answer> = new Map(
	Object.entries(spellings).flatMap(([spelling, key]) => {
		const said = `The key ${key} is wrong`;
		const messages = [200, 400, 401, 500].map((status) => spoken(status, { [`in a message ${spelling}`]: { error: said } }));
		const field = spoken(500, { [`in a field ${spelling}`]: { headers: { 'x-api-key': key } } });
		return Object.entries<Answer>(Object.assign({ [`500, in words ${spelling}`]: { status: 500, body: said } }, field, ...messages));
	}),
);

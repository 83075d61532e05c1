import * as fc from 'fast-check';

import { runNode, type NodeRun } from '../support/runNode.ts';
import { attack, goodCredential, type Answer } from './support/attack.ts';
import { allOf, credentialOf, hostileKey, json, startRawCluster, type Handler, type RawCluster } from './support/rawCluster.ts';
import { tallyOf } from './support/tally.ts';
import { inheritedNames, oddValue } from './support/values.ts';

const counted = tallyOf('answers of the cluster');

const phone = '+918530619999';
const note = 'MARKED-NOTE she was in tears';
const record = { _id: 'a', caller: phone, notes: note, start_time: '2026-03-01T10:00:00.000Z' };

const answered = (body: unknown, statusCode = 200): Answer => ({ statusCode, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) });
const parametersOf = (operation: string, output = 'raw') => ({ ...allOf(operation), output, fields: ['_id'], options: { maxRetries: 0 } });

describe('callers and notes are in no error', () => {
	const page = JSON.stringify({ total: 2, data: [record, record] });

	it.each<[string, string, number?]>([
		['a page cut in a note', page.slice(0, page.indexOf('tears'))],
		['a page cut in a number', page.slice(0, page.indexOf('9999') + 2)],
		['the middle of a page', page.slice(page.indexOf('"caller"'))],
		['a row that is a text', JSON.stringify({ total: 1, data: [note, phone] })],
		['a row that is a number', JSON.stringify({ total: 1, data: [918530619999] })],
		['a record by itself in a strange wrapper', JSON.stringify({ result: record })],
		['records by phone number', JSON.stringify({ [phone]: record })],
		['records as text', `caller,notes\n${phone},${note}\n`],
		['an error that holds a record', JSON.stringify({ error: record, data: [record] })],
		['no success, with rows', JSON.stringify({ success: false, data: [record] })],
		['a refusal that quotes a record', JSON.stringify({ message: `cannot read ${JSON.stringify(record)}` }), 400],
		['a refusal that names a number', JSON.stringify({ message: `no call of +91 85306 19999` }), 400],
		['a refusal with records and no words', JSON.stringify({ data: [record] }), 422],
		['a failure whose body is a cut page', page.slice(0, 90), 500],
		['a failure with a list', JSON.stringify([record]), 503],
		['a refusal that is a record', JSON.stringify({ ...record, message: note }), 400],
		['a failure in CSV', `c1,2026-03-01,${phone},${note}`, 502],
		['a failure whose page is cut at the front', `r":"${phone}","notes":"${note}"}`, 500],
		['a page with a number in its title', `<title>Call from ${phone}</title>`],
		['a refusal that names a number in a URL', JSON.stringify({ message: `no call of ${encodeURIComponent('+91 85306 19999')}` }), 400],
		['a refusal that names a number in HTML', JSON.stringify({ message: 'no call of 91&nbsp;85306&nbsp;19999' }), 400],
		['a refusal that names a number behind a date', JSON.stringify({ message: `at 2026-03-01 ${phone}` }), 400],
		['a refusal that names a number like a date', JSON.stringify({ message: 'of 8530-61-99-99' }), 400],
		['records by name', JSON.stringify({ MARKED: record, Tears_Anna: record })],
	])('%s', async (_, body, statusCode = 200) => {
		for (const operation of ['getCalls', 'getSessions', 'getProductivity', 'getCsat']) {
			const { error } = await attack({ parameters: parametersOf(operation), answer: () => answered(body, statusCode) });
			if (error === undefined) continue;
			const all = JSON.stringify([error.message, error.description, error, error.cause, error.context]);
			expect(all).not.toMatch(/8530619999|85306 19999|85306%2019999|8530-61-99-99|85306&nbsp;19999|91853061|MARKED|tears/i);
			counted();
		}
	});
});

describe('the key is in no error and in no item', () => {
	const forms: { [form: string]: string } = {
		plain: hostileKey,
		upper: hostileKey.toUpperCase(),
		json: JSON.stringify(hostileKey).slice(1, -1),
		jsonTwice: JSON.stringify(JSON.stringify(hostileKey).slice(1, -1)).slice(1, -1),
		url: encodeURIComponent(hostileKey),
		urlTwice: encodeURIComponent(encodeURIComponent(hostileKey)),
		html: hostileKey.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
		htmlNumbers: hostileKey.replace(/[^a-z0-9]/gi, (found) => `&#${found.charCodeAt(0)};`),
		base64: Buffer.from(hostileKey).toString('base64'),
		basicAuth: Buffer.from(`user:${hostileKey}`).toString('base64'),
		base64url: Buffer.from(hostileKey).toString('base64url'),
		hex: Buffer.from(hostileKey).toString('hex'),
		octal: hostileKey.replace(/[^]/g, (found) => `\\${found.charCodeAt(0).toString(8).padStart(3, '0')}`),
		percentU: hostileKey.replace(/[^]/g, (found) => `%u${found.charCodeAt(0).toString(16).padStart(4, '0')}`),
		fullWidth: hostileKey.replace(/[!-~]/g, (found) => String.fromCharCode(found.charCodeAt(0) + 0xfee0)),
		zeroWidth: (hostileKey.match(/.{1,7}/g) ?? []).join('\u200b'),
		softHyphens: (hostileKey.match(/.{1,5}/g) ?? []).join('\u00ad'),
		nbsp: (hostileKey.match(/.{1,7}/g) ?? []).join('&nbsp;'),
		lines: (hostileKey.match(/.{1,7}/g) ?? []).join('\\n'),
		dotted: (hostileKey.match(/.{1,7}/g) ?? []).join('.'),
		base64Twice: Buffer.from(Buffer.from(hostileKey).toString('base64')).toString('base64'),
		utf16: Buffer.from(hostileKey, 'utf16le').toString('base64'),
		reversed: [...hostileKey].reverse().join(''),
		bytes: Buffer.from(hostileKey).join(','),
		hexBytes: (Buffer.from(hostileKey).toString('hex').match(/../g) ?? []).join(':'),
		sixTimesEscaped: hostileKey.replace(/[^a-z0-9]/gi, (found) => `&amp;amp;amp;amp;amp;#${found.charCodeAt(0)};`),
	};
	const places: { [place: string]: (form: string) => Handler } = {
		'a message of 400': (form) => json({ message: `unknown key ${form}.` }, 400),
		'an error of 500': (form) => json({ error: { message: `${'x'.repeat(150)} ${form}` } }, 500),
		'a gateway’s line': (form) => json(`denied: ${form}`, 502),
		'the title of a page': (form) => json(`<html><head><title>Key ${form}</title></head></html>`),
		'an error in a status of 200': (form) => json({ success: false, message: form, data: null }),
		'a key of JSON': (form) => json({ [form]: 1 }),
	};
	let cluster: RawCluster;
	afterEach(async () => await cluster.close());

	it.each(Object.keys(places))('that repeats it in %s', async (place) => {
		for (const form of Object.values(forms)) {
			cluster = await startRawCluster(places[place](form));
			for (const continueOnFail of [false, true]) {
				const run = await runNode({ parameters: allOf('getCalls'), credential: credentialOf(cluster), continueOnFail });
				expectNoKey(run);
				counted();
			}
			await cluster.close();
		}
	}, 300_000);

	it('a report that holds the key comes without it', async () => {
		for (const form of [forms.plain, forms.url, forms.html, forms.htmlNumbers, forms.base64, forms.basicAuth, forms.base64url, forms.hex]) {
			for (const written of [JSON.stringify(form), `"${form.replace(/[^]/g, (found) => (/[a-z0-9]/i.test(found) ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`))}"`]) {
				cluster = await startRawCluster(json(`{"total":1,"data":[{"_id":"a","domain_id":1455,"custom_data":{"header":${written},"other":"kept"}}]}`));
				const run = await runNode({ parameters: allOf('getCalls'), credential: credentialOf(cluster) });
				expect(run.json).toMatchObject([{ _id: 'a', domain_id: 1455, custom_data: { header: expect.stringContaining('***') as string, other: 'kept' } }]);
				expectNoKey(run);
				counted();
				await cluster.close();
			}
		}
	});

	function expectNoKey(run: NodeRun): void {
		const all = [run.error?.message, run.error?.description, JSON.stringify(run)].join('\n').toLowerCase();
		for (const [name, form] of Object.entries(forms)) {
			for (const written of [form, JSON.stringify(form).slice(1, -1)]) expect({ name, isShown: all.includes(written.toLowerCase()) }).toEqual({ name, isShown: false });
		}
	}
});

describe('whatever JSON comes', () => {
	const json = fc.oneof(
		fc.jsonValue({ maxDepth: 4 }),
		fc.record({ total: fc.jsonValue({ maxDepth: 0 }), data: fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 4 }) }, { requiredKeys: [] }),
		fc.array(fc.dictionary(fc.constantFrom('_id', 'start_time', 'end_time', 'csat', 'answer', 'duration', 'mos', 'user', 'acd', 'direction', 'answer_time', 'caller', 'hold_duration', 'conversation_tags', 'session_duration', 'user_system_id', 'question', '$oid', '$date', ...inheritedNames), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 6 }), { maxLength: 4 }),
		fc.dictionary(fc.constantFrom('error', 'errors', 'message', 'success', 'data', 'total', 'code', ...inheritedNames), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 }),
	);
	const attacks = fc.record({
		body: fc.oneof({ weight: 5, arbitrary: json.map((value) => JSON.stringify(value)) }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) }),
		statusCode: fc.constantFrom(200, 200, 200, 200, 204, 301, 400, 401, 404, 413, 422, 429, 500, 520),
		operation: fc.constantFrom('getCalls', 'getSessions', 'getProductivity', 'getCsat'),
		output: fc.constantFrom('raw', 'simplified', 'selectedFields', 'summary', 'followUps', 'dashboard'),
		returnAs: fc.constantFrom('items', 'csv', 'ndjson'),
	});

	it('there are items or a clear error', async () => {
		await fc.assert(
			fc.asyncProperty(attacks, async ({ body, statusCode, operation: asked, output, returnAs }) => {
				const operation = output === 'followUps' ? 'getCalls' : asked;
				const { error } = await attack({ parameters: { ...parametersOf(operation, output), returnAs }, answer: () => answered(body, statusCode), itemIndex: 3 });
				if (error) expect(error.message).toMatch(/^(Samespace|The report|Couldn't find|Couldn't connect)/);
				expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
				counted();
			}),
			{ numRuns: 8_000 },
		);
	}, 300_000);

	it('a body of no kind that n8n gives is no crash', async () => {
		await fc.assert(
			fc.asyncProperty(oddValue, async (body) => {
				await attack({ parameters: parametersOf('getCalls'), answer: () => ({ statusCode: 200, headers: {}, body }) });
				counted();
			}),
			{ numRuns: 2_000 },
		);
	}, 300_000);
});

describe('one strange record', () => {
	const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
	const strange: { [what: string]: string } = {
		'nested 100,000 deep': `{"_id":"x","custom_data":${deep(100_000)}}`,
		'nested in lists 100,000 deep': `{"_id":"x","custom_data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
		'nested deep, with extended JSON': `{"_id":{"$oid":"x"},"custom_data":${deep(50_000)}}`,
		'with an object as id': '{"_id":{"toString":"x","a":1}}',
		'with a list as id': '{"_id":[[["x"]]]}',
		'with no id': '{"caller":"x"}',
		'with an id of 100,000 characters': `{"_id":"${'x'.repeat(100_000)}"}`,
		'with 150,000 answers': `{"_id":"x","csat":[${Array.from({ length: 150_000 }, (_, n) => `{"_id":"${n}","answer":"5"}`).join()}]}`,
		'whose answers hold themselves in text': '{"_id":"x","csat":[[[{"answer":{"toString":1}}]],null,7,{"answer":{"valueOf":null}}]}',
		'with every inherited name': `{"_id":"x",${inheritedNames.map((name) => `"${name}":{"x":1}`).join()}}`,
		'with an answer of 80,000 digits': `{"_id":"x","mos":"${'1'.repeat(80_000)}x","duration":"${'1'.repeat(80_000)}x","csat":[{"answer":"${'1'.repeat(80_000)}x"}]}`,
		'with a zone in its time': '{"_id":"x","start_time":"2026-11-24 00:00:00 AmErica/Argentina/Buenos_Aires"}',
		'with 10,000 fields of its own': `{"_id":"x",${Array.from({ length: 10_000 }, (_, n) => `"f${n}":${n}`).join()}}`,
		'with times of 100,000 characters': `{"_id":"x","start_time":"2026-03-01 ${'0'.repeat(100_000)}","end_time":"${'2026-'.repeat(20_000)}"}`,
	};

	it.each(Object.keys(strange))('%s comes out with the others, in every output', async (what) => {
		const body = `{"total":2,"data":[{"_id":"good","start_time":"2026-03-01T10:00:00.000Z"},${strange[what]}]}`;
		for (const operation of ['getCalls', 'getSessions', 'getProductivity', 'getCsat']) {
			for (const [output, returnAs] of [...['raw', 'simplified', 'selectedFields', 'summary'].flatMap((one) => [[one, 'items'], [one, 'csv']]), ['dashboard', 'items'], ...(operation === 'getCalls' ? [['followUps', 'csv']] : [])]) {
				// Follow-ups are read up to now.
				const { items, error } = await attack({ parameters: { ...parametersOf(operation, output), returnAs, ...(output === 'followUps' && { dateRange: 'today' }) }, answer: () => answered(body) });
				expect(error).toBeUndefined();
				expect(items).toHaveLength(output === 'summary' || output === 'dashboard' || returnAs === 'csv' ? 1 : 2);
				// n8n puts items into JSON.
				expect(JSON.stringify(items).length).toBeGreaterThan(20);
				counted();
			}
		}
	}, 300_000);

	it('of thousands with fields of their own is merged at once', async () => {
		const rows = Array.from({ length: 8_000 }, (_, n) => ({ user: 'a', [`x${n}`]: 1, outbound_conversations: 1 }));
		const { items } = await attack({ parameters: { ...parametersOf('getProductivity'), output: 'simplified' }, answer: () => answered(rows) });
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({ user: 'a', outbound_conversations: 8_000 });
		counted();
	}, 300_000);

	it('among millions of empty ones is not read: they would take gigabytes', async () => {
		const body = `{"data":[${'{},'.repeat(2_500_000)}{}]}`;
		const { error, signed } = await attack({ parameters: parametersOf('getCalls'), answer: () => answered(body) });
		expect(error?.message).toBe("Samespace's response is too large");
		expect(signed).toHaveLength(1);
		counted();
	}, 300_000);

	it('whose survey answer is an odd value counts as no rating', async () => {
		const csat = [{ answer: { toString: 'x' } }, { answer: ['5'] }, { answer: '5' }];
		const { items } = await attack({ parameters: parametersOf('getCsat', 'summary'), credential: goodCredential, answer: () => answered([{ _id: 'x', csat }]) });
		expect(items[0].json).toMatchObject({ ratings: 1, rating_average: 5 });
	});
});

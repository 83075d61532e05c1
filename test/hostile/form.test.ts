/* eslint-disable @n8n/community-nodes/no-restricted-globals -- looks at the memory in use */
import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { Samespace } from '../../nodes/Samespace/Samespace.node';
import { runNode } from '../support/runNode.ts';
import { attack, goodCredential, type Result } from './support/attack.ts';
import { tallyOf } from './support/tally.ts';
import { inheritedNames, oddValue, oddValues } from './support/values.ts';

const counted = tallyOf('parameters of the form');

/** Names of the form's parameters, and of what its collections hold. */
const { properties } = new Samespace().description;
const top = namesIn(properties);
const [filters, options] = ['filters', 'options'].map((collection) => namesIn(properties.filter(({ name }) => name === collection).flatMap(({ options: fields = [] }) => fields)));

function namesIn(fields: ReadonlyArray<{ name: string }>): string[] {
	return [...new Set(fields.map(({ name }) => name))];
}

const operations = ['getCalls', 'getSessions', 'getProductivity', 'getCsat'];
const outputs = ['simplified', 'raw', 'selectedFields', 'summary', 'followUps', 'dashboard'];
const ways = ['items', 'csv', 'ndjson'];

/** A form that is right but for a few places. */
const forms = fc
	.record({
		operation: fc.constantFrom(...operations),
		output: fc.constantFrom(...outputs),
		returnAs: fc.constantFrom(...ways),
		top: fc.dictionary(fc.constantFrom(...top), oddValue, { maxKeys: 2 }),
		filters: fc.dictionary(fc.constantFrom(...filters), oddValue, { maxKeys: 2 }),
		options: fc.dictionary(fc.constantFrom(...options), oddValue, { maxKeys: 2 }),
	})
	.map((form) => ({
		...right(form.operation, form.output),
		returnAs: form.returnAs,
		filters: form.filters,
		options: { maxRetries: 0, ...form.options },
		...form.top,
	}));

function right(operation: string, output: string): { [name: string]: unknown } {
	return {
		...{ resource: 'report', operation, output, dateRange: 'custom', startTime: '2026-03-01T00:00:00Z', endTime: '2026-03-02T00:00:00Z' },
		...{ returnAll: true, fields: ['_id'], groupBy: [], filters: {}, options: { maxRetries: 0 } },
	};
}

/** An error that a person can act on; nothing of Object.prototype was changed; nothing went elsewhere. */
function expectSound({ error, items, signed }: Result): void {
	if (error) {
		expect(error.message).not.toMatch(/undefined|\[object|is not a function|Cannot (read|convert)|Maximum call stack|is not iterable/);
		expect(error.description).toMatch(/\w/);
	}
	expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	for (const address of signed) expect(address).toMatch(/^https:\/\/acme\.samespace\.com\/manage\/api\/analytics\//);
	for (const { json, pairedItem } of items) {
		expect(Object.keys(json)).not.toContain('helpers');
		expect(pairedItem).toEqual({ item: 0 });
	}
}

it('each name that every object inherits, as each choice of the form, is a clear error', async () => {
	for (const parameter of ['resource', 'operation', 'output', 'dateRange', 'groupBy', 'metrics', 'returnAs'] as const) {
		for (const name of inheritedNames) {
			const result = await attack({ parameters: { ...right('getCalls', 'summary'), [parameter]: name } });
			expect({ parameter, name, message: result.error?.message }).toMatchObject({ message: expect.stringMatching(/^'(Resource|Operation|Output|Date Range|Group By|Metrics|Return As)' is '/) as string });
			expect(result.signed).toEqual([]);
			counted();
		}
	}
});

it.each([
	['If Incomplete', 'getCsat', (onIncomplete: string) => ({ options: { onIncomplete } })],
	['Sort', 'getCsat', (sort: string) => ({ options: { sort } })],
	['Split By', 'getProductivity', (interval: string) => ({ interval })],
	['Return One Item Per', 'getCsat', (itemPer: string) => ({ itemPer })],
	['Outcome', 'getCalls', (outcome: string) => ({ filters: { outcome } })],
] as const)("each inherited name as '%s' is a clear error", async (label, operation, entered) => {
	for (const name of inheritedNames) {
		const { error } = await attack({ parameters: { ...right(operation, 'raw'), ...entered(name) } });
		expect(error?.message).toBe(`'${label}' is '${name}'`);
		counted();
	}
});

it('each odd value in each place gives items or a clear error', async () => {
	const places = [
		...top.map((name) => (value: unknown) => ({ [name]: value })),
		...filters.map((name) => (value: unknown) => ({ filters: { [name]: value } })),
		...options.map((name) => (value: unknown) => ({ options: { maxRetries: 0, [name]: value } })),
	];
	for (const operation of ['getCalls', 'getProductivity', 'getCsat']) {
		for (const place of places) {
			for (const value of oddValues) {
				expectSound(await attack({ parameters: { ...right(operation, 'selectedFields'), ...place(value) } }));
				counted();
			}
		}
	}
}, 300_000);

it('any few odd values together give items or a clear error', async () => {
	await fc.assert(
		fc.asyncProperty(forms, async (parameters) => {
			expectSound(await attack({ parameters }));
			counted();
		}),
		{ numRuns: 12_000 },
	);
}, 300_000);

it('any odd value as a date is a date or a clear error, and no range is built at once', async () => {
	await fc.assert(
		fc.asyncProperty(oddValue, oddValue, fc.constantFrom('whole', 'hour', 'month'), async (startTime, endTime, interval) => {
			expectSound(await attack({ parameters: { ...right('getProductivity', 'raw'), startTime, endTime, interval, options: { maxRetries: 0 } } }));
			counted();
		}),
		{ numRuns: 5_000 },
	);
}, 300_000);

it.each([
	['filters', ['Sales'], "'Filters' is a list of 1"],
	['filters', '[1]', "'Filters' is '[1]'"],
	['filters', 'Sales', "'Filters' is 'Sales'"],
	['options', 'pageSize', "'Options' is 'pageSize'"],
	['options', 7, "'Options' is '7'"],
])("%s of %j are an error, not left out in silence", async (name, value, says) => {
	const { error, signed } = await attack({ parameters: { ...right('getCalls', 'raw'), [name]: value } });
	expect(error?.message).toBe(says);
	expect(signed).toEqual([]);
	counted();
});

it('filters as the text of JSON are filters', async () => {
	const bodies: unknown[] = [];
	await attack({ parameters: { ...right('getCalls', 'raw'), filters: '{"type":"team"}' }, answer: ({ body }) => (bodies.push(body), { statusCode: 200, headers: {}, body: '{"total":0,"data":[]}' }) });
	expect(bodies).toMatchObject([{ filters: { type: 'team' } }]);
	counted();
});

it.each([
	['400 filters that lead deep', { filters: { custom: Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`custom_data${'.a'.repeat(90)}.${n}`, 'x'])) } }],
	['a thousand fields of long paths', { output: 'selectedFields', fields: Array.from({ length: 1000 }, (_, n) => `${'a.'.repeat(480)}${n}`) }],
	['a thousand fields of short paths', { output: 'selectedFields', fields: Array.from({ length: 1000 }, (_, n) => `custom_data${'.a'.repeat(80)}.${n}`) }],
])('%s are refused, or found at once in deep records', async (_, changes) => {
	const deep = `{"_id":"x","custom_data":${'{"a":'.repeat(92)}[]${'}'.repeat(92)}}`;
	await attack({ parameters: { ...right('getCalls', 'raw'), ...changes }, answer: () => ({ statusCode: 200, headers: {}, body: `[${Array.from({ length: 100 }, () => deep).join()}]` }) });
	counted();
}, 300_000);

it.each([
	['the year 26', '0026-01-01', '2026-01-01', 'is before the year 2000'],
	['a century', '2001-01-01', '2101-01-01', 'is longer than 10 years'],
	['a typing error in the year', '2206-01-01', '2206-02-01', 'is in the future'],
	['the farthest day there is', '+275760-09-01', '+275760-09-13', 'is in the future'],
	['1970', 0, '2026-01-01', 'is before the year 2000'],
])('a range from %s is refused in words', async (_, startTime, endTime, says) => {
	const { error, signed } = await attack({ parameters: { ...right('getProductivity', 'raw'), startTime, endTime, interval: 'hour' } });
	expect(error?.message).toContain(says);
	expect(signed).toEqual([]);
	counted();
});

it('ten years by the hour begin with the first hour, not with the list of all', async () => {
	const year = new Date().getUTCFullYear();
	const started = process.memoryUsage().heapUsed;
	const { signed, error } = await attack({ parameters: { ...right('getProductivity', 'raw'), startTime: `${year - 9}-01-01`, endTime: `${year + 50}-01-01`, interval: 'hour', options: { concurrency: 1 } } });
	expect(error?.message).toBe('Samespace refused the API key');
	expect(signed.length).toBeLessThan(20);
	expect(process.memoryUsage().heapUsed - started).toBeLessThan(50_000_000);
	counted();
});

describe("inside n8n's own engine", () => {
	it('an inherited name is an error with the item, and no item comes out', async () => {
		for (const parameter of ['resource', 'operation', 'output', 'dateRange']) {
			for (const name of inheritedNames) {
				const run = await runNode({ parameters: { ...right('getCalls', 'raw'), [parameter]: name } as IDataObject, credential: goodCredential });
				expect(run.items).toEqual([]);
				expect(run.error?.message).toMatch(/^'(Resource|Operation|Output|Date Range)' is '/);
				expect(run.error?.context).toMatchObject({ itemIndex: 0 });
				counted();
			}
		}
	}, 300_000);

	it('an expression that gives an odd value is an error with its own item', async () => {
		const input = [{ v: { toString: 'x' } }, { v: [[{}]] }, { v: null }, { v: 'constructor' }];
		const run = await runNode({ parameters: { ...right('getCalls', 'raw'), output: '={{ $json.v }}' } as IDataObject, input, credential: goodCredential, continueOnFail: true });
		expect(run.items.map(({ json, pairedItem }) => [Object.keys(json), pairedItem])).toEqual(input.map((_, item) => [['error'], { item }]));
		counted(input.length);
	}, 300_000);
});

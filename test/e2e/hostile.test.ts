/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the instance's encryption key */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AxiosInstance } from 'axios';
import type { IDataObject, INode } from 'n8n-workflow';

import { HOME_FOLDER } from '../../playground/environment.ts';
import type { Instance } from '../../playground/instance.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { clusterOf, freshInstance } from '../support/instance.ts';
import { leaksIn } from '../support/leaks.ts';
import { signInAsMember } from '../support/rest.ts';
import { addCredential, manualStart, runOverRest, samespaceNode, type RestRun } from '../support/restRuns.ts';

// A lookup in a plain object finds these names, too.
const inherited = Object.getOwnPropertyNames(Object.prototype);
// Where a choice is an expression, n8n requires what each of the choices requires: both ends of a range, and fields.
const needed = { startTime: '2026-03-01', endTime: '2026-03-02', fields: ['_id'] };
const report = { resource: 'report', operation: 'getCalls', dateRange: 'today', output: 'simplified', ...needed };
const poll = { event: 'callCompleted', output: 'simplified' };

type Entered = (value: string) => IDataObject;
const fields: Array<{ label: string; entered: Entered }> = [
	{ label: 'Resource', entered: (resource) => ({ resource }) },
	{ label: 'Operation', entered: (operation) => ({ operation }) },
	{ label: 'Output', entered: (output) => ({ output }) },
	{ label: 'Date Range', entered: (dateRange) => ({ dateRange }) },
	{ label: 'Group By', entered: (groupBy) => ({ output: 'summary', groupBy: [groupBy] }) },
	{ label: 'Return As', entered: (returnAs) => ({ returnAs }) },
	{ label: 'Metrics', entered: (metrics) => ({ output: 'summary', metrics: [metrics] }) },
	{ label: 'If Incomplete', entered: (onIncomplete) => ({ options: { onIncomplete } }) },
	{ label: 'Split By', entered: (interval) => ({ operation: 'getProductivity', interval }) },
	{ label: 'Return One Item Per', entered: (itemPer) => ({ operation: 'getCsat', itemPer }) },
];
const fieldsOfTrigger: Array<{ label: string; entered: Entered }> = [
	{ label: 'Trigger On', entered: (event) => ({ event }) },
	{ label: 'Output', entered: (output) => ({ output }) },
];

let simulator: Simulator;
let instance: Instance;
let rest: AxiosInstance;
let credentials: INode['credentials'];
let encryptionKey: string;

beforeAll(async () => {
	simulator = await startSimulator();
	instance = await freshInstance({ timezone: 'UTC' }, simulator);
	await instance.start();
	rest = await signInAsMember(instance.url);
	credentials = await addCredential(rest, clusterOf(simulator));
	const settings = JSON.parse(readFileSync(join(instance.folder, HOME_FOLDER, '.n8n', 'config'), 'utf8')) as { encryptionKey: string };
	({ encryptionKey } = settings);
}, 180_000);

afterAll(async () => {
	await simulator?.close();
	await instance?.stop();
}, 60_000);

describe.each(fields)("a member who enters an inherited name as '$label' gets an error and nothing of n8n", ({ label, entered }) => {
	const reading = (value: string): INode => ({ ...samespaceNode(nodeOf(value), { ...report, ...entered(value) }), credentials });

	it('where the workflow goes on after an error', async () => {
		const nodes = inherited.map((value): INode => ({ ...reading(value), onError: 'continueRegularOutput' }));
		const run = await runOverRest(rest, [manualStart, ...nodes]);
		expect(secretsIn(run)).toEqual([]);
		expect(run.status).toBe('success');
		const items = Object.fromEntries(inherited.map((value) => [value, run.items(nodeOf(value))]));
		const error = expect.stringContaining(`'${label}'`) as string;
		expect(items).toEqual(Object.fromEntries(inherited.map((value) => [value, [{ error }]])));
	}, 60_000);

	it.each(['constructor', '__proto__', 'valueOf', "={{ 'constructor' }}"])('where the workflow ends: %s', async (value) => {
		const run = await runOverRest(rest, [manualStart, reading(value)]);
		expect(secretsIn(run)).toEqual([]);
		expect(outcomeOf(run, value)).toEqual(errorFor(value, label));
	}, 60_000);
});

it.each(fieldsOfTrigger)("a member who enters one as '$label' of the trigger gets an error and nothing of n8n", async ({ label, entered }) => {
	for (const value of inherited) {
		const trigger = { ...samespaceNode(nodeOf(value), { ...poll, ...entered(value) }, 'samespaceTrigger'), credentials };
		const run = await runOverRest(rest, [trigger]);
		expect(secretsIn(run)).toEqual([]);
		expect(outcomeOf(run, value)).toEqual(errorFor(value, label));
	}
}, 60_000);

/** A prefix, since n8n itself fails on a node with the name `__proto__`. */
function nodeOf(value: string): string {
	return `Entered ${value}`;
}

/** Secrets of n8n in an execution. */
function secretsIn({ text }: RestRun): string[] {
	const words = ['encryptionKey', 'jwtSecret'].filter((word) => text.includes(word));
	return leaksIn(text, encryptionKey).length > 0 ? [...words, 'the encryption key itself'] : words;
}

function outcomeOf(run: RestRun, value: string): object {
	const { name, message, node } = run.error ?? {};
	return { status: run.status, items: run.items(nodeOf(value)), error: { name, message, node: node?.name } };
}

function errorFor(value: string, label: string): object {
	const error = {
		name: expect.stringMatching(/^Node(Operation|Api)Error$/) as string,
		message: expect.stringContaining(`'${label}'`) as string,
		node: nodeOf(value),
	};
	return { status: 'error', items: [], error };
}

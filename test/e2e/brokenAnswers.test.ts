import type { AxiosInstance } from 'axios';
import type { INode } from 'n8n-workflow';

import type { Cluster } from '../../playground/cluster.ts';
import { apiKey, brokenAnswers, customerSecrets, echoes, keySecrets } from '../support/hostileAnswers.ts';
import { startHostileCluster, type HostileCluster } from '../support/hostileCluster.ts';
import { freshInstance, type FreshInstance } from '../support/instance.ts';
import { leaksIn, type Secret } from '../support/leaks.ts';
import { signIn } from '../support/rest.ts';
import { addCredential, manualStart, runOverRest, samespaceNode } from '../support/restRuns.ts';

const groups = [
	{ what: 'what a broken answer holds', answers: brokenAnswers, secrets: customerSecrets },
	{ what: 'the key that a cluster sends back', answers: echoes, secrets: keySecrets },
];
/** How many workflows run at once. */
const width = 8;

let cluster: HostileCluster;
let instance: FreshInstance;
let rest: AxiosInstance;
let credentials: INode['credentials'];

beforeAll(async () => {
	cluster = await startHostileCluster(apiKey, new Map([...brokenAnswers, ...echoes]));
	instance = await freshInstance({ timezone: 'UTC' }, cluster);
	await instance.start();
	rest = await signIn(instance.url);
	credentials = await addCredential(rest, credential());
}, 180_000);

afterAll(async () => {
	await cluster?.close();
	await instance?.stop();
}, 60_000);

describe.each(groups)('$what is nowhere in an execution', ({ answers, secrets }) => {
	const names = [...answers.keys()];
	beforeEach(() => cluster.asked.clear());

	it('that goes on after the error', async () => {
		const nodes = names.map((name): INode => ({ ...reading(name), onError: 'continueRegularOutput' }));
		const run = await runOverRest(rest, [manualStart, ...nodes]);
		const fields = names.map((name) => [name, run.items(name).map((item) => Object.keys(item))]);
		expect(Object.fromEntries(fields)).toEqual(Object.fromEntries(names.map((name) => [name, [['error']]])));
		expect(names.filter((name) => !cluster.asked.has(name))).toEqual([]);
		expect(leaking(names.map((name) => [name, JSON.stringify(run.items(name))]), secrets)).toEqual([]);
		expect(leaking([['the whole execution', run.text]], secrets)).toEqual([]);
	}, 60_000);

	// Each is a run of its own, so only some of the answers.
	it.each([
		{ ends: 'that ends with the error', some: names.filter((name) => /^[24]00,/.test(name)), workflow: (name: string) => [manualStart, reading(name)] },
		{ ends: 'that the trigger starts', some: names.filter(isRefusal), workflow: (name: string) => [trigger(name)] },
	])('$ends', async ({ some, workflow }) => {
		const runs = await eachOf(some, async (name) => ({ name, ...(await runOverRest(rest, workflow(name))) }));
		expect(some.filter((name) => !cluster.asked.has(name))).toEqual([]);
		expect(runs.filter(({ status }) => status !== 'error').map(({ name }) => name)).toEqual([]);
		expect(leaking(runs.map(({ name, text }) => [name, text]), secrets)).toEqual([]);
	}, 60_000);
});

it.each(groups)('$what is not shown when a credential is tested or a dropdown is opened', async ({ answers, secrets }) => {
	const shown: Array<[name: string, text: string]> = [];
	for (const name of [...answers.keys()].filter(isRefusal)) {
		cluster.otherwise = name;
		const { data: tested } = await rest.post<object>('/credentials/test', {
			credentials: { id: '', name: 'Tested', type: 'samespaceApi', data: credential() },
		});
		const asked = {
			path: 'filters.teamName',
			methodName: 'getTeams',
			nodeTypeAndVersion: { name: 'n8n-nodes-samespace.samespace', version: 1 },
			currentNodeParameters: reading(name).parameters,
			credentials,
		};
		const { data: listed } = await rest.post<object>('/dynamic-node-parameters/options', asked, { validateStatus: () => true });
		shown.push([`credential: ${name}`, JSON.stringify(tested)], [`list: ${name}`, JSON.stringify(listed)]);
	}
	expect(shown.filter(([, text]) => !text.includes('Samespace'))).toEqual([]);
	expect(leaking(shown, secrets)).toEqual([]);
}, 60_000);

it.each(groups)('$what is nowhere in the database, the logs and the files', async ({ secrets }) => {
	expect(await instance.leaksOf(secrets)).toEqual([]);
}, 60_000);

/** A request that is answered with 400 isn't retried. The trigger and dropdowns have no option that turns retries off. */
function isRefusal(name: string): boolean {
	return name.startsWith('400,');
}

function credential(): Cluster {
	return { clusterId: 'hostile', apiKey, timezone: 'UTC', baseUrl: cluster.url };
}

function reading(name: string): INode {
	const parameters = {
		resource: 'report',
		operation: 'getCalls',
		dateRange: 'custom',
		startTime: '2026-03-01T00:00:00Z',
		endTime: '2026-03-02T00:00:00Z',
		output: 'raw',
		filters: { custom: JSON.stringify({ case: name }) },
		options: { maxRetries: 0 },
	};
	return { ...samespaceNode(name, parameters), credentials };
}

function trigger(name: string): INode {
	const parameters = { event: 'callCompleted', output: 'raw', filters: { custom: JSON.stringify({ case: name }) } };
	return { ...samespaceNode(name, parameters, 'samespaceTrigger'), credentials };
}

/** The names of the texts with a secret in them, and of the secrets. */
function leaking(texts: Array<[name: string, text: string]>, secrets: Secret[]): string[] {
	return texts.flatMap(([name, text]) => {
		const found = secrets.filter(({ value }) => leaksIn(text, value).length > 0).map((secret) => secret.name);
		return found.length > 0 ? [`${name}: ${found.join(', ')}`] : [];
	});
}

async function eachOf<Result>(names: string[], work: (name: string) => Promise<Result>): Promise<Result[]> {
	const results: Result[] = [];
	for (let at = 0; at < names.length; at += width) results.push(...(await Promise.all(names.slice(at, at + width).map(work))));
	return results;
}

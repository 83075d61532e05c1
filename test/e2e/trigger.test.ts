/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for the rest of a poll */
import type { INode } from 'n8n-workflow';

import type { Child } from '../../playground/child.ts';
import type { Instance } from '../../playground/instance.ts';
import { credentialReference, importAll, type WorkflowFile } from '../../playground/workflows.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { clusterOf, freshInstance } from '../support/instance.ts';
import { publish, signIn, startCollector, until, type Collector } from '../support/rest.ts';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
const wrongKey = 'not-the-key';
/** n8n polls once a minute at most. */
const twoPollsMs = 130_000;

let simulator: Simulator;
let collector: Collector;
let instance: Instance;
let n8n: Child;

beforeAll(async () => {
	simulator = await startSimulator({ truth: {} });
	collector = await startCollector();
	instance = await freshInstance('UTC', simulator, { apiKey: wrongKey });
	await importAll(instance, clusterOf(simulator), [workflow('polled')]);
	n8n = await instance.start();
}, 240_000);

afterAll(async () => {
	await collector?.close();
	await simulator?.close();
	await instance?.stop();
}, 60_000);

it('a wrong key is shown when the workflow is published', async () => {
	const rest = await signIn(instance.url);
	const { data: made } = await rest.post<{ data: { id: string } }>('/credentials', {
		name: 'Wrong key',
		type: 'samespaceApi',
		data: { ...clusterOf(simulator), apiKey: wrongKey },
	});
	const { nodes, connections } = workflow('wrongKey', { samespaceApi: { id: made.data.id, name: 'Wrong key' } });
	const { data: saved } = await rest.post<{ data: { id: string } }>('/workflows', { name: 'Wrong key', nodes, connections, settings: {} });
	expect(await publish(rest, saved.data.id)).toContain('Samespace refused the API key');
}, 60_000);

it('each finished call starts the published workflow once, even when n8n is stopped hard in the middle', async () => {
	const wanted = new Set<string>();
	addCall('before it was published', 60);
	const rest = await signIn(instance.url);
	expect(await publish(rest, 'polled')).toContain('"published"');

	for (let n = 0; n < 6; n += 1) wanted.add(addCall(`while it runs ${n}`, 20 + n));
	for (let n = 0; n < 3; n += 1) wanted.add(addCall(`late ${n}`, 1800 + n));
	await until(() => collector.texts.length >= wanted.size, 'the calls have started the workflow', twoPollsMs);

	await n8n.kill();
	for (let n = 0; n < 4; n += 1) wanted.add(addCall(`while it is down ${n}`, 2 + n));
	n8n = await instance.start();
	wanted.add(addCall('after it is back', 1));
	await until(() => collector.texts.length >= wanted.size, 'the calls of the outage have started the workflow', twoPollsMs);
	expect(collector.texts.sort()).toEqual([...wanted].sort());
	simulator.assertNoViolations();
}, 420_000);

// The poll that succeeds at last reads the calls of the test before once more, and must not bring them again.
it('an outage of the API only delays, and nothing comes twice', async () => {
	const before = collector.texts.length;
	const outage = { kind: 'status', status: 503, retryAfter: '0', times: 6 } as const;
	simulator.faults.add(outage);
	const id = addCall('during the outage', 3);
	await until(() => collector.texts.length > before, 'the call of the outage has started the workflow', 2 * twoPollsMs);
	await new Promise((resolve) => setTimeout(resolve, 3000));
	expect(collector.texts.slice(before)).toEqual([id]);
	expect(simulator.log.filter(({ status }) => status === 503).length).toBe(6);
	simulator.assertNoViolations();
}, 300_000);

function addCall(id: string, endedSecondsAgo: number): string {
	simulator.addCall({ _id: id, start_time: ago(endedSecondsAgo + 30), end_time: ago(endedSecondsAgo) });
	return id;
}

function workflow(id: string, credentials: INode['credentials'] = credentialReference): WorkflowFile {
	const trigger: INode = {
		id: 'trigger',
		name: 'Call Completed',
		type: 'n8n-nodes-samespace.samespaceTrigger',
		typeVersion: 1,
		position: [0, 0],
		credentials,
		parameters: {
			event: 'callCompleted',
			options: { settleSeconds: 0 },
			pollTimes: { item: [{ mode: 'everyMinute' }] },
		},
	};
	const tell: INode = {
		id: 'tell',
		name: 'Tell',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [300, 0],
		parameters: { method: 'POST', url: collector.url, sendBody: true, specifyBody: 'json', jsonBody: '={{ { id: $json._id } }}', options: {} },
	};
	return {
		id,
		name: id,
		nodes: [trigger, tell],
		connections: { 'Call Completed': { main: [[{ node: 'Tell', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

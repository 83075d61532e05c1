/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for the rest of a poll */
import type { INode } from 'n8n-workflow';

import { durableCursors } from '../../playground/environment.ts';
import { credentialReference, type WorkflowFile } from '../../playground/workflows.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { Editor } from './editor.ts';
import { clusterOf, freshInstance, type FreshInstance } from './instance.ts';
import { keepRunning, type KeptRunning } from './keepRunning.ts';
import { openQueueMode } from './queueMode.ts';
import { publish, signIn, startCollector, until, type Collector } from './rest.ts';
import { saveAll } from './restRuns.ts';

const wrongKey = 'not-the-key';
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
/** n8n polls once a minute at most, at a second of its own; after a hard stop in the middle of something, or a poll that failed, later. */
const twoPollsMs = 420_000;

/** How the n8n runs that polls: by itself as it comes, by itself with durable cursors, or with workers that run what it puts into a queue. */
export type Ground = 'plain' | 'durable' | 'queue';

/**
 * What a trigger promises in a real n8n, as tests that go on from one another: that each call starts the workflow once, from the
 * publication on, through hard stops and outages, and that a loss is shown.
 */
export function promisesOfTheTrigger(ground: Ground): void {
	let simulator: Simulator;
	let collector: Collector;
	let instance: FreshInstance;
	let stop: () => Promise<void>;
	let n8n: KeptRunning;
	const wanted = new Set<string>();

	beforeAll(async () => {
		simulator = await startSimulator({ truth: {} });
		collector = await startCollector();
		const clusters = [simulator, { apiKey: wrongKey }] as const;
		const mode = ground === 'queue' ? await openQueueMode(clusters) : undefined;
		instance = mode?.main ?? (await freshInstance({ timezone: 'UTC', variables: ground === 'durable' ? durableCursors : {} }, ...clusters));
		({ stop } = mode ?? instance);
		n8n = await keepRunning(instance);
		await saveAll(await signIn(instance.url), clusterOf(simulator), [workflowThatTells(collector.url)]);
		await Promise.all([mode?.startWorker(), mode?.startWorker()]);
	}, 240_000);

	afterAll(async () => {
		await collector?.close();
		await simulator?.close();
		await stop?.();
	}, 90_000);

	function addCall(id: string, endedSecondsAgo: number): void {
		simulator.addCall({ _id: id, start_time: ago(endedSecondsAgo + 30), end_time: ago(endedSecondsAgo) });
		wanted.add(id);
	}

	/** Waits; in vain, it says what n8n has logged last about polls. */
	async function comesTrue(holds: () => boolean, what: string, withinMs = twoPollsMs): Promise<void> {
		await until(holds, what, withinMs).catch((error: Error) => {
			const logged = n8n.output().split('\n').filter((line) => /poll|schedul|publication|"level":"(warn|error)"/i.test(line));
			throw new Error([`${error.message}. What n8n has logged last about polls:`, ...logged.slice(-40).map((line) => line.slice(0, 400))].join('\n'));
		});
	}

	async function allCame(what: string): Promise<void> {
		await comesTrue(() => collector.texts.length >= wanted.size, what);
		expect(collector.texts.sort()).toEqual([...wanted].sort());
	}

	it('a wrong key is shown when the workflow is published', async () => {
		const rest = await signIn(instance.url);
		const data = { ...clusterOf(simulator), apiKey: wrongKey };
		const { data: made } = await rest.post<{ data: { id: string } }>('/credentials', { name: 'Wrong key', type: 'samespaceApi', data });
		const { nodes, connections } = workflowThatTells(collector.url, { samespaceApi: { id: made.data.id, name: 'Wrong key' } });
		const { data: saved } = await rest.post<{ data: { id: string } }>('/workflows', { name: 'Wrong key', nodes, connections, settings: {} });
		expect(await publish(rest, saved.data.id)).toContain('Samespace refused the API key');
	}, 60_000);

	it('from the publication on: n8n is stopped hard before the first scheduled poll', async () => {
		simulator.addCall({ _id: 'before it was published', start_time: ago(90), end_time: ago(60) });
		expect(await publish(await signIn(instance.url), 'polled')).toContain('"published"');
		for (let n = 0; n < 3; n += 1) addCall(`before the first scheduled poll ${n}`, 0);
		await n8n.kill();
		for (let n = 0; n < 3; n += 1) addCall(`while it is down ${n}`, 1 + n);
		n8n = await keepRunning(instance);
		await allCame('the calls around the hard stop have started the workflow');
	}, 900_000);

	it('when n8n is stopped hard in the middle of a poll, and after one; late calls come as well', async () => {
		for (let n = 0; n < 6; n += 1) addCall(`while it runs ${n}`, 20 + n);
		for (let n = 0; n < 3; n += 1) addCall(`late ${n}`, 1800 + n);
		simulator.latencyMs = 3000;
		simulator.clearLog();
		await comesTrue(() => simulator.log.length > 0, 'a poll is under way');
		await n8n.kill();
		simulator.latencyMs = 0;
		for (let n = 0; n < 4; n += 1) addCall(`while it is down again ${n}`, 2 + n);
		n8n = await keepRunning(instance);
		await allCame('the calls of the outage have started the workflow');
		await n8n.kill();
		addCall('after a poll', 0);
		n8n = await keepRunning(instance);
		await allCame('the call after a poll has started the workflow');
		simulator.assertNoViolations();
	}, 1_500_000);

	if (ground === 'durable') return lossIsShown();

	// The poll that succeeds at last reads the calls of the test before once more, and must not bring them again.
	it('an outage of the API only delays, and nothing comes twice', async () => {
		simulator.faults.add({ kind: 'status', status: 503, retryAfter: '0', times: 6 });
		addCall('during the outage', 3);
		await comesTrue(() => collector.texts.length >= wanted.size, 'the call of the outage has started the workflow', 2 * twoPollsMs);
		await new Promise((resolve) => setTimeout(resolve, 3000));
		expect(collector.texts.sort()).toEqual([...wanted].sort());
		expect(simulator.log.filter(({ status }) => status === 503).length).toBe(6);
		simulator.assertNoViolations();
	}, 1_000_000);

	function lossIsShown(): void {
		it('what the user must know is shown by an execution that failed, once, and the calls come all the same', async () => {
			simulator.switches.totalError = 'tooHigh';
			addCall('while the totals are wrong', 1);
			await allCame('the call has started the workflow');
			simulator.switches.totalError = null;
			addCall('after that', 1);
			await comesTrue(() => collector.texts.length >= wanted.size, 'the polls go on', 2 * twoPollsMs);
			expect(collector.texts.sort()).toEqual([...wanted].sort());
			const rest = await signIn(instance.url);
			const told = async (): Promise<string[]> => {
				const { data } = await rest.get<{ data: { results: Array<{ id: string; status: string }> } }>('/executions', { params: { filter: JSON.stringify({ status: ['error'] }) } });
				const failures = await Promise.all(data.data.results.map(async ({ id }) => ({ id, text: JSON.stringify((await rest.get(`/executions/${id}`)).data) })));
				return failures.filter(({ text }) => text.includes('Not all records could be read')).map(({ id }) => id);
			};
			await until(async () => (await told()).length > 0, 'it is shown', twoPollsMs, 2000);
			addCall('after it was shown', 1);
			await comesTrue(() => collector.texts.length >= wanted.size, 'the polls go on after the one that told', 2 * twoPollsMs);
			expect(collector.texts.sort()).toEqual([...wanted].sort());
			expect(await told()).toHaveLength(1);
			const editor = await Editor.open(instance.url, 'trigger-notice');
			try {
				await editor.signIn();
				await editor.openExecution('polled', (await told())[0]);
				await editor.picture('the execution that failed');
			} finally {
				await editor.close();
			}
		}, 1_500_000);
	}
}

/** A workflow that posts the id of each completed call. */
function workflowThatTells(url: string, credentials: INode['credentials'] = credentialReference): WorkflowFile {
	const trigger: INode = {
		id: 'trigger',
		name: 'Call Completed',
		type: 'n8n-nodes-samespace.samespaceTrigger',
		typeVersion: 1,
		position: [0, 0],
		credentials,
		parameters: { event: 'callCompleted', options: { settleSeconds: 0 }, pollTimes: { item: [{ mode: 'everyMinute' }] } },
	};
	const tell: INode = {
		id: 'tell',
		name: 'Tell',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [300, 0],
		parameters: { method: 'POST', url, sendBody: true, specifyBody: 'json', jsonBody: '={{ { id: $json._id } }}', options: {} },
	};
	return {
		id: 'polled',
		name: 'polled',
		nodes: [trigger, tell],
		connections: { 'Call Completed': { main: [[{ node: 'Tell', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

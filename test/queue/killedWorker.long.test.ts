import type { AxiosInstance } from 'axios';
import { DateTime } from 'luxon';
import type { INode } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/index.ts';
import { idsOf } from '../support/asking.ts';
import { clusterOf } from '../support/instance.ts';
import { openQueueMode, type QueueMode, type Worker } from '../support/queueMode.ts';
import { signIn, startCollector, until, type Collector } from '../support/rest.ts';
import { addCredential, manualStart, samespaceNode, startChain } from '../support/restRuns.ts';

const end = DateTime.utc().minus({ days: 2 }).startOf('hour');
const range = { start: end.minus({ days: 10 }).toISO(), end: end.toISO() };

let simulator: Simulator;
let collector: Collector;
let mode: QueueMode;
let rest: AxiosInstance;
let workers: Worker[];

beforeAll(async () => {
	simulator = await startSimulator({ days: 14, callsPerDay: 60 });
	collector = await startCollector();
	mode = await openQueueMode([simulator]);
	await mode.main.start();
	workers = await Promise.all([mode.startWorker(), mode.startWorker()]);
	rest = await signIn(mode.main.url);
}, 240_000);

afterAll(async () => {
	await mode?.stop();
	await collector?.close();
	await simulator?.close();
}, 90_000);

it('a worker that is killed in the middle of reading takes only its own executions with it: each is reported, and hands nothing on', async () => {
	const credentials = await addCredential(rest, clusterOf(simulator));
	const parameters = { resource: 'report', operation: 'getCalls', dateRange: 'custom', startTime: range.start, endTime: range.end, output: 'raw', returnAll: true, options: { pageSize: 10 } };
	const read: INode = { ...samespaceNode('Read', parameters), credentials };
	const jsonBody = '={{ { id: $execution.id } }}';
	const tell: INode = { ...manualStart, id: 'tell', name: 'Tell', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters: { method: 'POST', url: collector.url, sendBody: true, specifyBody: 'json', jsonBody, options: {} } };
	simulator.latencyMs = 1000;
	simulator.clearLog();
	const started = await Promise.all(Array.from({ length: 8 }, async () => await startChain(rest, [manualStart, read, { ...tell, executeOnce: true }])));
	await until(() => workers.every(({ executions }) => executions().length > 0) && simulator.log.length > 30, 'both workers are reading');
	const killed = new Set(workers[0].executions());
	await workers[0].process.kill();
	simulator.latencyMs = 20;
	const runs = await Promise.all(started.map(async ({ id, ended }) => ({ id, run: await ended(240_000) })));
	const lost = runs.filter(({ id }) => killed.has(id));
	expect(lost.length).toBeGreaterThan(0);
	expect(lost.length).toBeLessThan(runs.length);
	for (const { id, run } of runs) {
		expect([id, run.status]).toEqual([id, killed.has(id) ? 'error' : 'success']);
		if (killed.has(id)) expect(run.items('Read')).toEqual([]);
		else expect(idsOf(run.items('Read') as [])).toEqual(idsOf(simulator.truth.calls(range)));
	}
	expect(collector.texts.map(String).sort()).toEqual(runs.filter(({ id }) => !killed.has(id)).map(({ id }) => id).sort());
}, 400_000);

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

const rowsPerFile = 20;

/** The files in n8n's table: whose each is, and what is in it. */
function filesInDatabase(): Array<{ execution: string; content: string }> {
	const rows = mode.query(`select "sourceId", "fileSize", encode(data, 'hex') as hex from binary_data order by "createdAt"`);
	return rows.map(({ sourceId, fileSize, hex }) => {
		const content = Buffer.from(hex, 'hex');
		expect(content).toHaveLength(Number(fileSize));
		return { execution: sourceId, content: content.toString() };
	});
}

it('a worker that is killed in the middle of reading takes only its own executions with it: each is reported, hands nothing on, and leaves no file that is half one', async () => {
	const credentials = await addCredential(rest, clusterOf(simulator));
	const parameters = { resource: 'report', operation: 'getCalls', dateRange: 'custom', startTime: range.start, endTime: range.end, output: 'raw', returnAll: true, options: { pageSize: 10 } };
	const read: INode = { ...samespaceNode('Read', parameters), credentials };
	const readFiles: INode = { ...samespaceNode('Read', { ...parameters, returnAs: 'ndjson', rowsPerFile }), credentials };
	const jsonBody = '={{ { id: $execution.id } }}';
	const tell: INode = { ...manualStart, id: 'tell', name: 'Tell', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters: { method: 'POST', url: collector.url, sendBody: true, specifyBody: 'json', jsonBody, options: {} } };
	const truth = simulator.truth.calls(range);
	simulator.latencyMs = 1000;
	simulator.clearLog();
	const started = await Promise.all([read, readFiles, read, readFiles, read, readFiles, read, readFiles].map(async (node) => ({ node, ...(await startChain(rest, [manualStart, node, { ...tell, executeOnce: true }])) })));
	const begun = (): string[] => workers[0].executions();
	await until(() => workers.every(({ executions }) => executions().length > 0) && filesInDatabase().some(({ execution }) => begun().includes(execution)), 'both workers are reading, and the first has written a file');
	const killed = new Set(begun());
	await workers[0].process.kill();
	simulator.latencyMs = 20;
	const runs = await Promise.all(started.map(async ({ id, node, ended }) => ({ id, node, run: await ended(240_000) })));
	const lost = runs.filter(({ id }) => killed.has(id));
	expect(lost.length).toBeGreaterThan(0);
	expect(lost.length).toBeLessThan(runs.length);
	for (const { id, node, run } of runs) {
		expect([id, run.status]).toEqual([id, killed.has(id) ? 'error' : 'success']);
		if (killed.has(id)) expect(run.items('Read')).toEqual([]);
		else if (node === read) expect(idsOf(run.items('Read') as [])).toEqual(idsOf(truth));
	}
	expect(collector.texts.map(String).sort()).toEqual(runs.filter(({ id }) => !killed.has(id)).map(({ id }) => id).sort());

	const files = filesInDatabase();
	for (const { id } of runs.filter(({ node }) => node === readFiles)) {
		const written = files.filter(({ execution }) => execution === id).map(({ content }) => content.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { _id: string }));
		if (!killed.has(id)) expect(idsOf(written.flat())).toEqual(idsOf(truth));
		// A file is written when it is full.
		else expect(written.map(({ length }) => length)).toEqual(written.map(() => rowsPerFile));
	}
	const ofLost = (): unknown[] => filesInDatabase().filter(({ execution }) => killed.has(execution));
	expect(ofLost().length).toBeGreaterThan(0);
	await rest.post('/executions/delete', { ids: [...killed] });
	expect(ofLost()).toEqual([]);
}, 400_000);

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- makes a shared folder */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { AxiosInstance } from 'axios';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import type { IDataObject, INode } from 'n8n-workflow';

import type { Variables } from '../../playground/environment.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { idsOf } from '../support/asking.ts';
import { clusterOf } from '../support/instance.ts';
import { openQueueMode, type QueueMode, type Worker } from '../support/queueMode.ts';
import { signIn } from '../support/rest.ts';
import { addCredential, downloadOverRest, manualStart, samespaceNode, startOverRest, type RestRun, type StartedRun } from '../support/restRuns.ts';
import { stopInTheMiddle } from '../support/stopping.ts';

const end = DateTime.utc().minus({ days: 2 }).startOf('hour');
const range = { start: end.minus({ days: 20 }).toISO(), end: end.toISO() };
const reports = [
	{ operation: 'getCalls', report: 'calls' },
	{ operation: 'getSessions', report: 'sessions' },
	{ operation: 'getCsat', report: 'csat' },
	{ operation: 'getProductivity', report: 'productivity' },
] as const;
const reportParameters = { resource: 'report', dateRange: 'custom', startTime: range.start, endTime: range.end };

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ days: 30, callsPerDay: 60, recordingBytes: 300_000 });
});

afterAll(async () => await simulator?.close());

/** A main with two workers, and what its owner may do. */
interface Stand {
	mode: QueueMode;
	workers: Worker[];
	rest: AxiosInstance;
	/** Starts a workflow of one node after a Manual Trigger. */
	start(parameters: IDataObject): Promise<StartedRun>;
}

async function openStand(variables: Variables = {}, ofWorkers: Variables[] = [{}, {}]): Promise<Stand> {
	const mode = await openQueueMode([simulator], variables);
	const { main } = mode;
	// The main makes the tables that a worker looks for.
	await main.start();
	const workers = await Promise.all(ofWorkers.map(async (more) => await mode.startWorker(more)));
	const rest = await signIn(main.url);
	const credentials = await addCredential(rest, clusterOf(simulator));
	const read = (parameters: IDataObject): INode => ({ ...samespaceNode('Read', parameters), credentials });
	return { mode, workers, rest, start: async (parameters) => await startOverRest(rest, [manualStart, read(parameters)]) };
}

/** Starts many at once, and waits for one after the other: who asks for all of them at once keeps the main busy with that. */
async function runAll({ start }: Stand, all: IDataObject[]): Promise<Array<{ id: string; run: RestRun }>> {
	const started = await Promise.all(all.map(start));
	const runs = [];
	for (const { id, ended } of started) runs.push({ id, run: await ended(180_000) });
	return runs;
}

const callsAsCsv = { ...reportParameters, operation: 'getCalls', output: 'raw', returnAs: 'csv' };

function recordingOf(url: string): IDataObject {
	return { resource: 'recording', operation: 'download', recordingUrl: url, binaryProperty: 'data' };
}

function someRecording(): string {
	return simulator.truth.calls().find(({ recording_url: url }) => url)?.recording_url ?? '';
}

describe('a main and two workers', () => {
	let stand: Stand;

	beforeAll(async () => (stand = await openStand()), 240_000);
	afterAll(async () => await stand?.mode.stop(), 90_000);

	it('40 executions at once over the four reports are right, and both workers take part', async () => {
		const all = Array.from({ length: 40 }, (_, at) => ({ ...reportParameters, operation: reports[at % 4].operation, output: 'raw', returnAll: true }));
		const runs = await runAll(stand, all);
		for (const [at, { run }] of runs.entries()) {
			const { report } = reports[at % 4];
			expect(run.error).toBeUndefined();
			expect(run.status).toBe('success');
			expect(idsOf(run.items('Read') as [])).toEqual(idsOf(simulator.truth[report](range)));
		}
		const shares = stand.workers.map(({ executions }) => executions().length);
		expect(shares.reduce((one, other) => one + other)).toBe(40);
		expect(Math.min(...shares)).toBeGreaterThan(5);
		simulator.assertNoViolations();
	}, 240_000);

	it('Stop, pressed in the main, ends the requests of a worker within a second', async () => {
		const slow = { ...reportParameters, operation: 'getCalls', returnAll: true, options: { pageSize: 10 } };
		expect(await stopInTheMiddle(simulator, stand.rest, async () => await stand.start(slow))).toEqual({ lateRequests: 0, status: 'canceled' });
	}, 120_000);

	it('a file and a recording made by a worker come whole from the main', async () => {
		const [{ run: file }, { run: recording }] = await runAll(stand, [callsAsCsv, recordingOf(someRecording())]);
		await expectWholeFile(stand.rest, file);
		await expectWholeRecording(stand.rest, recording);
	}, 120_000);
});

describe("files in folders: one is shared with the main, the other worker's is its own", () => {
	let folder: string;
	let stand: Stand;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'samespace-shared-'));
		const at = (name: string): Variables => ({ N8N_STORAGE_PATH: join(folder, name), N8N_BINARY_DATA_STORAGE_PATH: join(folder, name) });
		stand = await openStand({ N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem', ...at('shared') }, [{}, at('own')]);
	}, 240_000);

	afterAll(async () => {
		await stand?.mode.stop();
		await rm(folder, { recursive: true, force: true });
	}, 90_000);

	it('what is written to the shared folder comes whole from the main; the rest it does not find', async () => {
		const url = someRecording();
		// A slow cluster: so many at once that each worker gets some.
		simulator.latencyMs = 500;
		const runs = await runAll(stand, Array.from({ length: 6 }, () => [callsAsCsv, recordingOf(url)]).flat()).finally(() => (simulator.latencyMs = 0));
		const [sharing, apart] = stand.workers.map(({ executions }) => new Set(executions()));
		const written = (by: Set<string>) => runs.filter(({ id }) => by.has(id)).map(({ run }) => run);
		expect(written(sharing).length).toBeGreaterThan(0);
		expect(written(apart).length).toBeGreaterThan(0);
		for (const run of written(sharing)) {
			const [{ mimeType }] = run.files('Read');
			await (mimeType === 'text/csv' ? expectWholeFile(stand.rest, run) : expectWholeRecording(stand.rest, run));
		}
		for (const run of written(apart)) {
			expect(run.status).toBe('success');
			expect((await downloadOverRest(stand.rest, run.files('Read')[0])).status).toBe(404);
		}
	}, 180_000);
});

async function expectWholeFile(rest: AxiosInstance, run: RestRun): Promise<void> {
	expect(run.error).toBeUndefined();
	const [file] = run.files('Read');
	const { status, content } = await downloadOverRest(rest, file);
	expect(status).toBe(200);
	const rows = parse(content, { columns: true, bom: true }) as Array<{ _id: string }>;
	expect(idsOf(rows)).toEqual(idsOf(simulator.truth.calls(range)));
}

async function expectWholeRecording(rest: AxiosInstance, run: RestRun): Promise<void> {
	expect(run.error).toBeUndefined();
	const { status, content } = await downloadOverRest(rest, run.files('Read')[0]);
	expect(status).toBe(200);
	expect(content.equals(simulator.recordings.bytesOf(someRecording()))).toBe(true);
}

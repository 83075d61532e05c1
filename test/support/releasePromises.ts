/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes down what was seen */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AxiosInstance } from 'axios';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import type { IDataObject, INode } from 'n8n-workflow';

import { newestRelease, releaseIn, root, work } from '../../playground/places.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { idsOf } from './asking.ts';
import { clusterOf, freshInstance, type FreshInstance } from './instance.ts';
import { nobodyOnThePhone } from './nobodyOnThePhone.ts';
import { publish, signIn, startCollector, until, type Collector } from './rest.ts';
import { addCredential, contentOverRest, manualStart, runOverRest, samespaceNode, startOverRest, type RestRun } from './restRuns.ts';
import { stopInTheMiddle } from './stopping.ts';

const end = DateTime.utc().minus({ days: 2 }).startOf('hour');
const range = { start: end.minus({ days: 20 }).toISO(), end: end.toISO() };
const reports = [
	['getCalls', 'calls'],
	['getSessions', 'sessions'],
	['getCsat', 'csat'],
	['getProductivity', 'productivity'],
] as const;
const ofReport = { resource: 'report', dateRange: 'custom', startTime: range.start, endTime: range.end };
/** A poll comes at a second of its own of each minute. */
const twoPollsMs = 200_000;

/** That a release of n8n runs the packed package, as tests; what was seen is written down for the README. */
export function promisesInARelease({ n8n }: { n8n: string }): void {
	const seen: Array<{ what: string; isRight: boolean }> = [];
	let simulator: Simulator;
	let collector: Collector;
	let instance: FreshInstance;
	let rest: AxiosInstance;
	let credentials: NonNullable<INode['credentials']>;

	beforeAll(async () => {
		simulator = await startSimulator({ days: 30, callsPerDay: 60, recordingBytes: 300_000 });
		nobodyOnThePhone(simulator);
		collector = await startCollector();
		const { dependencies } = JSON.parse(readFileSync(join(root, 'playground', 'package.json'), 'utf8')) as { dependencies: { n8n: string } };
		const release = n8n === dependencies.n8n ? newestRelease : releaseIn(join(work, 'releases', n8n));
		instance = await freshInstance({ timezone: 'UTC', release }, simulator, { apiKey: 'not-the-key' });
		await instance.start();
		rest = await signIn(instance.url);
		credentials = await addCredential(rest, clusterOf(simulator));
	}, 240_000);

	afterAll(async () => {
		writeFileSync(join(work, 'results', 'versions', `${n8n}.json`), JSON.stringify(seen));
		await collector?.close();
		await simulator?.close();
		await instance?.stop();
	}, 60_000);

	/** A test whose outcome is a cell of the table. */
	function shows(what: string, test: () => Promise<void>, withinMs = 120_000): void {
		it(what, async () => {
			const cell = { what, isRight: false };
			seen.push(cell);
			await test();
			cell.isRight = true;
		}, withinMs);
	}

	const read = (name: string, parameters: IDataObject): INode => ({ ...samespaceNode(name, parameters), credentials });
	const run = async (parameters: IDataObject): Promise<RestRun> => await runOverRest(rest, [manualStart, read('Read', parameters)]);

	shows('reports', async () => {
		const result = await runOverRest(rest, [manualStart, ...reports.map(([operation]) => read(operation, { ...ofReport, operation, output: 'raw', returnAll: true }))]);
		expect(result.error).toBeUndefined();
		for (const [operation, report] of reports) expect(idsOf(result.items(operation) as [])).toEqual(idsOf(simulator.truth[report](range)));
		simulator.assertNoViolations();
	});

	shows('files', async () => {
		const result = await run({ ...ofReport, operation: 'getCalls', output: 'raw', returnAs: 'csv' });
		expect(result.error).toBeUndefined();
		const rows = parse(await contentOverRest(rest, result.files('Read')[0]), { columns: true, bom: true }) as Array<{ _id: string }>;
		expect(idsOf(rows)).toEqual(idsOf(simulator.truth.calls(range)));
	});

	shows('recordings', async () => {
		const url = simulator.truth.calls().find(({ recording_url: found }) => found)?.recording_url ?? '';
		const result = await run({ resource: 'recording', operation: 'download', recordingUrl: url, binaryProperty: 'data' });
		expect(result.error).toBeUndefined();
		expect((await contentOverRest(rest, result.files('Read')[0])).equals(simulator.recordings.bytesOf(url))).toBe(true);
	});

	shows('credential test', async () => {
		const test = async (apiKey: string): Promise<{ status: string; message: string }> => {
			const { data } = await rest.post<{ data: { status: string; message: string } }>('/credentials/test', {
				credentials: { id: credentials.samespaceApi.id, name: 'Samespace account', type: 'samespaceApi', data: { ...clusterOf(simulator), apiKey } },
			});
			return data.data;
		};
		expect(await test(simulator.apiKey)).toMatchObject({ status: 'OK' });
		expect(await test('not-the-key')).toMatchObject({ status: 'Error', message: expect.stringContaining('refused the API key') as string });
	});

	shows('dropdowns', async () => {
		const { data } = await rest.post<{ data: Array<{ value: string }> }>('/dynamic-node-parameters/options', {
			path: 'parameters.filters.userDisplayName',
			methodName: 'getAgents',
			nodeTypeAndVersion: { name: 'n8n-nodes-samespace.samespace', version: 1 },
			currentNodeParameters: { ...ofReport, operation: 'getCalls' },
			credentials,
		});
		const agents = new Set(simulator.truth.calls(range).map(({ user_display_name: name }) => name).filter(Boolean));
		expect(data.data.map(({ value }) => value)).toEqual(expect.arrayContaining([...agents]));
	});

	shows('hints', async () => {
		const result = await run({ ...ofReport, operation: 'getCalls', filters: { recordId: 'none' } });
		expect(result.status).toBe('success');
		expect(result.hints('Read')).toEqual([expect.stringContaining('No records matched the filters')]);
	});

	shows('Stop', async () => {
		const slow = read('Read', { ...ofReport, operation: 'getCalls', returnAll: true, options: { pageSize: 10 } });
		const start = async () => await startOverRest(rest, [manualStart, slow]);
		expect(await stopInTheMiddle(simulator, rest, start)).toEqual({ lateRequests: 0, status: 'canceled' });
	});

	shows(
		'trigger',
		async () => {
			const parameters = { event: 'callCompleted', options: { settleSeconds: 0 }, pollTimes: { item: [{ mode: 'everyMinute' }] } };
			const trigger = { ...samespaceNode('Call Completed', parameters, 'samespaceTrigger'), credentials };
			const tell: INode = {
				...manualStart,
				id: 'tell',
				name: 'Tell',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { method: 'POST', url: collector.url, sendBody: true, specifyBody: 'json', jsonBody: '={{ { id: $json._id } }}', options: {} },
			};
			const connections = { 'Call Completed': { main: [[{ node: 'Tell', type: 'main', index: 0 }]] } };
			const { data: saved } = await rest.post<{ data: { id: string } }>('/workflows', { name: 'polled', active: false, nodes: [trigger, tell], connections, settings: {} });
			await publish(rest, saved.data.id);
			const added: string[] = [];
			const addCalls = (name: string): void => {
				for (let n = 0; n < 3; n += 1) {
					const id = `${name} ${n}`;
					simulator.addCall({ _id: id, start_time: new Date(Date.now() - 60_000).toISOString(), end_time: new Date().toISOString() });
					added.push(id);
				}
			};
			addCalls('first');
			await until(() => collector.texts.length >= added.length, 'the first calls have started the workflow', twoPollsMs);
			addCalls('second');
			await until(() => collector.texts.length >= added.length, 'the other calls have started the workflow', twoPollsMs);
			expect(collector.texts.sort()).toEqual(added.sort());
		},
		2 * twoPollsMs + 60_000,
	);
}

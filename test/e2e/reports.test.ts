import type { AxiosInstance } from 'axios';
import { DateTime } from 'luxon';
import type { INode } from 'n8n-workflow';
import { credentialReference, type WorkflowFile } from '../../playground/workflows.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { clusterOf, freshInstance, zoneAtNoon, type FreshInstance } from '../support/instance.ts';
import { signIn } from '../support/rest.ts';
import { manualStart, runSaved, samespaceNode, saveAll, startChain, type RestRun } from '../support/restRuns.ts';

// A cluster whose zone is not that of the workflow, nor UTC.
const clusterZone = 'Asia/Kolkata';
const end = DateTime.utc().minus({ days: 2 }).startOf('hour');
const overTwoWindows = { start: end.minus({ days: 45 }).toISO(), end: end.toISO() };
const overOneWindow = { start: end.minus({ days: 20 }).toISO(), end: end.toISO() };

const reports = [
	{ operation: 'getCalls', range: overTwoWindows },
	{ operation: 'getSessions', range: overTwoWindows },
	{ operation: 'getCsat', range: overTwoWindows },
	{ operation: 'getProductivity', range: overOneWindow },
];

/** One workflow with a Samespace node for each report: one start of n8n runs them all. */
function allReports(): WorkflowFile {
	const start: INode = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const readers = reports.map(
		({ operation, range }, index): INode => ({
			id: operation,
			name: operation,
			type: 'n8n-nodes-samespace.samespace',
			typeVersion: 1,
			position: [300, 200 * index],
			credentials: credentialReference,
			parameters: {
				resource: 'report',
				operation,
				dateRange: 'custom',
				startTime: range.start,
				endTime: range.end,
				output: 'raw',
				returnAll: true,
				options: { pageSize: 700 },
			},
		}),
	);
	const connections = { Start: { main: [readers.map(({ name }) => ({ node: name, type: 'main' as const, index: 0 }))] } };
	return { id: 'allReports', name: 'All reports', nodes: [start, ...readers], connections };
}

describe('the four reports, run by n8n', () => {
	let simulator: Simulator;
	let instance: FreshInstance;
	let rest: AxiosInstance;
	let run: RestRun;

	beforeAll(async () => {
		simulator = await startSimulator({ timezone: clusterZone });
		instance = await freshInstance({ timezone: zoneAtNoon() }, simulator);
		await instance.start();
		rest = await signIn(instance.url);
		await saveAll(rest, clusterOf(simulator), [allReports()]);
		run = await runSaved(rest, 'allReports');
	}, 180_000);

	afterAll(async () => {
		await simulator?.close();
		await instance?.stop();
	}, 60_000);

	it('succeed, and send only requests that the API contract allows', () => {
		expect(run.error).toBeUndefined();
		simulator.assertNoViolations();
	});

	it.each([
		['getCalls', 'calls', []],
		['getSessions', 'sessions', []],
		['getCsat', 'csat', ['answers', 'rating_average', 'rating_count']],
	] as const)('%s gives every record exactly once, whole', (operation, report, added) => {
		const truth = simulator.truth[report](overTwoWindows);
		const records = run.items(operation);
		expect(truth.length).toBeGreaterThan(100);
		expect(records.map(({ _id }) => _id).sort()).toEqual(truth.map(({ _id }) => _id).sort());
		expect(byId(records.map((record) => without(record, added)))).toEqual(byId(truth));
	});

	it('getProductivity gives the row of each agent', () => {
		const truth = simulator.truth.productivity(overOneWindow);
		const records = run.items('getProductivity');
		expect(truth.length).toBeGreaterThan(5);
		expect(byId(records)).toMatchObject(byId(truth));
		expect(records).toHaveLength(truth.length);
	});

	it('where the credential has expressions, each item is asked of its own cluster, with its own key', async () => {
		const clusters = await Promise.all(['first', 'second'].map(async (_id) => await startSimulator({ apiKey: `key-of-${_id}`, truth: { calls: [{ _id, start_time: end.minus({ days: 3 }).toISO() }] } })));
		const list = clusters.map(({ url, apiKey }, n) => ({ url, key: apiKey, n }));
		const { data: saved } = await rest.post<{ data: { id: string } }>('/credentials', {
			name: 'Filled in by each item',
			type: 'samespaceApi',
			data: { clusterId: '', timezone: 'UTC', baseUrl: '={{ $json.url }}', apiKey: '={{ $json.key }}' },
		});
		const set: INode = { ...manualStart, id: 'set', name: 'Set', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { mode: 'raw', jsonOutput: JSON.stringify({ list }), options: {} } };
		const split: INode = { ...manualStart, id: 'split', name: 'Split', type: 'n8n-nodes-base.splitOut', typeVersion: 1, parameters: { fieldToSplitOut: 'list', options: {} } };
		const read = { ...samespaceNode('Read', { resource: 'report', operation: 'getCalls', dateRange: 'custom', startTime: overOneWindow.start, endTime: overOneWindow.end, output: 'raw', returnAll: true }), credentials: { samespaceApi: { id: saved.data.id, name: 'Filled in by each item' } } };
		const ended = await (await startChain(rest, [manualStart, set, split, read])).ended();
		await Promise.all(clusters.map(async (cluster) => await cluster.close()));
		expect(ended.error).toBeUndefined();
		expect(ended.items('Read').map(({ _id }) => _id)).toEqual(['first', 'second']);
		expect(ended.links('Read')).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('links every item to the input that asked for it', () => {
		const links = reports.flatMap(({ operation }) => run.links(operation));
		expect(new Set(links.map((link) => JSON.stringify(link)))).toEqual(new Set(['{"item":0}']));
	});

	it('asks for 45 days of calls in two windows, each page once', () => {
		const asked = simulator.log
			.filter(({ path }) => path === '/manage/api/analytics/sessions')
			.map(({ body }) => body as { filters: object; skip: number });
		expect(new Set(asked.map(({ filters }) => JSON.stringify(filters))).size).toBe(2);
		expect(new Set(asked.map(({ filters, skip }) => JSON.stringify([filters, skip]))).size).toBe(asked.length);
		expect(asked.length).toBeLessThanOrEqual(4);
	});
});

function without(record: object, fields: readonly string[]): object {
	return Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)));
}

function byId(records: object[]): { [id: string]: object } {
	return Object.fromEntries(records.map((record) => [(record as { _id: string })._id, record]));
}

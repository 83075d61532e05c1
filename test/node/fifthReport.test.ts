/* eslint-disable @n8n/community-nodes/no-restricted-imports -- an API of its own, on Node itself */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { ReportDefinition } from '../../nodes/Samespace/reports';
import { contentOf, openBinaryStore } from '../support/binaryStore.ts';

/** All that a fifth report takes: this file, and its line in reports/index.ts, for which the mock below stands. */
const mockVoicemails: ReportDefinition = {
	operation: 'getVoicemails',
	title: 'Voicemails',
	rowsAre: 'voicemails',
	description: 'Messages that callers left',
	path: '/manage/api/analytics/voicemails',
	id: '_id',
	shown: { paging: true, times: true, filters: [] },
	timeField: 'start_time',
	timeFormat: 'iso',
	filters: [{ parameter: 'teamName', field: 'team_name', sentAs: 'list', inRows: true }],
	columns: [
		{ name: '_id', type: 'text' },
		{ name: 'start_time', type: 'time' },
		{ name: 'team_name', type: 'text' },
		{ name: 'caller', type: 'text' },
		{ name: 'duration', type: 'duration' },
	],
	simplified: ['_id', 'start_time', 'team_name', 'duration'],
	groups: { team: 'team_name' },
};

jest.mock('../../nodes/Samespace/reports', () => {
	const real = jest.requireActual<{ reports: readonly object[] }>('../../nodes/Samespace/reports');
	return { ...real, reports: [...real.reports, mockVoicemails] };
});

// After the mock, so that they see five reports.
const { Samespace } = jest.requireActual<typeof import('../../nodes/Samespace/Samespace.node')>('../../nodes/Samespace/Samespace.node');
const { runNode } = jest.requireActual<typeof import('../support/runNode')>('../support/runNode');

const firstMs = Date.parse('2026-03-01T00:00:00Z');
const rows = Array.from({ length: 2000 }, (_, at) => ({
	_id: `v${at}`,
	start_time: new Date(firstMs + at * 3 * 3_600_000).toISOString(),
	team_name: at % 3 === 0 ? 'Sales' : 'Support',
	caller: `+4930${at}`,
	duration: at % 60,
}));

let server: Server;
let requests: number;
let clearStore: () => Promise<void>;
let run: (parameters: IDataObject) => ReturnType<typeof runNode>;

beforeAll(async () => {
	clearStore = await openBinaryStore();
	server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk) => (text += String(chunk)));
		request.on('end', () => {
			requests += 1;
			const { filters, limit, skip } = JSON.parse(text) as { filters: { start_time: string; end_time: string; team_name?: string[] }; limit: number; skip: number };
			const found = rows.filter(({ start_time: time, team_name: team }) => time >= filters.start_time && time <= filters.end_time && (filters.team_name ?? [team]).includes(team));
			response.writeHead(request.url === mockVoicemails.path ? 200 : 404, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ total: found.length, data: found.slice(skip, skip + limit) }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const credential = { clusterId: 'acme', apiKey: 'Voice@secret', timezone: 'UTC', baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
	run = async (parameters) =>
		await runNode({ credential, node: new Samespace(), parameters: { resource: 'report', operation: 'getVoicemails', dateRange: 'custom', startTime: '2026-01-01', endTime: '2026-11-20', returnAll: true, ...parameters } });
});

beforeEach(() => void (requests = 0));
afterAll(async () => {
	await clearStore();
	await new Promise((resolve) => server.close(resolve));
});

describe('a fifth report, one file and one line', () => {
	it('is an operation of the form, with its own filters, fields and groups', () => {
		const { properties } = new Samespace().description;
		const operations = properties.find(({ name }) => name === 'operation')?.options as INodePropertyOptions[];
		expect(operations.map(({ name }) => name)).toContain('Get Voicemails');
		const shownFor = (name: string): string[] =>
			properties
				.filter((property) => property.name === name && JSON.stringify(property.displayOptions ?? '').includes('getVoicemails'))
				.flatMap(({ options = [] }) => options.map((option) => option.name));
		expect(shownFor('filters')).toEqual(expect.arrayContaining(['teamName', 'minDuration', 'custom']));
		expect(shownFor('filters')).not.toContain('tags');
		expect(shownFor('groupBy')).toEqual(expect.arrayContaining(['Team', 'Day']));
		expect(shownFor('fields').length).toBeGreaterThanOrEqual(5);
	});

	it('is read over months, each record once', async () => {
		const { json, error, hints } = await run({ output: 'raw', options: { sort: 'oldestFirst' } });
		expect(error).toBeUndefined();
		expect(hints).toEqual([]);
		expect(json).toEqual(rows);
		expect(requests).toBeLessThan(30);
	});

	it('is filtered', async () => {
		const { json } = await run({ filters: { teamName: ['Sales'] } });
		expect(json).toHaveLength(rows.filter(({ team_name: team }) => team === 'Sales').length);
		expect(Object.keys(json[0])).toEqual(mockVoicemails.simplified);
	});

	it('is counted in a summary', async () => {
		const { json } = await run({ output: 'summary', groupBy: ['team'] });
		expect(json.map(({ team, records }) => [team, records])).toEqual(expect.arrayContaining([['Sales', 667], ['Support', 1333]]));
	});

	it('becomes a CSV file', async () => {
		const { items } = await run({ returnAs: 'csv', output: 'raw' });
		const content = await contentOf(items[0].binary?.data as { data: string; mimeType: string });
		expect(content.toString().split('\n')[0].trim()).toBe('_id,start_time,team_name,caller,duration');
		expect(content.toString().trim().split('\n')).toHaveLength(rows.length + 1);
	});
});

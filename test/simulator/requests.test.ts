/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { setTimeout as wait } from 'node:timers/promises';
import { startSimulator } from './index.ts';
import type { ReportName, Simulator } from './index.ts';
import { ask, page, pathOf, send } from './testing/client.ts';

const now = '2026-03-15T12:00:00.000Z';
const times = { start_time: '2026-03-01T00:00:00.000Z', end_time: '2026-03-02T00:00:00.000Z' };
const localTimes = { start_time: '2026-03-01 00:00:00', end_time: '2026-03-02 00:00:00' };

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ now, days: 30, extraFilters: ['direction', 'custom_data.dial_id'] });
});
afterAll(async () => await simulator.close());
beforeEach(() => {
	simulator.violations.length = 0;
	simulator.clearLog();
});

describe('a request that the contract does not know is refused and noted', () => {
	it.each<[string, ReportName, unknown]>([
		['no JSON', 'calls', '{"filters":'],
		['a list', 'calls', []],
		['no filters', 'calls', {}],
		['an unknown field', 'calls', { filters: times, page: 1 }],
		['limit 0', 'calls', { filters: times, limit: 0 }],
		['limit as text', 'calls', { filters: times, limit: '10' }],
		['half a row', 'calls', { filters: times, limit: 1.5 }],
		['a negative skip', 'calls', { filters: times, skip: -1 }],
		['an undocumented filter', 'calls', { filters: { ...times, team_name: ['Sales'] } }],
		['a list where text belongs', 'calls', { filters: { ...times, status: ['answered'] } }],
		['text where a list belongs', 'sessions', { filters: { ...times, user_display_name: 'Sarah Taylor' } }],
		['numbers in a list of texts', 'productivity', { filters: { ...localTimes, channel: [1] } }],
		['a local time for calls', 'calls', { filters: localTimes }],
		['an ISO time for csat', 'csat', { filters: times }],
		['a time with an offset', 'calls', { filters: { ...times, end_time: '2026-03-02T00:00:00.000+01:00' } }],
		['a day that does not exist', 'calls', { filters: { ...times, start_time: '2026-02-30T00:00:00.000Z' } }],
		['no end', 'productivity', { filters: { start_time: localTimes.start_time } }],
		['a filter of another report', 'csat', { filters: { ...localTimes, type: 'team' } }],
	])('%s', async (_, report, body) => {
		const answer = await send(simulator, { path: pathOf[report], body });
		expect(answer.status).toBe(400);
		expect(answer.json).toEqual({ message: expect.any(String) as string });
		expect(simulator.violations).toHaveLength(1);
		expect(() => simulator.assertNoViolations()).toThrow(/contract was violated/);
	});

	it.each([
		['an unknown path', { path: '/manage/api/analytics/call' }, 404],
		['a query string', { path: `${pathOf.calls}?limit=1` }, 404],
		['another method', { path: pathOf.calls, method: 'PUT' }, 405],
		['another content type', { path: pathOf.calls, headers: { 'content-type': 'text/plain' } }, 415],
	])('%s', async (_, asking, status) => {
		expect((await send(simulator, { body: { filters: times }, ...asking })).status).toBe(status);
		expect(simulator.violations).toHaveLength(1);
	});

	it('a local time that the zone skips', async () => {
		simulator.switches.timezone = 'Europe/Berlin';
		const filters = { start_time: '2026-03-29 02:30:00', end_time: '2026-03-29 04:00:00' };
		expect((await send(simulator, { path: pathOf.csat, body: { filters } })).status).toBe(400);
		simulator.switches.timezone = 'UTC';
		expect(simulator.violations).toHaveLength(1);
	});

	it.each([
		['in the URL', (key: string) => ({ path: `/x?${encodeURIComponent(key)}` })],
		['in the body', (key: string) => ({ path: pathOf.calls, body: { filters: { ...times, type: key } } })],
		['in another header', (key: string) => ({ path: pathOf.calls, headers: { authorization: key } })],
	])('the key %s, which is not repeated', async (_, asking) => {
		const answer = await send(simulator, asking(simulator.apiKey));
		expect(simulator.violations).toContainEqual(expect.stringMatching(/key was sent outside/));
		expect(JSON.stringify([answer, simulator.log, simulator.violations])).not.toContain(simulator.apiKey);
	});
});

describe('a request that the contract knows is no violation', () => {
	afterEach(() => simulator.assertNoViolations());

	it.each<[string, ReportName, unknown]>([
		["the vendor's call body", 'calls', { filters: { ...times, type: 'team' }, limit: 10, skip: 10 }],
		["the vendor's session body", 'sessions', { filters: { user_display_name: ['Sarah Taylor'] } }],
		[
			"the vendor's productivity body",
			'productivity',
			{ filters: { ...localTimes, direction: [], team_name: [], channel: [], user_display_name: [] } },
		],
		["the vendor's csat body", 'csat', { filters: localTimes }],
	])('%s', async (_, report, body) => {
		const answer = await send(simulator, { path: pathOf[report], body });
		expect(answer.status).toBe(200);
		expect(answer.json).toMatchObject({ total: expect.any(Number) as number, data: expect.any(Array) as unknown[] });
	});

	it('extra filters are matched by value or by list', async () => {
		const query = { start: times.start_time, end: times.end_time };
		const [call] = simulator.truth.calls(query).filter(({ custom_data }) => 'dial_id' in custom_data);
		const byId = await page(simulator, 'calls', {
			...query,
			filters: { 'custom_data.dial_id': call?.custom_data.dial_id },
		});
		expect(byId).toEqual({ total: 1, data: [call] });
		const inbound = await page(simulator, 'calls', { ...query, filters: { direction: ['in'] } });
		expect(inbound.data).toEqual(simulator.truth.calls({ ...query, direction: 'in' }));
	});

	it.each([
		['a wrong key', { 'x-api-key': 'wrong' }, true],
		["another cluster's key in authorization", { 'x-api-key': '', authorization: 'Bearer x' }, true],
	])('%s is refused all the same', async (_, headers, keySent) => {
		const answer = await send(simulator, { path: pathOf.calls, headers, body: { filters: times } });
		expect(answer.status).toBe(401);
		expect(simulator.log[0]).toMatchObject({ keyOk: false, keySent, status: 401 });
	});

	it('a reversed range is refused', async () => {
		const answer = await ask(simulator, 'calls', { start: times.end_time, end: times.start_time });
		expect(answer.json).toEqual({ message: 'end_time is before start_time' });
	});
});

describe('the log', () => {
	it('says what was asked and answered, without the key', async () => {
		const query = { start: times.start_time, end: times.end_time };
		await ask(simulator, 'calls', { ...query, limit: 3 });
		await ask(simulator, 'csat', query);
		const total = simulator.truth.calls(query).length;
		expect(simulator.log).toMatchObject([
			{
				n: 1,
				method: 'POST',
				path: pathOf.calls,
				report: 'calls',
				keyOk: true,
				body: { filters: times, limit: 3 },
				status: 200,
				rows: 3,
				total,
				finished: true,
				aborted: false,
			},
			{ n: 2, report: 'csat' },
		]);
		expect(simulator.log[0]?.endedAt).toBeGreaterThanOrEqual(simulator.log[0]?.startedAt ?? Infinity);
		expect(JSON.stringify(simulator.log)).not.toContain(simulator.apiKey);
		expect(simulator.connections).toBe(2);
		simulator.clearLog();
		expect(simulator.log).toEqual([]);
		expect(simulator.connections).toBe(0);
	});

	it('knows how many requests were under way at once', async () => {
		const query = { start: times.start_time, end: times.end_time };
		simulator.latencyMs = 40;
		await Promise.all([1, 2, 3].map(async () => await ask(simulator, 'calls', query)));
		expect(simulator.peakConcurrency).toBe(3);
		expect((simulator.log[0]?.endedAt ?? 0) - (simulator.log[0]?.startedAt ?? 0)).toBeGreaterThanOrEqual(35);
		simulator.latencyMs = 0;
		simulator.clearLog();
		await ask(simulator, 'calls', query);
		expect(simulator.peakConcurrency).toBe(1);
	});

	it('notes a client that went away', async () => {
		simulator.latencyMs = 200;
		const given = send(simulator, { path: pathOf.calls, body: { filters: times }, giveUpMs: 30 });
		await expect(given).rejects.toThrow('gave up');
		while (simulator.log[0]?.endedAt === null) await wait(5);
		simulator.latencyMs = 0;
		expect(simulator.log[0]).toMatchObject({ aborted: true, finished: false, status: 0 });
	});
});

describe('pages that are kept', () => {
	it('are the same bytes until the dataset or a switch changes', async () => {
		const keeping = await startSimulator({ now, days: 30, cachePages: 2 });
		const query = { start: times.start_time, end: times.end_time };
		const first = await ask(keeping, 'calls', query);
		expect((await ask(keeping, 'calls', query)).text).toBe(first.text);
		expect(keeping.log[1]).toMatchObject({ rows: keeping.log[0]?.rows, total: keeping.log[0]?.total });
		const added = keeping.addCall({ start_time: times.start_time });
		expect((await page(keeping, 'calls', query)).data).toContainEqual(added);
		keeping.switches.maxLimit = 1;
		expect((await page(keeping, 'calls', query)).data).toHaveLength(1);
		await keeping.close();
	});
});

/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code runs on Node itself, not in n8n */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readArguments } from './commandLine.ts';
import { startSimulator } from './index.ts';
import type { CallRecord } from './index.ts';
import { pathOf, send } from './testing/client.ts';
import type { Answer } from './testing/client.ts';

const window = { start_time: '2026-03-10T00:00:00.000Z', end_time: '2026-03-11T00:00:00.000Z' };
const inTruth = 'report=calls&start=2026-03-10T00:00:00.000Z&end=2026-03-11T00:00:00.000Z';

type Started = { process: ChildProcess; url: string; apiKey: string; port: number };

async function start(...flags: string[]): Promise<Started> {
	const child = spawn(process.execPath, [join(__dirname, 'main.ts'), ...flags], { stdio: ['pipe', 'pipe', 'ignore'] });
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	return { process: child, ...(JSON.parse(line.toString()) as Omit<Started, 'process'>) };
}

async function end(started: Started): Promise<unknown> {
	const exited = once(started.process, 'exit');
	started.process.kill('SIGTERM');
	return (await exited)[0];
}

describe('the process', () => {
	let cluster: Started;
	beforeAll(async () => {
		cluster = await start('--now', '2026-03-15T12:00:00Z', '--days', '10', '--calls-per-day', '50', '--seed', '3');
	});
	afterAll(async () => expect(await end(cluster)).toBe(0));

	const steer = async (method: string, command: string, body?: unknown): Promise<Answer> =>
		await send(cluster, { method, path: `/__simulator/${command}`, body });
	const calls = async (): Promise<Answer> => await send(cluster, { path: pathOf.calls, body: { filters: window } });
	const data = ({ json }: Answer) => (json as { data: CallRecord[] }).data;

	it('serves the dataset that its flags describe, and its truth', async () => {
		const truth = await steer('GET', `truth?${inTruth}`);
		expect((truth.json as unknown[]).length).toBeGreaterThan(45);
		expect(data(await calls())).toEqual(truth.json);
		const twin = await startSimulator({ now: '2026-03-15T12:00:00Z', days: 10, callsPerDay: 50, seed: 3 });
		expect(truth.json).toEqual(twin.truth.calls({ start: window.start_time, end: window.end_time }));
		await twin.close();
		expect((await steer('GET', `truth?${inTruth}&count=1`)).json).toEqual({ count: data(await calls()).length });
		expect((await steer('GET', `truth?${inTruth}&status=none`)).json).toEqual([]);
	});

	it('logs requests, but not those that steer it', async () => {
		await steer('POST', 'clear-log');
		await calls();
		const log = (await steer('GET', 'log')).json as { requests: unknown[] };
		expect(log).toMatchObject({
			requests: [{ n: 1, report: 'calls', status: 200 }],
			peakConcurrency: 1,
			violations: [],
		});
		expect(log.requests).toHaveLength(1);
	});

	it('takes switches, faults and latency', async () => {
		expect((await steer('POST', 'switches', { maxLimit: 4 })).json).toMatchObject({
			maxLimit: 4,
			order: 'oldestFirst',
		});
		expect(data(await calls())).toHaveLength(4);
		await steer('POST', 'switches', { maxLimit: null });
		await steer('POST', 'fault', { kind: 'status', status: 418, times: 9 });
		expect((await calls()).status).toBe(418);
		await steer('POST', 'clear-faults');
		await steer('POST', 'latency', { ms: 60 });
		const before = performance.now();
		expect((await calls()).status).toBe(200);
		expect(performance.now() - before).toBeGreaterThan(55);
		await steer('POST', 'latency', { ms: { fromMs: 60, toMs: 70 } });
		const beforeVarying = performance.now();
		expect((await calls()).status).toBe(200);
		expect(performance.now() - beforeVarying).toBeGreaterThan(55);
		expect((await steer('POST', 'latency', { ms: { fromMs: 70, toMs: 60 } })).status).toBe(400);
		await steer('POST', 'latency', { ms: 0 });
	});

	it('takes the switches and faults of what was not foreseen, and says how many rows it walked over', async () => {
		await steer('POST', 'clear-log');
		await steer('POST', 'switches', { totalError: { cappedAt: 2 }, durations: 'text', refuses: { calls: ['limit'] } });
		expect((await calls()).json).toMatchObject({ total: 2 });
		expect(typeof data(await calls())[0]?.duration).toBe('string');
		const limited = await send(cluster, { path: pathOf.calls, body: { filters: window, limit: 9 } });
		expect(limited).toMatchObject({ status: 400, json: { message: "'limit' is not allowed" } });
		await steer('POST', 'switches', { totalError: null, durations: 'number', refuses: {} });
		await steer('POST', 'fault', { kind: 'error200', shape: 'status' });
		expect((await calls()).json).toMatchObject({ status: 'error', data: [] });
		await steer('POST', 'switches', { arrivals: { everyRequests: 1, into: { start: window.start_time, end: window.end_time } } });
		const grown = data(await calls());
		await steer('POST', 'switches', { arrivals: null });
		expect((await steer('GET', `truth?${inTruth}`)).json).toEqual(grown);
		const rows = grown.length - 1;
		expect((await steer('GET', 'log')).json).toMatchObject({ walked: 3 * rows + 1 });
	});

	it('takes records, their changes, and another time', async () => {
		const added = (await steer('POST', 'call', { start_time: '2026-03-10T10:00:00.000Z' })).json as CallRecord;
		expect(data(await calls())).toContainEqual(added);
		await steer('POST', 'update', { report: 'calls', id: added._id, changes: { status: 'changed' } });
		expect(data(await calls())).toContainEqual({ ...added, status: 'changed' });
		await steer('POST', 'remove', { report: 'calls', id: added._id });
		expect(data(await calls()).map(({ _id }) => _id)).not.toContain(added._id);
		expect((await steer('POST', 'clock', { now: '2026-03-12T00:00:00Z' })).json).toEqual({
			now: '2026-03-12T00:00:00.000Z',
		});
		await steer('POST', 'recording', { path: '/x.wav', bytes: 100 });
		expect((await send(cluster, { method: 'GET', path: '/x.wav' })).bytes).toHaveLength(100);
	});

	it.each([
		['POST', 'nothing', {}, 404],
		['POST', 'switches', { typo: 1 }, 400],
		['POST', 'latency', { ms: 'slow' }, 400],
		['GET', 'truth?report=cals', undefined, 400],
		['POST', 'remove', { report: 'calls', id: 'none' }, 400],
		['POST', 'fault', { kind: 'stattus' }, 400],
	])('refuses %s %s %j', async (method, command, body, status) => {
		const answer = await steer(method, command, body);
		expect(answer).toMatchObject({ status, json: { error: expect.any(String) as string } });
	});
});

it('takes every option as a flag', () => {
	const numbers = [
		'--port',
		'1',
		'--seed',
		'2',
		'--days',
		'3',
		'--calls-per-day',
		'4',
		'--agents',
		'5',
		'--teams',
		'6',
	];
	const more = ['--latency', '7', '--cache-pages', '8', '--recording-bytes', '9', '--live', '--die-with-parent'];
	const texts = ['--traffic', 'contactCentre', '--api-key', 'k', '--now', '2026-01-01', '--timezone', 'Asia/Kolkata', '--extra-filters', 'a,b'];
	expect(readArguments([...numbers, ...more, ...texts, '--switches', '{"maxLimit":1}'])).toEqual({
		dieWithParent: true,
		options: {
			...{ port: 1, seed: 2, days: 3, callsPerDay: 4, traffic: 'contactCentre', agents: 5, teams: 6, latencyMs: 7, cachePages: 8 },
			...{ recordingBytes: 9, live: true, apiKey: 'k', now: '2026-01-01', timezone: 'Asia/Kolkata' },
			...{ extraFilters: ['a', 'b'], switches: { maxLimit: 1 }, tls: undefined, control: true },
		},
	});
	expect(() => readArguments(['--tls-cert', 'x.pem'])).toThrow('go together');
	expect(() => readArguments(['--traffic', 'heavy'])).toThrow('expected one of even,contactCentre');
	expect(() => readArguments(['--unknown'])).toThrow(/unknown/i);
});

it('ends with its stdin when told to', async () => {
	const orphan = await start('--die-with-parent', '--days', '1');
	const exited = once(orphan.process, 'exit');
	orphan.process.stdin?.end();
	expect((await exited)[0]).toBe(0);
});

it('says what is wrong with its flags', async () => {
	const child = spawn(process.execPath, [join(__dirname, 'main.ts'), '--days', 'many'], {
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	const exited = once(child, 'exit');
	const [message] = (await once(child.stderr, 'data')) as [Buffer];
	expect(message.toString()).toMatch(/--days: expected a number/);
	expect((await exited)[0]).toBe(1);
});

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { startSimulator } from './index.ts';
import type { Fault, Simulator } from './index.ts';
import { ask, page, pathOf, send } from './testing/client.ts';

const now = '2026-03-15T12:00:00.000Z';
const day = { start: '2026-03-10T00:00:00.000Z', end: '2026-03-11T00:00:00.000Z' };

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator({ now, days: 10 });
});
afterEach(async () => {
	simulator.assertNoViolations();
	await simulator.close();
});

function trueIds(): string[] {
	return simulator.truth.calls(day).map(({ _id }) => _id);
}

describe('faults of the connection', () => {
	it.each<[Fault['kind'], RegExp, number, boolean]>([
		['refuse', /ECONNRESET|socket hang up/, 0, true],
		['resetBeforeBody', /aborted|ECONNRESET/, 200, true],
		['resetMidBody', /aborted|ECONNRESET/, 200, true],
	])('%s breaks one request, and the next is whole', async (kind, message, status, aborted) => {
		simulator.faults.add({ kind } as Fault);
		await expect(ask(simulator, 'calls', day)).rejects.toThrow(message);
		expect(simulator.log[0]).toMatchObject({ status, aborted });
		expect((await page(simulator, 'calls', day)).data).toEqual(simulator.truth.calls(day));
		expect(simulator.faults.fired).toBe(1);
	});

	it('hang never answers, and closing the cluster ends it', async () => {
		simulator.faults.add({ kind: 'hang', times: 2 });
		const body = { filters: { start_time: day.start, end_time: day.end } };
		await expect(send(simulator, { path: pathOf.calls, body, giveUpMs: 60 })).rejects.toThrow('gave up');
		const waiting = ask(simulator, 'calls', day);
		const ended = expect(waiting).rejects.toThrow(/socket hang up|ECONNRESET/);
		while (simulator.log.length < 2) await wait(5);
		await simulator.close();
		await ended;
	});

	it.each<'slowHeaders' | 'slowBody'>(['slowHeaders', 'slowBody'])('%s is late but whole', async (kind) => {
		simulator.faults.add({ kind, ms: 80 });
		const before = performance.now();
		expect((await page(simulator, 'calls', day)).data).toEqual(simulator.truth.calls(day));
		expect(performance.now() - before).toBeGreaterThan(75);
	});
});

describe('faults of the status', () => {
	it('status has any code, message and Retry-After', async () => {
		simulator.faults.add({ kind: 'status', status: 503, message: 'deploying', retryAfter: '7' });
		const answer = await ask(simulator, 'calls', day);
		expect(answer).toMatchObject({ status: 503, json: { message: 'deploying' }, headers: { 'retry-after': '7' } });
		expect(simulator.log[0]).toMatchObject({ status: 503, rows: null });
	});

	it('redirect points elsewhere', async () => {
		simulator.faults.add({ kind: 'redirect', url: 'http://127.0.0.1:1/', status: 307 });
		const answer = await ask(simulator, 'calls', day);
		expect(answer).toMatchObject({ status: 307, headers: { location: 'http://127.0.0.1:1/' } });
	});
});

describe('faults of the body', () => {
	it('truncatedJson is valid HTTP and cut JSON', async () => {
		simulator.faults.add({ kind: 'truncatedJson' });
		const cut = await ask(simulator, 'calls', day);
		const whole = await ask(simulator, 'calls', day);
		expect(cut.json).toBeUndefined();
		expect(whole.bytes.subarray(0, cut.bytes.length).equals(cut.bytes)).toBe(true);
		expect(cut.bytes.length).toBeLessThan(whole.bytes.length);
	});

	it('html200 is a page with status 200', async () => {
		simulator.faults.add({ kind: 'html200' });
		expect(await ask(simulator, 'calls', day)).toMatchObject({
			status: 200,
			json: undefined,
			headers: { 'content-type': 'text/html' },
		});
	});

	it('wrongContentType is right JSON as text/plain', async () => {
		simulator.faults.add({ kind: 'wrongContentType' });
		const answer = await ask(simulator, 'calls', day);
		expect(answer.headers['content-type']).toBe('text/plain');
		expect(answer.json).toEqual({ total: trueIds().length, data: simulator.truth.calls(day) });
	});

	it('gzip is right JSON, packed', async () => {
		simulator.faults.add({ kind: 'gzip' });
		const answer = await ask(simulator, 'calls', day);
		expect(answer.headers['content-encoding']).toBe('gzip');
		expect(JSON.parse(gunzipSync(answer.bytes).toString())).toMatchObject({ data: simulator.truth.calls(day) });
	});

	it('emptyBody has status 200 and nothing in it', async () => {
		simulator.faults.add({ kind: 'emptyBody' });
		expect(await ask(simulator, 'calls', day)).toMatchObject({ status: 200, text: '' });
	});
});

describe('faults of the page', () => {
	it('emptyPage keeps the true total', async () => {
		simulator.faults.add({ kind: 'emptyPage' });
		expect(await page(simulator, 'calls', day)).toEqual({ total: trueIds().length, data: [] });
		expect(simulator.log[0]).toMatchObject({ rows: 0, total: trueIds().length });
	});

	it('repeatPage gives the page before', async () => {
		simulator.faults.add({ kind: 'repeatPage', nth: 2 });
		const first = await page(simulator, 'calls', { ...day, limit: 5 });
		expect(await page(simulator, 'calls', { ...day, limit: 5, skip: 5 })).toEqual(first);
	});

	it.each<[Fault['kind'], (total: number) => unknown]>([
		['totalDrift', (total) => total + 1],
		['totalTooHigh', (total) => total + 5],
		['totalTooLow', (total) => Math.floor(total / 2)],
		['totalMissing', () => undefined],
		['totalText', (total) => String(total)],
	])('%s, once', async (kind, expected) => {
		simulator.faults.add({ kind } as Fault);
		const { total, data } = await page(simulator, 'calls', day);
		expect(total).toEqual(expected(data.length));
		expect((await page(simulator, 'calls', day)).total).toBe(data.length);
	});

	it('dataNull, nullRecord, recordWithoutId, oidIds', async () => {
		for (const kind of ['dataNull', 'nullRecord', 'recordWithoutId', 'oidIds'] as const) simulator.faults.add({ kind });
		simulator.faults.clear();
		const [first, ...others] = simulator.truth.calls(day);
		const { _id, ...nameless } = first ?? {};
		const expected = {
			dataNull: null,
			nullRecord: [null, ...others],
			recordWithoutId: [nameless, ...others],
			oidIds: simulator.truth.calls(day).map((call) => ({ ...call, _id: { $oid: call._id } })),
		};
		for (const [kind, data] of Object.entries(expected)) {
			simulator.faults.add({ kind } as Fault);
			expect((await ask(simulator, 'calls', day)).json).toEqual({ total: others.length + 1, data });
		}
		expect(_id).toBeDefined();
	});

	it('hugeRecord is that big', async () => {
		simulator.faults.add({ kind: 'hugeRecord', megabytes: 10 });
		const answer = await ask(simulator, 'calls', { ...day, limit: 1 });
		expect(answer.bytes.length).toBeGreaterThan(10_000_000);
		expect(answer.json).toMatchObject({ data: [simulator.truth.calls(day)[0]] });
	});
});

describe('faults of the dataset', () => {
	it('dropRow takes the oldest away for good: what follows moves up', async () => {
		const before = trueIds();
		simulator.faults.add({ kind: 'dropRow', nth: 2 });
		const first = await page(simulator, 'calls', { ...day, limit: 5 });
		const second = await page(simulator, 'calls', { ...day, limit: 5, skip: 5 });
		const read = [...first.data, ...second.data].map(({ _id }) => _id);
		expect(read).toEqual([...before.slice(0, 5), ...before.slice(6, 11)]);
		expect(second.total).toBe(before.length - 1);
		expect(trueIds()).toEqual(before.slice(1));
	});

	it('dropRow takes the record of an id', async () => {
		const id = trueIds()[3] as string;
		simulator.faults.add({ kind: 'dropRow', id });
		expect((await page(simulator, 'calls', day)).data.map(({ _id }) => _id)).not.toContain(id);
	});

	it('insertRow puts a copy at the start of the window: what follows moves down', async () => {
		const before = trueIds();
		simulator.faults.add({ kind: 'insertRow', nth: 2 });
		await page(simulator, 'calls', { ...day, limit: 5 });
		const second = await page(simulator, 'calls', { ...day, limit: 5, skip: 5 });
		expect(second.data.map(({ _id }) => _id)).toEqual(before.slice(4, 9));
		expect(second.total).toBe(before.length + 1);
		expect(trueIds()).toHaveLength(before.length + 1);
		expect(new Set(trueIds()).size).toBe(before.length + 1);
	});

	it.each(['sessions', 'csat', 'productivity'] as const)('insertRow and dropRow work for %s', async (report) => {
		const before = simulator.truth[report](day);
		simulator.faults.add({ kind: 'insertRow', report, record: { start_time: day.start } });
		const grown = await page(simulator, report, day);
		expect(grown.data).toEqual(simulator.truth[report](day));
		expect(grown.data).not.toEqual(before);
		const answered = simulator.truth.calls({ ...day, status: 'answered' })[0]?._id;
		simulator.faults.add({ kind: 'dropRow', report, id: report === 'productivity' ? answered : undefined });
		const shrunk = await page(simulator, report, day);
		expect(shrunk.data).toEqual(simulator.truth[report](day));
		expect(shrunk.data).not.toEqual(grown.data);
	});
});

describe('when a fault strikes', () => {
	const statuses = async (count: number) => {
		const seen: number[] = [];
		for (let i = 0; i < count; i++) seen.push((await ask(simulator, i % 2 === 0 ? 'calls' : 'csat', day)).status);
		return seen;
	};

	it('the first time unless told otherwise', async () => {
		simulator.faults.add({ kind: 'status', status: 500 });
		expect(await statuses(3)).toEqual([500, 200, 200]);
	});

	it('from the nth request of its report on, so many times', async () => {
		simulator.faults.add({ kind: 'status', status: 500, report: 'csat', nth: 2, times: 2 });
		expect(await statuses(8)).toEqual([200, 200, 200, 500, 200, 500, 200, 200]);
	});

	it('where a predicate says so', async () => {
		simulator.faults.add({ kind: 'status', status: 502, times: Infinity, when: ({ n }) => n > 2 });
		expect(await statuses(4)).toEqual([200, 200, 502, 502]);
	});

	it('beside others, and never after clear', async () => {
		simulator.faults.add({ kind: 'gzip', times: 9 });
		simulator.faults.add({ kind: 'emptyPage', times: 9 });
		const answer = await ask(simulator, 'calls', day);
		expect(JSON.parse(gunzipSync(answer.bytes).toString())).toMatchObject({ data: [] });
		simulator.faults.clear();
		expect((await page(simulator, 'calls', day)).data).not.toEqual([]);
	});
});

describe('hooks and records added by hand', () => {
	it('run before or just after the answer to the nth request', async () => {
		simulator.hooks.add({ moment: 'after', nth: 1, run: () => simulator.removeCall(trueIds()[0] as string) });
		simulator.hooks.add({ moment: 'before', nth: 3, run: () => simulator.addCall({ start_time: day.start }) });
		const total = trueIds().length;
		const totals = [];
		for (let i = 0; i < 3; i++) totals.push((await page(simulator, 'calls', day)).total);
		expect(totals).toEqual([total, total - 1, total]);
	});

	it('are served with the generated ones, in order', async () => {
		const call = simulator.addCall({ start_time: '2026-03-10T12:34:56.789Z', status: 'missed' });
		const login = simulator.addSession({ start_time: '2026-03-10T12:00:00.000Z', end_time: null, logout_reason: '' });
		simulator.updateSession(login._id, { activity: 'logout', end_time: '2026-03-10T13:00:00.000Z' });
		const survey = simulator.addCsat({ start_time: '2026-03-10T12:00:00.000Z', csat: [] });
		const generated = simulator.truth.calls(day)[7];
		simulator.updateCall(generated?._id as string, { status: 'changed' });
		const { data } = await page(simulator, 'calls', day);
		expect(data).toContainEqual(call);
		expect(data).toContainEqual({ ...generated, status: 'changed' });
		expect(data.map(({ start_time }) => start_time)).toEqual(data.map(({ start_time }) => start_time).sort());
		const sessions = (await page(simulator, 'sessions', day)).data.filter(({ _id }) => _id === login._id);
		expect(sessions).toEqual([{ ...login, activity: 'logout', end_time: '2026-03-10T13:00:00.000Z' }]);
		expect((await page(simulator, 'csat', day)).data).toContainEqual(survey);
		expect(() => simulator.removeCall('5ff4093743e9410210f6ffff')).toThrow('no calls record');
	});

	it('keep coming by themselves in a live cluster', async () => {
		const live = await startSimulator({ now, days: 2, callsPerDay: 96, live: true });
		const later = { start: now, end: '2026-03-16T12:00:00.000Z' };
		expect((await page(live, 'calls', later)).data).toEqual([]);
		live.setNow('2026-03-15T18:00:00.000Z');
		expect((await page(live, 'calls', later)).total).toBe(24);
		await live.close();
	});
});

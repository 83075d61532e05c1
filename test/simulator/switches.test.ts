/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { setTimeout as wait } from 'node:timers/promises';
import { startSimulator } from './index.ts';
import type { Envelope, ErrorBody, Order, ReportName, Simulator, Switches, TotalError } from './index.ts';
import { ask, page, pathOf, send } from './testing/client.ts';

const now = '2026-03-15T12:00:00.000Z';
const week = { start: '2026-03-01T00:00:00.000Z', end: '2026-03-08T00:00:00.000Z' };

let simulator: Simulator;
let defaults: Switches;
beforeAll(async () => {
	simulator = await startSimulator({ now, days: 60 });
	defaults = { ...simulator.switches };
});
afterAll(async () => await simulator.close());
afterEach(() => {
	Object.assign(simulator.switches, defaults);
	simulator.setNow(now);
	simulator.assertNoViolations();
});

function set(switches: Partial<Switches>): void {
	Object.assign(simulator.switches, switches);
}

async function ids(query: Parameters<typeof page>[2], report: ReportName = 'calls'): Promise<unknown[]> {
	return (await page(simulator, report, query)).data.map(({ _id }) => _id);
}

function trueIds(query: { start?: string; end?: string }): string[] {
	return simulator.truth.calls(query).map(({ _id }) => _id);
}

describe('U1 envelope', () => {
	it.each<[Envelope, number, (rows: unknown[], total: number) => unknown]>([
		['totalAndData', 3, (data, total) => ({ total, data })],
		['dataOnly', 3, (data) => ({ data })],
		['array', 3, (data) => data],
		['array', 1, (data) => data],
		['object', 3, (data) => data],
		['object', 1, (data) => data[0]],
		['oneObject', 3, (data) => data[0]],
	])('%s with limit %i', async (envelope, limit, expected) => {
		set({ envelope });
		const rows = simulator.truth.calls(week);
		const answer = await ask(simulator, 'calls', { ...week, limit });
		expect(answer.json).toEqual(expected(rows.slice(0, limit), rows.length));
	});

	it('may differ from report to report, and past the end is as empty as its kind can be', async () => {
		set({ envelope: { calls: 'oneObject', sessions: 'object' } });
		expect((await ask(simulator, 'calls', { ...week, skip: 9999 })).json).toEqual({});
		expect((await ask(simulator, 'sessions', { ...week, skip: 9999 })).json).toEqual([]);
		expect((await ask(simulator, 'csat', { ...week, skip: 9999 })).json).toMatchObject({ data: [] });
	});
});

describe('U2, U3, U4 paging', () => {
	it('caps the limit silently', async () => {
		set({ maxLimit: 7 });
		expect(await ids({ ...week, limit: 1000 })).toEqual(trueIds(week).slice(0, 7));
		expect(await ids({ ...week, limit: 5 })).toHaveLength(5);
	});

	it('ignores the limit', async () => {
		set({ limitIgnored: true, maxLimit: 7 });
		expect(await ids({ ...week, limit: 2 })).toEqual(trueIds(week));
		expect(await ids({ ...week, limit: 2, skip: 3 })).toEqual(trueIds(week).slice(3));
	});

	it('ignores the skip, for the reports listed', async () => {
		set({ skipIgnored: ['calls'] });
		expect(await ids({ ...week, limit: 2, skip: 10 })).toEqual(trueIds(week).slice(0, 2));
		const sessions = simulator.truth.sessions(week).map(({ _id }) => _id);
		expect(await ids({ ...week, limit: 2, skip: 10 }, 'sessions')).toEqual(sessions.slice(10, 12));
	});
});

describe('U5 ends of a window', () => {
	it.each([
		[true, true],
		[false, true],
		[true, false],
		[false, false],
	])('start inclusive %s, end inclusive %s', async (startInclusive, endInclusive) => {
		set({ startInclusive, endInclusive });
		const rows = simulator.truth.calls(week);
		const within = rows.filter(
			({ start_time }) => (startInclusive || start_time !== week.start) && (endInclusive || start_time !== week.end),
		);
		expect(rows.length - within.length).toBe(Number(!startInclusive) + Number(!endInclusive));
		expect(await ids(week)).toEqual(within.map(({ _id }) => _id));
	});
});

describe('U6 time zone', () => {
	it('reads local texts in the zone', async () => {
		set({ timezone: 'Asia/Kolkata' });
		const shifted = { start: '2026-02-28T18:30:00.000Z', end: '2026-03-07T18:30:00.000Z' };
		const truth = simulator.truth.csat(shifted);
		expect((await page(simulator, 'csat', week)).data).toEqual(truth);
		expect(truth).not.toEqual(simulator.truth.csat(week));
	});
});

describe('U7 filters', () => {
	it('ignores the times', async () => {
		set({ timeFilterIgnored: ['calls', 'productivity'] });
		expect(await ids(week)).toEqual(trueIds({}));
		expect((await page(simulator, 'productivity', week)).data).toEqual(simulator.truth.productivity(week));
		expect((await page(simulator, 'csat', week)).data).toEqual(simulator.truth.csat(week));
	});

	it('ignores the other filters', async () => {
		set({ filtersIgnored: true });
		expect(await ids({ ...week, filters: { status: 'missed' } })).toEqual(trueIds(week));
		const filters = { user_display_name: ['김민준'] };
		expect((await page(simulator, 'productivity', { ...week, filters })).data.length).toBeGreaterThan(1);
	});
});

describe('U8 order', () => {
	it('newestFirst is the truth reversed, page by page', async () => {
		set({ order: 'newestFirst' });
		const first = await ids({ ...week, limit: 10 });
		const second = await ids({ ...week, limit: 10, skip: 10 });
		expect([...first, ...second]).toEqual(trueIds(week).reverse().slice(0, 20));
	});

	it.each<[Order, boolean]>([
		['shuffled', true],
		['unstableBetweenRequests', false],
	])('%s is another order, the same each time: %s', async (order, stable) => {
		set({ order });
		const [once, twice] = [await ids(week), await ids(week)];
		expect(once).not.toEqual(trueIds(week));
		expect([...once].sort()).toEqual(trueIds(week).sort());
		expect([...twice].sort()).toEqual([...once].sort());
		expect(JSON.stringify(once) === JSON.stringify(twice)).toBe(stable);
	});
});

describe('U9 visibility', () => {
	const call = { start_time: '2026-03-15T10:00:00.000Z', end_time: '2026-03-15T11:30:00.000Z' };
	const day = { start: '2026-03-15T00:00:00.000Z', end: '2026-03-15T23:00:00.000Z' };

	it('lists a call once it has ended, and after the lag', async () => {
		const { _id } = simulator.addCall(call);
		const isListed = async () => (await ids(day)).includes(_id);
		set({ visibility: true });
		simulator.setNow('2026-03-15T11:29:59.999Z');
		expect(await isListed()).toBe(false);
		simulator.setNow('2026-03-15T11:30:00.000Z');
		expect(await isListed()).toBe(true);
		set({ visibility: { lagSeconds: 60 } });
		expect(await isListed()).toBe(false);
		simulator.removeCall(_id);
	});

	it('lists a survey when its last answer is in, and a login without its end before it', async () => {
		set({ visibility: true });
		const csat = simulator.addCsat({ start_time: '2026-03-15T10:00:00.000Z' });
		const session = simulator.addSession({ start_time: '2026-03-15T10:00:00.000Z' });
		simulator.setNow('2026-03-15T10:01:59.000Z');
		expect(await ids(day, 'csat')).not.toContain(csat._id);
		const found = (await page(simulator, 'sessions', day)).data.find(({ _id }) => _id === session._id);
		expect(found).toMatchObject({ end_time: null, session_duration: 0 });
		simulator.setNow('2026-03-15T11:00:00.000Z');
		expect(await ids(day, 'csat')).toContain(csat._id);
		expect((await page(simulator, 'sessions', day)).data).toContainEqual(session);
		simulator.removeCsat(csat._id);
		simulator.removeSession(session._id);
	});
});

describe('U10 rate limit', () => {
	it.each([
		['seconds', /^1$/],
		['date', / GMT$/],
		['none', undefined],
	] as const)('refuses what is too much with Retry-After in %s', async (retryAfter, shape) => {
		const limited = await startSimulator({
			now,
			days: 1,
			switches: { rateLimit: { requests: 2, intervalMs: 280, retryAfter } },
		});
		const ask1 = () => ask(limited, 'calls', { start: now, end: now });
		expect([(await ask1()).status, (await ask1()).status]).toEqual([200, 200]);
		const third = await ask1();
		expect(third.status).toBe(429);
		if (shape) expect(third.headers['retry-after']).toMatch(shape);
		else expect(third.headers).not.toHaveProperty('retry-after');
		await wait(290);
		expect((await ask1()).status).toBe(200);
		await limited.close();
	});
});

describe('U11 error bodies', () => {
	it.each<[ErrorBody, RegExp]>([
		['jsonMessage', /^\{"message":".*key.*"\}$/],
		['jsonError', /^\{"error":".*key.*"\}$/],
		['text', /^Invalid or missing API key$/],
		['html', /^<html>.*key.*<\/html>$/],
		['empty', /^$/],
	])('%s', async (errorBody, shape) => {
		set({ errorBody });
		const answer = await send(simulator, {
			path: pathOf.calls,
			headers: { 'x-api-key': 'wrong' },
			body: { filters: {} },
		});
		expect(answer.status).toBe(401);
		expect(answer.text).toMatch(shape);
	});
});

describe('U12 longest window', () => {
	it.each<[Switches['windowRule'], string, number]>([
		['31days', '2026-03-04T00:00:00.000Z', 200],
		['31days', '2026-03-04T00:00:00.001Z', 400],
		['30days', '2026-03-03T00:00:00.000Z', 200],
		['30days', '2026-03-03T00:00:00.001Z', 400],
		['calendarMonth', '2026-03-01T00:00:00.000Z', 200],
		['calendarMonth', '2026-03-01T00:00:00.001Z', 400],
	])('%s: from 1 February to %s is %i', async (windowRule, end, status) => {
		set({ windowRule });
		const answer = await ask(simulator, 'calls', { start: '2026-02-01T00:00:00.000Z', end, limit: 1 });
		expect(answer.status).toBe(status);
		if (status === 400) expect(answer.json).toEqual({ message: 'The maximum time range is 1 month' });
	});

	it('counts calendar months in the zone', async () => {
		set({ windowRule: 'calendarMonth', timezone: 'Europe/Berlin' });
		// March has an hour less there.
		const status = async (end: string) =>
			(await ask(simulator, 'calls', { start: '2026-02-28T23:00:00.000Z', end, limit: 1 })).status;
		expect(await status('2026-03-31T22:00:00.000Z')).toBe(200);
		expect(await status('2026-03-31T22:00:00.001Z')).toBe(400);
	});
});

describe('U13 total', () => {
	it.each<[TotalError, (total: number) => unknown]>([
		['tooHigh', (total) => total + 5],
		['tooLow', (total) => Math.floor(total / 2)],
		['missing', () => undefined],
		['textNumber', (total) => String(total)],
		['textWord', () => 'many'],
		['negative', () => -1],
		['null', () => null],
	])('%s', async (totalError, expected) => {
		set({ totalError });
		const { total, data } = await page(simulator, 'calls', week);
		expect(total).toEqual(expected(data.length));
	});

	it('drift moves from request to request', async () => {
		set({ totalError: 'drift' });
		const totals = [];
		for (let i = 0; i < 3; i++) totals.push((await page(simulator, 'calls', week)).total);
		const right = trueIds(week).length;
		expect(totals.sort()).toEqual([right, right + 1, right + 2]);
	});
});

describe('U14 extended JSON', () => {
	it.each<[Switches['extendedJson'], Array<(iso: string) => unknown>]>([
		['iso', [(iso) => ({ $date: iso }), (iso) => ({ $date: iso })]],
		['numberLong', [inLong, inLong]],
		[true, [(iso) => ({ $date: iso }), inLong]],
	])('%s', async (extendedJson, [first, second]) => {
		set({ extendedJson });
		const calls = simulator.truth.calls(week);
		const { data } = await page(simulator, 'calls', { ...week, limit: 2 });
		expect(data.map(({ _id }) => _id)).toEqual([{ $oid: calls[0]?._id }, { $oid: calls[1]?._id }]);
		expect(data[0]?.start_time).toEqual(first?.(String(calls[0]?.start_time)));
		expect(data[1]?.start_time).toEqual(second?.(String(calls[1]?.start_time)));
	});

	it('reaches into lists, and leaves uuids and nulls alone', async () => {
		set({ extendedJson: 'iso' });
		const [survey] = simulator.truth.csat(week);
		const { data } = await page(simulator, 'csat', { ...week, limit: 1 });
		const answer = survey?.csat[0];
		expect(data[0]?._id).toBe(survey?._id);
		expect((data[0]?.csat as unknown[])[0]).toMatchObject({
			_id: { $oid: answer?._id },
			timestamp: { $date: answer?.timestamp },
		});
	});
});

function inLong(iso: string): unknown {
	return { $date: { $numberLong: String(Date.parse(iso)) } };
}

import { startSimulator } from './index.ts';
import type { TotalError } from './index.ts';
import { ask, page } from './testing/client.ts';
import type { ReportQuery } from './testing/client.ts';
import { sharedSimulator } from './testing/sharedSimulator.ts';

const now = '2026-03-15T12:00:00.000Z';
const shared = sharedSimulator({ now, days: 60 });
const week = { start: '2026-03-01T00:00:00.000Z', end: '2026-03-08T00:00:00.000Z' };
const missed = { ...week, filters: { status: 'missed' } };

async function totalOf(query: ReportQuery, report: 'calls' | 'sessions' | 'productivity' = 'calls'): Promise<unknown> {
	return (await page(shared.simulator, report, query)).total;
}

function right(query: Record<string, unknown> = {}): number {
	return shared.simulator.truth.count('calls', query);
}

describe('U17 a total that counts something else', () => {
	it('pageRows: the rows of this page, with U2 the clamped ones', async () => {
		shared.set({ totalError: 'pageRows' });
		expect(await totalOf({ ...week, limit: 7 })).toBe(7);
		expect(await totalOf({ ...week, limit: 7, skip: right(week) - 3 })).toBe(3);
		expect(await totalOf({ ...week, limit: 7, skip: 9999 })).toBe(0);
		shared.set({ maxLimit: 5 });
		expect(await totalOf({ ...week, limit: 1000 })).toBe(5);
	});

	it.each([
		[10, 10],
		[100_000, undefined],
	])('cappedAt %i', async (cappedAt, expected) => {
		shared.set({ totalError: { cappedAt } });
		const { total, data } = await page(shared.simulator, 'calls', { ...week, limit: 20 });
		expect(total).toBe(expected ?? right(week));
		expect(data).toEqual(shared.simulator.truth.calls(week).slice(0, 20));
	});

	it('cappedAt, with U2: neither the page nor the total shows how much there is', async () => {
		shared.set({ totalError: { cappedAt: 50 }, maxLimit: 20 });
		const { total, data } = await page(shared.simulator, 'calls', { ...week, limit: 1000, skip: 50 });
		expect(total).toBe(50);
		expect(data).toEqual(shared.simulator.truth.calls(week).slice(50, 70));
	});

	it.each<[TotalError, () => number]>([
		['unfiltered', () => right()],
		['timesOnly', () => right(week)],
	])('%s: more than the rows that match', async (totalError, expected) => {
		shared.set({ totalError });
		const { total, data } = await page(shared.simulator, 'calls', missed);
		expect(data).toEqual(shared.simulator.truth.calls({ ...week, status: 'missed' }));
		expect(total).toBe(expected());
		expect(total).toBeGreaterThan(data.length);
	});

	it('unfiltered is the same for every window', async () => {
		shared.set({ totalError: 'unfiltered' });
		const later = { start: '2026-03-08T00:00:00.000Z', end: '2026-03-09T00:00:00.000Z' };
		expect(await totalOf(later)).toBe(await totalOf(week));
		expect(await totalOf(week, 'productivity')).toBe(shared.simulator.truth.count('productivity'));
	});

	it('leaves what the log says alone', async () => {
		shared.set({ totalError: 'pageRows' });
		await totalOf({ ...week, limit: 1 });
		expect(shared.simulator.log[0]).toMatchObject({ rows: 1, total: right(week) });
	});
});

describe('U17 a total that lags', () => {
	it('lowAtFirst: half, until the same was asked often enough', async () => {
		shared.set({ totalError: { lowAtFirst: 2 } });
		const sunday = { start: '2026-02-22T00:00:00.000Z', end: '2026-02-23T00:00:00.000Z' };
		const totals = [await totalOf(sunday), await totalOf({ ...sunday, limit: 1, skip: 5 }), await totalOf(sunday)];
		expect(totals).toEqual([Math.floor(right(sunday) / 2), Math.floor(right(sunday) / 2), right(sunday)]);
		const others = { ...sunday, filters: { type: 'team' } };
		expect(await totalOf(others)).toBe(Math.floor(right({ ...sunday, type: 'team' }) / 2));
	});

	it.each([
		[0, [1, 2, 1]],
		[1, [0, 1, 2]],
		[2, [0, 0, 1]],
	])('lagsRequests %i: what it was so many answers ago', async (lagsRequests, growth) => {
		const { simulator } = shared;
		shared.set({ totalError: { lagsRequests } });
		for (let i = 0; i < 3; i++) await totalOf({ ...week, limit: 1 });
		const before = right(week);
		const totals: number[] = [];
		const first = simulator.addCall({ start_time: week.start });
		totals.push(Number(await totalOf(week)));
		simulator.updateCall(first._id, { status: 'changed' });
		const second = simulator.addCall({ start_time: week.end });
		totals.push(Number(await totalOf(week)));
		simulator.removeCall(first._id);
		totals.push(Number(await totalOf(week)));
		expect(totals.map((total) => total - before)).toEqual(growth);
		simulator.removeCall(second._id);
	});

	it('does not lag for records that the query leaves out', async () => {
		shared.set({ totalError: { lagsRequests: 1 } });
		await totalOf(week);
		const outside = shared.simulator.addCall({ start_time: '2026-03-09T00:00:00.000Z' });
		const session = shared.simulator.addSession({ start_time: week.start });
		expect(await totalOf(week)).toBe(right(week));
		const answered = shared.simulator.addCall({ start_time: week.start, status: 'answered' });
		expect(await totalOf(missed)).toBe(right({ ...week, status: 'missed' }));
		shared.simulator.removeSession(session._id);
		shared.simulator.removeCall(outside._id);
		shared.simulator.removeCall(answered._id);
	});

	it("lagsSeconds: what it was by the cluster's clock, with U9 for what was listed then", async () => {
		const { simulator } = shared;
		const today = { start: '2026-03-15T00:00:00.000Z', end: '2026-03-15T23:00:00.000Z' };
		shared.set({ totalError: { lagsSeconds: 30 }, visibility: true });
		const before = Number(await totalOf(today));
		const call = simulator.addCall({ start_time: '2026-03-15T12:00:00.000Z', end_time: '2026-03-15T12:01:00.000Z' });
		const lengths = [];
		for (const [clock, listed, counted] of [
			['12:00:59', 0, 0],
			['12:01:00', 1, 0],
			['12:01:30', 1, 1],
		] as const) {
			simulator.setNow(`2026-03-15T${clock}.000Z`);
			const { total, data } = await page(simulator, 'calls', today);
			lengths.push([data.length - before - listed, total - before - counted]);
		}
		expect(lengths).toEqual([
			[0, 0],
			[0, 0],
			[0, 0],
		]);
		simulator.removeCall(call._id);
	});
});

it('U17 with kept pages: a total that moves is never kept', async () => {
	const keeping = await startSimulator({ now, days: 20, cachePages: 5, switches: { totalError: { lowAtFirst: 1 } } });
	const twice = async () => [(await ask(keeping, 'calls', week)).text, (await ask(keeping, 'calls', week)).text];
	const low = await twice();
	keeping.switches.totalError = 'unfiltered';
	const unfiltered = await twice();
	const walked = keeping.log.map((entry) => entry.walked);
	await keeping.close();
	expect(low[0]).not.toBe(low[1]);
	expect(unfiltered[0]).toBe(unfiltered[1]);
	expect(walked).toEqual(walked.map(() => keeping.truth.count('calls', week)));
});

import type { ReportName, Switches } from './index.ts';
import { ask, page } from './testing/client.ts';
import type { ReportQuery } from './testing/client.ts';
import { idsOf, sharedSimulator } from './testing/sharedSimulator.ts';

const shared = sharedSimulator({ now: '2026-03-15T12:00:00.000Z', days: 60, extraFilters: ['direction'] });
const week = { start: '2026-03-01T00:00:00.000Z', end: '2026-03-08T00:00:00.000Z' };

async function statusOf(query: ReportQuery, report: ReportName = 'calls'): Promise<number> {
	return (await ask(shared.simulator, report, query)).status;
}

describe('U15 a limit above the cap is refused', () => {
	it.each([10, 50, 100, 500])('a cap of %i', async (refusedLimit) => {
		shared.set({ refusedLimit });
		const answer = await ask(shared.simulator, 'calls', { ...week, limit: refusedLimit + 1 });
		expect(answer.status).toBe(400);
		expect(answer.json).toEqual({ message: `limit must be at most ${refusedLimit}, got ${refusedLimit + 1}` });
		const truth = shared.simulator.truth.calls(week);
		const { total, data } = await page(shared.simulator, 'calls', { ...week, limit: refusedLimit });
		expect(data).toEqual(truth.slice(0, refusedLimit));
		expect(total).toBe(truth.length);
	});

	it('takes a request without a limit', async () => {
		shared.set({ refusedLimit: 10 });
		expect((await page(shared.simulator, 'calls', week)).data).toEqual(shared.simulator.truth.calls(week));
	});

	it.each<[string, Partial<Switches>, number, string]>([
		['413', { refusalStatus: 413 }, 413, 'limit must be at most 10, got 11'],
		['422 for limits only', { refusalStatus: { limit: 422 } }, 422, 'limit must be at most 10, got 11'],
		['400 where another thing has another status', { refusalStatus: { field: 422 } }, 400, 'limit must be at most 10, got 11'],
		['413 without a word about the field', { refusalStatus: 413, refusalNamesField: false }, 413, 'Payload Too Large'],
		['400 without a word about the field', { refusalNamesField: false }, 400, 'Bad Request'],
	])('with status %s', async (_, switches, status, message) => {
		shared.set({ refusedLimit: 10, ...switches });
		const answer = await ask(shared.simulator, 'calls', { ...week, limit: 11 });
		expect(answer).toMatchObject({ status, json: { message } });
	});

	it('with U2: what is granted may still be clamped', async () => {
		shared.set({ refusedLimit: 100, maxLimit: 20 });
		expect(await statusOf({ ...week, limit: 101 })).toBe(400);
		expect((await page(shared.simulator, 'calls', { ...week, limit: 100 })).data).toHaveLength(20);
	});

	it('with U3: a limit that is ignored is not refused', async () => {
		shared.set({ refusedLimit: 10, limitIgnored: ['calls'] });
		expect(await statusOf({ ...week, limit: 1000 })).toBe(200);
		expect(await statusOf({ ...week, limit: 1000 }, 'sessions')).toBe(400);
	});
});

describe('U16 a result window', () => {
	it.each([
		['ends with it', { limit: 40, skip: 60 }, 200],
		['is one row too deep', { limit: 41, skip: 60 }, 400],
		['starts behind it', { limit: 1, skip: 100 }, 400],
	])('a page that %s', async (_, paging, status) => {
		shared.set({ resultWindow: 100 });
		expect(await statusOf({ ...week, ...paging })).toBe(status);
	});

	it.each([422, 500])('refused with status %i, while a limit keeps its own', async (status) => {
		shared.set({ resultWindow: 100, refusedLimit: 90, refusalStatus: { resultWindow: status, limit: 413 } });
		expect(await statusOf({ ...week, limit: 50, skip: 51 })).toBe(status);
		expect(await statusOf({ ...week, limit: 91 })).toBe(413);
	});

	it('ends a page without a limit, while the total says more', async () => {
		shared.set({ resultWindow: 100 });
		const truth = shared.simulator.truth.calls(week);
		const { total, data } = await page(shared.simulator, 'calls', { ...week, skip: 95 });
		expect(data).toEqual(truth.slice(95, 100));
		expect(total).toBe(truth.length);
	});

	it('with U2 and U4: counts what the server makes of limit and skip', async () => {
		shared.set({ resultWindow: 100, maxLimit: 10 });
		expect(await statusOf({ ...week, limit: 1000, skip: 90 })).toBe(200);
		expect(await statusOf({ ...week, limit: 1000, skip: 91 })).toBe(400);
		shared.set({ skipIgnored: true });
		expect(await statusOf({ ...week, limit: 1000, skip: 5000 })).toBe(200);
	});
});

describe('U16 the cost of skipped rows', () => {
	it('is logged as rows walked over, for each request and in all', async () => {
		const { simulator } = shared;
		const total = simulator.truth.calls(week).length;
		for (const skip of [0, 10, 200, 9999]) await ask(simulator, 'calls', { ...week, limit: 10, skip });
		shared.set({ skipIgnored: true });
		await ask(simulator, 'calls', { ...week, limit: 10, skip: 200 });
		simulator.faults.add({ kind: 'status', status: 500 });
		await ask(simulator, 'calls', week);
		expect(simulator.log.map(({ walked }) => walked)).toEqual([10, 20, 210, total, 10, null]);
		expect(simulator.walked).toBe(250 + total);
		simulator.clearLog();
		expect(simulator.walked).toBe(0);
	});

	it('is waited out: the deeper a page, the later it comes', async () => {
		shared.set({ skipCostMs: 1500 });
		const took = async (skip: number) => {
			const before = performance.now();
			await ask(shared.simulator, 'calls', { ...week, limit: 1, skip });
			return performance.now() - before;
		};
		const [shallow, deep] = [await took(0), await took(200)];
		expect(deep).toBeGreaterThan(295);
		expect(shallow).toBeLessThan(deep);
	});
});

describe("U18 what the vendor's page does not show is refused", () => {
	const noTimes = { start: undefined, end: undefined };
	it.each<[ReportName, string, ReportQuery]>([
		['sessions', 'limit', { ...noTimes, limit: 5 }],
		['sessions', 'skip', { ...noTimes, skip: 0 }],
		['sessions', 'start_time', {}],
		['productivity', 'limit', { limit: 5 }],
		['csat', 'skip', { skip: 0 }],
		['calls', 'status', { filters: { status: 'missed' } }],
		['calls', 'direction', { filters: { direction: 'in' } }],
	])('%s refuses %s', async (report, field, query) => {
		shared.set({ refuses: 'undocumented', refusalStatus: { field: 422 } });
		const answer = await ask(shared.simulator, report, { ...week, ...query });
		expect(answer).toMatchObject({ status: 422, json: { message: `'${field}' is not allowed` } });
		shared.set({ refuses: {} });
		expect(await statusOf({ ...week, ...query }, report)).toBe(200);
	});

	it.each<[ReportName, ReportQuery]>([
		['calls', { ...week, filters: { type: 'team' }, limit: 10, skip: 10 }],
		['sessions', { filters: { user_display_name: ['Sarah Taylor'] } }],
		['productivity', { ...week, filters: { direction: [], team_name: [], channel: [], user_display_name: [] } }],
		['csat', week],
	])('%s takes what the page shows', async (report, query) => {
		shared.set({ refuses: 'undocumented' });
		expect(await statusOf(query, report)).toBe(200);
	});

	it('refuses single things, report by report', async () => {
		shared.set({ refuses: { csat: ['limit', 'undocumentedFilters'], calls: ['undocumentedFilters'], sessions: ['times', 'user_display_name'] } });
		expect(await statusOf({ ...week, skip: 1 }, 'csat')).toBe(200);
		expect(await statusOf({ ...week, limit: 1 }, 'csat')).toBe(400);
		expect(await statusOf({ ...week, limit: 1, filters: { type: 'team' } })).toBe(200);
		expect(await statusOf({ ...week, filters: { direction: 'in' } })).toBe(400);
		expect(await statusOf({}, 'sessions')).toBe(200);
		expect(await statusOf({ filters: { user_display_name: [] } }, 'sessions')).toBe(400);
		expect(await statusOf({ ...week, limit: 1 }, 'productivity')).toBe(200);
	});

	it('with U2: without paging only so many rows come, and the total says that there are more', async () => {
		shared.set({ refuses: 'undocumented', maxLimit: 5 });
		const truth = shared.simulator.truth.csat(week);
		const { total, data } = await page(shared.simulator, 'csat', week);
		expect(idsOf(data)).toEqual(idsOf(truth.slice(0, 5)));
		expect(total).toBe(truth.length);
	});

	it('is no violation, but a field that no cluster knows still is', async () => {
		const { simulator } = shared;
		shared.set({ refuses: 'undocumented' });
		await ask(simulator, 'calls', { ...week, filters: { status: 'missed' } });
		expect(simulator.violations).toEqual([]);
		await ask(simulator, 'calls', { ...week, filters: { team_name: ['Sales'] } });
		expect(simulator.violations).toEqual([`calls (request 2): unknown filter 'team_name'`]);
		simulator.violations.length = 0;
	});
});

import { startSimulator, type Simulator } from '../simulator/index.ts';
import { ask, asked, idsOf, newestFirst, reportNames } from '../support/asking.ts';

const month = { start: '2026-10-20T00:00:00.000Z', end: '2026-11-18T00:00:00.000Z' };

let cluster: Simulator;
afterEach(async () => {
	cluster.assertNoViolations();
	await cluster.close();
});

it('a limit of 50 takes two requests if the oldest calls come first', async () => {
	cluster = await startSimulator({ days: 60, callsPerDay: 100, now: '2026-11-20T00:00:00Z' });
	const run = await ask(cluster, 'calls', month, { parameters: { returnAll: false, limit: 50 } });
	expect(run.items).toHaveLength(50);
	// The first page tells that the oldest come first, the second is the last of it.
	expect(asked(cluster.log)).toEqual(['0+200', `${cluster.log[0].total! - 201}+202`]);
});

it('2,500 calls at 1,000 per page take 3 requests, one for each page', async () => {
	cluster = await startSimulator({ truth: { calls: spread(2500) }, now: '2026-11-20T00:00:00Z' });
	const run = await ask(cluster, 'calls', month);
	expect(run.items).toHaveLength(2500);
	expect(asked(cluster.log)).toEqual(['0+1000', '1000+1000', '2000+1000']);
});

it('a total that is a whole number of pages is followed by one question', async () => {
	cluster = await startSimulator({ truth: { calls: spread(300) }, now: '2026-11-20T00:00:00Z' });
	const run = await ask(cluster, 'calls', month, { parameters: { options: { pageSize: 100 } } });
	expect(run.items).toHaveLength(300);
	expect(asked(cluster.log)).toEqual(['0+100', '100+100', '200+100', '300+1']);
});

it('a bare list ends with a page that is shorter than another', async () => {
	cluster = await startSimulator({ truth: { calls: spread(250) }, now: '2026-11-20T00:00:00Z', switches: { envelope: 'array' } });
	await ask(cluster, 'calls', month, { parameters: { options: { pageSize: 100 } } });
	expect(asked(cluster.log)).toEqual(['0+100', '100+100', '200+100']);
});

it.each(reportNames)('an empty range is one request a window (%s)', async (report) => {
	cluster = await startSimulator({ truth: {}, now: '2026-11-20T00:00:00Z' });
	const run = await ask(cluster, report, { start: '2026-08-12T00:00:00.000Z', end: '2026-11-20T00:00:00.000Z' });
	expect(run.items).toEqual([]);
	expect(cluster.log).toHaveLength(4);
});

it('a limit that spans windows reads no further than it must', async () => {
	cluster = await startSimulator({ days: 100, callsPerDay: 10, now: '2026-11-20T00:00:00Z' });
	const range = { start: '2026-08-20T00:00:00.000Z', end: '2026-11-20T00:00:00.000Z' };
	const run = await ask(cluster, 'calls', range, { parameters: { returnAll: false, limit: 350 } });
	expect(idsOf(run.json as [])).toEqual(idsOf(cluster.truth.calls(range).slice(-350)));
	expect(cluster.log.length).toBeLessThanOrEqual(6);
});

it('skip leaves out the first records', async () => {
	cluster = await startSimulator({ days: 60, callsPerDay: 20, now: '2026-11-20T00:00:00Z' });
	const run = await ask(cluster, 'calls', month, { parameters: { returnAll: false, limit: 10, options: { skip: 95, pageSize: 20 } } });
	expect(run.json.map(({ _id }) => _id)).toEqual(newestFirst(cluster.truth.calls(month)).slice(95, 105).map(({ _id }) => _id));
});

it('documented filters are sent as documented, others are only applied', async () => {
	cluster = await startSimulator({ days: 60, callsPerDay: 20, now: '2026-11-20T00:00:00Z' });
	const filters = { status: ['answered'], type: 'team', direction: ['in', 'out'], teamName: ['Sales'] };
	await ask(cluster, 'calls', month, { parameters: { filters } });
	expect(filtersSent()).toEqual({ status: 'answered', type: 'team', start_time: '2026-10-19T23:59:00.000Z', end_time: '2026-11-18T04:01:00.000Z' });
	cluster.clearLog();
	await ask(cluster, 'productivity', month, { parameters: { filters: { direction: 'in' } } });
	expect(filtersSent()).toEqual({
		direction: ['in'],
		channel: [],
		team_name: [],
		user_display_name: [],
		start_time: '2026-10-20 00:00:00',
		end_time: '2026-11-18 00:00:00',
	});
	cluster.clearLog();
	await ask(cluster, 'sessions', month, { parameters: { filters: { userDisplayName: ['Sarah Taylor'] } } });
	expect(filtersSent()).toMatchObject({ user_display_name: ['Sarah Taylor'] });
});

it('no more requests are under way than Concurrency allows, all input items together', async () => {
	cluster = await startSimulator({ days: 60, callsPerDay: 50, latencyMs: 50, now: '2026-11-20T00:00:00Z' });
	const input = Array.from({ length: 8 }, (_, n) => ({ n }));
	const run = await ask(cluster, 'calls', month, { input, parameters: { options: { pageSize: 200, concurrency: 3 } } });
	expect(run.items).toHaveLength(8 * cluster.truth.calls(month).length);
	expect(cluster.peakConcurrency).toBe(3);
});

function filtersSent(): unknown {
	return (cluster.log[0].body as { filters: unknown }).filters;
}

function spread(count: number): never[] {
	const start = Date.parse(month.start);
	const step = (Date.parse(month.end) - start) / (count + 1);
	return Array.from({ length: count }, (_, n) => {
		const at = new Date(Math.floor(start + step * (n + 1))).toISOString();
		return { _id: `call-${n}`, start_time: at, end_time: at };
	}) as never[];
}

it('no page lies deep, however many there are: 60 pages in 27 days', async () => {
	cluster = await startSimulator({ days: 40, callsPerDay: 223, now: '2026-11-20T00:00:00Z' });
	const range = { start: '2026-10-20T00:00:00.000Z', end: '2026-11-16T00:00:00.000Z' };
	const truth = cluster.truth.calls(range);
	const run = await ask(cluster, 'calls', range, { parameters: { options: { pageSize: 100 } } });
	expect(idsOf(run.json as [])).toEqual(idsOf(truth));
	const deepest = Math.max(...cluster.log.map(({ body }) => (body as { skip: number }).skip));
	expect(deepest).toBeLessThanOrEqual(900);
	expect(cluster.log.length).toBeLessThanOrEqual(Math.ceil(truth.length / 100) * 1.19);
	expect(cluster.walked).toBeLessThanOrEqual(5 * truth.length);
	const times = run.json.map(({ start_time: time }) => Date.parse(String(time)));
	expect(times).toEqual([...times].sort((one, other) => other - one));
});

it.each(['oldestFirst', 'newestFirst'] as const)('the newest 50 of the last 7 days are two requests at most, from a cluster that lists the %s', async (order) => {
	cluster = await startSimulator({ days: 10, callsPerDay: 600, switches: { order } });
	const parameters = { dateRange: 'last7Days', returnAll: false, limit: 50, output: 'raw' };
	const run = await ask(cluster, 'calls', month, { parameters });
	const newest = newestFirst(cluster.truth.calls({ start: new Date(Date.now() - 8 * 86_400_000), end: new Date() })).slice(0, 50);
	// Calls of one instant come as the API lists them.
	expect(run.json.map(({ start_time: time }) => time)).toEqual(newest.map(({ start_time: time }) => time));
	expect(cluster.log.length).toBeLessThanOrEqual(2);
	const [first, second = 0] = cluster.log.map(({ body }) => (body as { limit: number }).limit);
	expect(first).toBe(50);
	expect(second).toBeLessThanOrEqual(52);
});

import { startSimulator, type Simulator, type SimulatorOptions, type TotalError } from '../simulator/index.ts';
import { ask, asked, credentialFor, idsOf, reportNames, type ReportName } from '../support/asking.ts';
import type { NodeRun } from '../support/runNode.ts';

const range = { start: '2026-08-12T00:00:00.000Z', end: '2026-11-20T00:00:00.000Z' };
const records = ['calls', 'sessions', 'csat'] as const;

let cluster: Simulator;
afterEach(async () => await cluster.close());

async function start(switches: SimulatorOptions['switches'], options: SimulatorOptions = {}): Promise<void> {
	cluster = await startSimulator({ seed: 11, days: 130, callsPerDay: 10, agents: 4, now: '2026-11-25T12:00:00Z', switches, ...options });
}

/** All of a report, 50 rows a page. */
async function read(report: ReportName, options = {}, asked = range): Promise<NodeRun> {
	return await ask(cluster, report, asked, {
		credential: credentialFor(cluster, { timezone: cluster.switches.timezone }),
		parameters: { options: { pageSize: 50, ...options } },
	});
}

/** What the same reading sends to a cluster that behaves as the contract's samples do. */
async function expectPlainRequests(report: ReportName, options = {}): Promise<void> {
	const sent = asked(cluster.log.filter(({ status }) => status === 200));
	await cluster.close();
	await start({});
	await read(report, options);
	// What another order shows, or does not, may cost a few.
	expect(sent.length).toBeLessThanOrEqual(1.2 * cluster.log.length + 3);
}

function truthOf(report: ReportName, asked = range): string[] {
	return idsOf(cluster.truth[report](asked) as []);
}

describe.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu'])('U6: a cluster whose clock is that of %s', (timezone) => {
	it.each(reportNames)('gives every record of the %s report exactly once, also around the change of its clock', async (report) => {
		await start({ timezone, endInclusive: report !== 'productivity' }, { timezone });
		const run = await read(report);
		expect(run.error).toBeUndefined();
		expect(idsOf(run.json as [])).toEqual(truthOf(report));
		cluster.assertNoViolations();
		const night = { start: '2026-10-24T20:00:00.000Z', end: '2026-10-25T04:00:00.000Z' };
		expect(idsOf((await read(report, {}, night)).json as [])).toEqual(truthOf(report, night));
		cluster.assertNoViolations();
	});
});

describe.each(['newestFirst', 'shuffled', 'unstableBetweenRequests'] as const)('U8: rows %s', (order) => {
	it.each(reportNames)('give every record of the %s report exactly once', async (report) => {
		await start({ order });
		const run = await read(report);
		expect(run.error).toBeUndefined();
		expect(idsOf(run.json as [])).toEqual(truthOf(report));
		if (order !== 'unstableBetweenRequests') await expectPlainRequests(report);
	});

	it.each(records)('without a total they do too (%s)', async (report) => {
		await start({ order, envelope: 'array' });
		const run = await read(report);
		expect(run.error).toBeUndefined();
		expect(idsOf(run.json as [])).toEqual(truthOf(report));
	});
});

describe('U8: rows that come and go while pages are read', () => {
	it.each(records.flatMap((report) => (['oldestFirst', 'newestFirst'] as const).flatMap((order) => [1, 4].map((concurrency) => [report, order, concurrency] as const))))(
		'give every record that stays exactly once (%s, %s, %i at a time)',
		async (report, order, concurrency) => {
			await start({ order });
			const add = { calls: cluster.addCall, sessions: cluster.addSession, csat: cluster.addCsat }[report as 'calls'];
			const remove = { calls: cluster.removeCall, sessions: cluster.removeSession, csat: cluster.removeCsat }[report];
			const before = cluster.truth[report](range).map(({ _id }) => _id);
			const gone = [before[3], before[4], before[60]];
			gone.forEach((id, n) => cluster.hooks.add({ moment: 'before', nth: 3 + n, run: () => remove(id) }));
			[2, 4, 5].forEach((nth) => cluster.hooks.add({ moment: 'before', nth, run: () => void add({ start_time: '2026-08-13T00:00:00.000Z', end_time: '2026-08-13T00:01:00.000Z' }) }));
			const run = await read(report, { pageSize: 20, concurrency });
			expect(run.error).toBeUndefined();
			const ids = idsOf(run.json as []);
			expect(new Set(ids).size).toBe(ids.length);
			const truth = truthOf(report);
			expect(before.filter((id) => !ids.includes(id) && !gone.includes(id))).toEqual([]);
			// Side by side, a window may have been read before the record came: it belongs to the next run.
			if (concurrency === 1) expect(truth.filter((id) => !ids.includes(id))).toEqual([]);
			expect(ids.filter((id) => !truth.includes(id) && !gone.includes(id))).toEqual([]);
		},
	);

	it('do not change who is in the productivity report: its rows are agents', async () => {
		await start({});
		cluster.hooks.add({ moment: 'before', nth: 2, run: () => cluster.removeCall(cluster.truth.calls(range)[0]._id) });
		const run = await read('productivity');
		expect(idsOf(run.json as [])).toEqual(truthOf('productivity'));
	});
});

describe.each(['seconds', 'date', 'none'] as const)('U10: a rate limit, with %s in Retry-After', (retryAfter) => {
	it('is waited out, and every record of each report comes exactly once', async () => {
		for (const report of reportNames) {
			await start({ rateLimit: { requests: 3, intervalMs: 1000, retryAfter } });
			const run = await read(report, { pageSize: 150, concurrency: 8, maxRetries: 20 });
			expect(run.error).toBeUndefined();
			expect(idsOf(run.json as [])).toEqual(truthOf(report));
			const throttled = cluster.log.filter(({ status }) => status === 429).length;
			// On a slow machine, few requests may keep to the limit by themselves.
			const told = throttled === 0 ? [] : [expect.stringContaining(`${throttled} ${throttled === 1 ? 'retry' : 'retries'}: Samespace was rate limiting`)];
			expect(run.hints.map(({ message }) => message)).toEqual(told);
			if (report === 'calls') expect(throttled).toBeGreaterThan(0);
			await expectPlainRequests(report, { pageSize: 150 });
			await cluster.close();
		}
	}, 60_000);
});

describe.each([
	['jsonMessage', 'the limit is too large', 'the limit is too large'],
	['jsonError', 'the limit is too large', 'the limit is too large'],
	['text', 'the limit is too large', 'the limit is too large'],
	['html', 'the limit is too large', undefined],
	['empty', 'the limit is too large', undefined],
] as const)('U11: error bodies of the kind %s', (errorBody, message, shown) => {
	it.each(reportNames)("are told by their status, with the API's words if there are any (%s)", async (report) => {
		await start({ errorBody });
		cluster.faults.add({ kind: 'status', status: 402, message });
		const refused = await read(report, { concurrency: 1 });
		expect(refused.error?.message).toBe('Samespace returned status 402');
		expect(refused.error?.description?.includes(message)).toBe(shown !== undefined);
		expect(cluster.log).toHaveLength(1);
		cluster.faults.add({ kind: 'status', status: 503, message, times: 2 });
		const broken = await read(report, { concurrency: 1, maxRetries: 1 });
		expect(broken.error?.message).toBe('Samespace returned status 503');
		expect(broken.error?.description?.includes(message)).toBe(shown !== undefined);
		expect(JSON.stringify([refused, broken])).not.toContain('<html');
		expect(cluster.log).toHaveLength(3);
	});
});

describe('U13: a total that cannot be used counts as none', () => {
	it.each((['missing', 'textNumber', 'textWord', 'negative', 'null'] as TotalError[]).flatMap((error) => reportNames.map((report) => [error, report] as const)))(
		'%s: every record of the %s report exactly once',
		async (totalError, report) => {
			await start({ totalError });
			const run = await read(report);
			expect(run.error).toBeUndefined();
			expect(idsOf(run.json as [])).toEqual(truthOf(report));
			if (totalError === 'textNumber') return await expectPlainRequests(report);
			const closing = cluster.log.filter(({ body, rows }) => (body as { skip: number }).skip > 0 && rows === 0);
			expect(closing.length).toBeLessThanOrEqual(cluster.log.filter(({ body }) => (body as { skip: number }).skip === 0).length);
		},
	);
});

describe('U13: a total that is wrong', () => {
	it.each((['tooHigh', 'tooLow'] as const).flatMap((error) => reportNames.map((report) => [error, report] as const)))(
		'each time, %s, is an error that says which rows are missing, or is seen to count something else (%s)',
		async (totalError, report) => {
			await start({ totalError });
			const refused = await read(report);
			if (!refused.error) return expect(idsOf(refused.json as [])).toEqual(truthOf(report));
			expect(refused.error.message).toBe('The report is incomplete');
			expect(refused.error.description).toMatch(/^From 2026-\S+ to 2026-\S+, Samespace announced \d+ rows?, but \d+ arrived\./);
			expect(refused.items).toEqual([]);
			const warned = await read(report, { onIncomplete: 'warn' });
			expect(warned.error).toBeUndefined();
			expect(idsOf(warned.json as [])).toEqual(truthOf(report));
			expect(warned.hints.filter(({ type }) => type === 'warning').length).toBeGreaterThan(0);
		},
	);

	it.each(records)('and drifts is got round in ever shorter windows, or an error (%s)', async (report) => {
		await start({ totalError: 'drift' });
		const run = await read(report, { concurrency: 1 });
		if (run.error) expect(run.error.message).toBe('The report is incomplete');
		else expect(idsOf(run.json as [])).toEqual(truthOf(report));
	});

	it('and drifts is an error where rows are totals: those cannot be read in parts', async () => {
		await start({ totalError: 'drift' });
		expect((await read('productivity', { concurrency: 1 })).error?.message).toBe('The report is incomplete');
		const warned = await read('productivity', { concurrency: 1, onIncomplete: 'warn' });
		expect(idsOf(warned.json as [])).toEqual(truthOf('productivity'));
	});
});

describe.each([true, 'iso', 'numberLong'] as const)("U14: Mongo's extended JSON, dates as %s", (extendedJson) => {
	it.each(reportNames)('comes out as plain text in every field of the %s report', async (report) => {
		await start({ extendedJson });
		const run = await read(report);
		expect(run.error).toBeUndefined();
		expect(run.json.length).toBeGreaterThan(3);
		const byId = (a: { _id?: unknown }, b: { _id?: unknown }): number => (String(a._id) < String(b._id) ? -1 : 1);
		const expected = (cluster.truth[report](range) as Array<{ _id: string }>).map((record) => expect.objectContaining(record) as { _id: string });
		if (report === 'productivity') expect(idsOf(run.json as [])).toEqual(truthOf(report));
		else expect(run.json.sort(byId)).toEqual(cluster.truth[report](range).sort(byId).map((record) => expect.objectContaining(record) as unknown));
		expect(expected.length).toBe(run.json.length);
		expect(JSON.stringify(run.json)).not.toMatch(/\$oid|\$date|\$numberLong/);
		await expectPlainRequests(report);
	});
});

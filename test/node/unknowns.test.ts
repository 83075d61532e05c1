import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator/index.ts';
import { ask, idsOf, reportNames, type ReportName } from '../support/asking.ts';

const range = { start: '2026-08-12T00:00:00.000Z', end: '2026-11-20T00:00:00.000Z' };

const readings: Array<[string, NonNullable<SimulatorOptions['switches']>]> = [
	['U1: total and rows', { envelope: 'totalAndData' }],
	['U1: a bare list', { envelope: 'array' }],
	['U1: a single object where a page has one row', { envelope: 'object' }],
	['U1: one object a page', { envelope: 'oneObject' }],
	['U1: rows without a total', { envelope: 'dataOnly' }],
	['U2: a cap on limit', { maxLimit: 7 }],
	['U2: a cap on limit, no total', { maxLimit: 7, envelope: 'array' }],
	['U3: limit ignored', { limitIgnored: true }],
	['U3: limit ignored, no total', { limitIgnored: true, envelope: 'array' }],
	['U4: skip ignored', { skipIgnored: true }],
	['U3 and U4: paging ignored, no total', { limitIgnored: true, skipIgnored: true, envelope: 'array' }],
	['U5: start exclusive', { startInclusive: false }],
	['U5: end exclusive', { endInclusive: false }],
	['U5: both exclusive', { startInclusive: false, endInclusive: false }],
	['U7: times ignored', { timeFilterIgnored: true }],
	['U7: times ignored, no total', { timeFilterIgnored: true, envelope: 'array' }],
	['U7: filters ignored', { filtersIgnored: true }],
	['U12: 30 days', { windowRule: '30days' }],
	['U12: 31 days', { windowRule: '31days' }],
	['U12: a calendar month', { windowRule: 'calendarMonth' }],
];

let cluster: Simulator;
afterEach(async () => await cluster.close());

async function start(switches: SimulatorOptions['switches'], options: SimulatorOptions = {}): Promise<void> {
	cluster = await startSimulator({ seed: 11, days: 130, callsPerDay: 10, agents: 4, now: '2026-11-25T12:00:00Z', switches, ...options });
}

describe.each(readings)('%s', (_, switches) => {
	it.each(reportNames)('Return All over 100 days gives every record of the %s report exactly once', async (report) => {
		await start(switches);
		const run = await ask(cluster, report, range, { parameters: { options: { pageSize: 50 } } });
		expect(run.error).toBeUndefined();
		expect(idsOf(run.json as [])).toEqual(idsOf(cluster.truth[report](range) as []));
		expect(run.items.length).toBeGreaterThan(3);
		cluster.assertNoViolations();
	});
});

it.each(['calls', 'sessions', 'csat'] as ReportName[])(
	'U4 with more rows in one minute than a page holds is an error that names it (%s)',
	async (report) => {
		await start({ skipIgnored: true });
		const add = { calls: cluster.addCall, sessions: cluster.addSession, csat: cluster.addCsat }[report as 'calls'];
		for (let n = 0; n < 8; n += 1) add({ start_time: '2026-10-01T10:00:00.000Z', end_time: '2026-10-01T10:00:20.000Z' });
		const run = await ask(cluster, report, range, { parameters: { options: { pageSize: 5 } } });
		expect(run.items).toEqual([]);
		expect(run.error?.message).toBe('The report is incomplete: Samespace keeps sending the same page');
		expect(run.error?.description).toContain("ignore 'skip'");
	},
);

it('U6: records and windows of a cluster whose clock is not UTC', async () => {
	await start({ timezone: 'America/New_York', endInclusive: false }, { timezone: 'America/New_York' });
	const credential = { clusterId: 'acme', apiKey: cluster.apiKey, timezone: 'America/New_York', baseUrl: cluster.url };
	for (const report of ['csat', 'productivity'] as const) {
		const run = await ask(cluster, report, range, { credential });
		expect(run.error).toBeUndefined();
		expect(idsOf(run.json as [])).toEqual(idsOf(cluster.truth[report](range) as []));
	}
	cluster.assertNoViolations();
});

it('a filter that the API ignores is applied to what comes back, and a run that went well has no hint', async () => {
	await start({ filtersIgnored: true });
	const all = cluster.truth.calls(range);
	const wanted = all.filter(({ status, direction }) => status === 'answered' && direction === 'in');
	const run = await ask(cluster, 'calls', range, { parameters: { filters: { status: ['answered'], direction: ['in'] } } });
	expect(idsOf(run.json as [])).toEqual(idsOf(wanted));
	expect(wanted.length).toBeLessThan(all.length);
	expect(run.hints).toEqual([]);
});

it('where nothing matches, a hint says which filter left out how many', async () => {
	await start({ filtersIgnored: true });
	const all = cluster.truth.calls(range);
	const outbound = all.filter(({ direction }) => direction === 'out').length;
	const nothing = { direction: ['in'], recordId: 'none' };
	const run = await ask(cluster, 'calls', range, { parameters: { filters: nothing } });
	expect(run.hints.map(({ message }) => message)).toEqual([
		`No records matched the filters. ${all.length.toLocaleString('en')} records in the date range were left out by 'Direction' (${outbound.toLocaleString('en')}), ` +
			`'Record ID' (${(all.length - outbound).toLocaleString('en')}). Each record is counted under the first filter that it didn't match.`,
	]);
	const skipped = await ask(cluster, 'calls', range, { parameters: { filters: { direction: ['in'] }, options: { skip: 1_000_000 } } });
	expect(skipped.json).toEqual([]);
	expect(skipped.hints).toEqual([]);
});

it('a record on the very first and last instant of the range belongs to it', async () => {
	await start({ startInclusive: false, endInclusive: false });
	const first = cluster.addCall({ start_time: range.start, end_time: range.start });
	const last = cluster.addCall({ start_time: range.end, end_time: range.end });
	const run = await ask(cluster, 'calls', range);
	expect(idsOf(run.json as [])).toEqual(expect.arrayContaining([first._id, last._id]));
});

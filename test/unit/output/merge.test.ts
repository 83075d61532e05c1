import fc from 'fast-check';

import { createOutput } from '../../../nodes/Samespace/output';
import { productivity, type ReportRecord } from '../../../nodes/Samespace/reports';
import { finishedItems, planOf, rowsOf, run, vendorPeriod, vendorProductivity } from './vendor';

const merged = { report: productivity, output: 'raw', mergePeriods: true } as const;

const row = (figures: object): ReportRecord => ({ ...vendorProductivity, ...figures });

it('sums counts and times and weights averages by the conversations they average over', async () => {
	const march = row({ session_duration: 3600, away_time: 60, inbound_conversations: 30, outbound_conversations: 10 });
	const april = row({ session_duration: 1800, away_time: 30, inbound_conversations: 10, outbound_conversations: 70 });
	Object.assign(march, { acd: 120, acw: 30, asa: 8, avg_hold_time: 10, avg_ring_duration: 6 });
	Object.assign(april, { acd: 60, acw: 15, asa: 4, avg_hold_time: 0, avg_ring_duration: 9 });
	expect(await rowsOf(merged, [march], [april])).toEqual([
		{
			_id: '5e97fbfafee6373b23aa51ae',
			user: 'Sarah',
			session_duration: 5400,
			away_time: 90,
			acd: (120 * 40 + 60 * 80) / 120, // 80
			acw: (30 * 40 + 15 * 80) / 120, // 20
			asa: (8 * 30 + 4 * 10) / 40, // 7: inbound conversations alone
			avg_hold_time: (10 * 40) / 120,
			avg_ring_duration: (6 * 40 + 9 * 80) / 120, // 8
			inbound_conversations: 40,
			outbound_conversations: 80,
			period_start: '2021-06-03T13:19:00.000Z',
			period_end: '2021-06-04T14:19:00.000Z',
			merged_periods: 2,
		},
	]);
});

it('adds up what is written as on a clock, and as text', async () => {
	const march = row({ session_duration: '01:00:00', away_time: '00:01:00', acd: '00:02:00', inbound_conversations: '30', outbound_conversations: 10 });
	const april = row({ session_duration: '100:30:00', away_time: 30, acd: '60', inbound_conversations: 10, outbound_conversations: '70' });
	const [merge] = await rowsOf(merged, [march], [april]);
	expect(merge).toMatchObject({ session_duration: 365_400, away_time: 90, acd: 80, inbound_conversations: 40, outbound_conversations: 80 });
});

it('leaves an agent with one row as Samespace sent it', async () => {
	const [only] = await rowsOf(merged, [vendorProductivity]);
	expect(only).toMatchObject({ ...vendorProductivity, merged_periods: 1 });
});

it('averages over no conversation to null, never 0 or NaN', async () => {
	const idle = row({ outbound_conversations: 0 });
	const [both] = await rowsOf(merged, [idle], [idle]);
	const nothing = { acd: null, acw: null, asa: null, avg_hold_time: null, avg_ring_duration: null };
	expect(both).toMatchObject({ ...nothing, session_duration: 178, inbound_conversations: 0, merged_periods: 2 });
});

it('weights an average only by rows that have it, and does not make up a sum that no row has', async () => {
	const [both] = await rowsOf(
		merged,
		[row({ acd: 50, away_time: undefined, outbound_conversations: 2 })],
		[row({ acd: null, away_time: undefined, outbound_conversations: 6 })],
	);
	expect(both).toMatchObject({ acd: 50, away_time: null, outbound_conversations: 8 });
});

it('spans every period that was asked for, also one in which the agent has no row', async () => {
	const output = createOutput(planOf({ ...merged, timezone: 'Europe/Berlin' }), async () => null);
	const day = 86_400_000;
	const start = Date.parse('2026-03-27T23:00:00Z');
	await output.take([vendorProductivity], { start: start + day, end: start + 2 * day });
	await output.take([], { start, end: start + day });
	await output.take([], { start: start + day, end: start + day });
	expect((await finishedItems(output))[0].json).toMatchObject({
		period_start: '2026-03-28T00:00:00.000+01:00',
		period_end: '2026-03-30T01:00:00.000+02:00',
		merged_periods: 1,
	});
});

it('tells agents apart by id, keeps the order in which they came, and takes the latest name', async () => {
	const rows = await rowsOf(
		merged,
		[row({ _id: 'b', user: 'Bo' }), row({ _id: 'a', user: 'Sam' })],
		[row({ _id: 'a', user: 'Samantha' }), row({ _id: 'c', user: 'Sam' })],
	);
	expect(rows.map(({ _id, user, merged_periods }) => [_id, user, merged_periods])).toEqual([
		['b', 'Bo', 1],
		['a', 'Samantha', 2],
		['c', 'Sam', 1],
	]);
});

it('does not merge rows without an id or a name', async () => {
	const nameless = { session_duration: 5 };
	expect(await rowsOf(merged, [{ ...nameless }, { ...nameless }])).toHaveLength(2);
});

it('keeps a field that it does not know only while all rows agree', async () => {
	const rows = [row({ site: 'Pune', breaks: 3, late: 1 }), row({ site: 'Pune', breaks: 4 }), row({ site: 'Pune', breaks: 4 })];
	const [all] = await rowsOf(merged, rows);
	expect(all).toMatchObject({ site: 'Pune', breaks: null, late: null });
});

it('keeps a list or an object that all rows agree on', async () => {
	const [all] = await rowsOf(merged, [row({ skills: ['Sales'], shift: { from: 9 } }), row({ skills: ['Sales'], shift: { from: 10 } })]);
	expect(all).toMatchObject({ skills: ['Sales'], shift: null });
});

it('an interval that was read in two batches is one row an agent', async () => {
	const rows = await rowsOf({ ...merged, mergePeriods: false }, [vendorProductivity], [vendorProductivity]);
	expect(rows).toEqual([expect.objectContaining({ outbound_conversations: 2 * Number(vendorProductivity.outbound_conversations) })]);
	expect(rows[0]).not.toHaveProperty('merged_periods');
});

it('writes merged rows to files', async () => {
	const plan = { ...merged, returnAs: 'ndjson' } as const;
	const { files } = await run(plan, [vendorProductivity], [vendorProductivity]);
	expect(files.map(({ rows }) => rows)).toEqual([1]);
	expect(JSON.parse(files[0].content.toString())).toMatchObject({ outbound_conversations: 2, merged_periods: 2 });
});

describe('however the rows are split into batches', () => {
	const figure = fc.integer({ min: 0, max: 5000 });
	const average = fc.option(fc.double({ min: 0, max: 900, noNaN: true }), { nil: null });
	const agentRow = fc.record({
		_id: fc.constantFrom('a', 'b', 'c'),
		user: fc.constant('Sam'),
		session_duration: figure,
		away_time: figure,
		acd: average,
		acw: average,
		asa: average,
		avg_hold_time: average,
		avg_ring_duration: average,
		inbound_conversations: fc.integer({ min: 0, max: 40 }),
		outbound_conversations: fc.integer({ min: 0, max: 40 }),
	});
	type AgentRow = typeof agentRow extends fc.Arbitrary<infer T> ? T : never;
	type AverageName = 'acd' | 'acw' | 'asa' | 'avg_hold_time' | 'avg_ring_duration';

	const weight = (name: AverageName, { inbound_conversations: inbound, outbound_conversations: outbound }: AgentRow) =>
		name === 'asa' ? inbound : inbound + outbound;

	/** The plain formula over all rows of an agent. */
	function expectedAverage(name: AverageName, rows: AgentRow[]): number | null {
		const having = rows.filter((one) => one[name] !== null);
		const over = having.reduce((sum, one) => sum + weight(name, one), 0);
		return over === 0 ? null : having.reduce((sum, one) => sum + Number(one[name]) * weight(name, one), 0) / over;
	}

	it('merging equals the plain weighted formula', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.array(agentRow, { maxLength: 6 }), { maxLength: 6 }), async (batches) => {
				const result = await rowsOf(merged, ...batches);
				const all = batches.flat();
				expect(result.map(({ _id }) => _id)).toEqual([...new Set(all.map(({ _id }) => _id))]);
				for (const agent of result) {
					const rows = all.filter(({ _id }) => _id === agent._id);
					expect(agent.merged_periods).toBe(rows.length);
					for (const name of ['session_duration', 'away_time', 'inbound_conversations', 'outbound_conversations'] as const) {
						expect(agent[name]).toBe(rows.reduce((sum, one) => sum + one[name], 0));
					}
					for (const name of ['acd', 'acw', 'asa', 'avg_hold_time', 'avg_ring_duration'] as const) {
						const expected = rows.length === 1 ? rows[0][name] : expectedAverage(name, rows);
						if (expected === null) expect(agent[name]).toBeNull();
						else expect(agent[name]).toBeCloseTo(expected, 6);
					}
				}
			}),
			{ numRuns: 60 },
		);
	});
});

it('knows the period of each batch', async () => {
	const output = createOutput(planOf({ report: productivity, timezone: 'America/New_York' }), async () => null);
	const first = await output.take([vendorProductivity], vendorPeriod);
	const second = await output.take([vendorProductivity], { start: vendorPeriod.end, end: vendorPeriod.end + 3_600_000 });
	const last = await finishedItems(output);
	expect([...first, ...second, ...last].map(({ json }) => [json.period_start, json.period_end])).toEqual([
		['2021-06-03T09:19:00.000-04:00', '2021-06-04T10:19:00.000-04:00'],
		['2021-06-04T10:19:00.000-04:00', '2021-06-04T11:19:00.000-04:00'],
	]);
});

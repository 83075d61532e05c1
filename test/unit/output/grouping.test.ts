import { createOutput, groupsOf } from '../../../nodes/Samespace/output';
import { calls, csat, productivity, reports, sessions } from '../../../nodes/Samespace/reports';
import { call, someCalls } from './someCalls';
import { planOf, rowsOf, vendorCall, vendorCsat, vendorProductivity, vendorSession } from './vendor';

const summary = 'summary' as const;

it('groups by the combination of groups, in their order, and sorts with nobody last', async () => {
	const rows = await rowsOf({ output: summary, groupBy: ['status', 'team'] }, [...someCalls].reverse());
	expect(rows.map(({ status, team, calls: count }) => [status, team, count])).toEqual([
		['answered', 'Care', 1],
		['answered', 'Sales', 2],
		['missed', 'Sales', 1],
		['missed', null, 1],
	]);
	expect(Object.keys(rows[0]).slice(0, 3)).toEqual(['status', 'team', 'calls']);
});

it('takes a group once, however often it is named', async () => {
	const rows = await rowsOf({ output: summary, groupBy: ['channel', 'channel'] }, someCalls);
	expect(rows.map(({ channel, calls: count }) => [channel, count])).toEqual([
		['chat', 1],
		['voice', 4],
	]);
});

it('counts a caller once in each group', async () => {
	const rows = await rowsOf({ output: summary, groupBy: ['status'] }, someCalls, someCalls);
	expect(rows.map(({ status, unique_callers }) => [status, unique_callers])).toEqual([
		['answered', 2],
		['missed', 1],
	]);
});

it('counts many thousand callers exactly, in all and in groups', async () => {
	const rows = Array.from({ length: 15_000 }, (_, at) =>
		call({ direction: 'in', caller: `+1415${at % 6_345}`, team_name: `T${at % 3}` }),
	);
	const [all] = await rowsOf({ output: summary }, rows);
	expect(all.unique_callers).toBe(6_345);
	const teams = await rowsOf({ output: summary, groupBy: ['team'] }, rows);
	// 6,345 is a multiple of 3: each caller always calls the same team.
	expect(teams.map(({ unique_callers }) => unique_callers)).toEqual([2115, 2115, 2115]);
});

it('takes names that come as numbers for texts, and lists for none', async () => {
	const records = [12, 12, '12', ['12']].map((caller) => call({ direction: 'in', caller, team_name: caller }));
	const rows = await rowsOf({ output: summary, groupBy: ['team'] }, records);
	expect(rows.map(({ team, calls: count, unique_callers }) => [team, count, unique_callers])).toEqual([
		['12', 3, 1],
		[null, 1, 0],
	]);
});

it('gives no row without records', async () => {
	expect(await rowsOf({ output: summary, groupBy: ['agent'] }, [])).toEqual([]);
});

it('has the groups that each report can have', () => {
	const calendar = ['hour', 'day', 'week', 'month', 'hourOfDay', 'weekday'];
	expect(groupsOf(calls)).toEqual(['agent', 'team', 'channel', 'direction', 'status', ...calendar]);
	expect(groupsOf(sessions)).toEqual(['agent', ...calendar]);
	expect(groupsOf(productivity)).toEqual(['agent', ...calendar]);
	expect(groupsOf(csat)).toEqual(['agent', 'team', 'direction', 'tag', ...calendar]);
});

it.each(reports)('$title can be grouped by each of its groups, and by all at once', async (report) => {
	const vendors = [vendorCall, vendorSession, vendorProductivity, vendorCsat];
	const record = vendors[reports.indexOf(report)];
	const [row] = await rowsOf({ report, output: summary, groupBy: groupsOf(report) }, [record]);
	expect(Object.keys(row).slice(0, groupsOf(report).length)).toEqual(groupsOf(report));
	expect(row.agent).toEqual(expect.any(String));
});

it('refuses a group that the report does not have', () => {
	const plan = planOf({ report: sessions, output: summary, groupBy: ['team'] });
	expect(() => createOutput(plan, async () => null)).toThrow("expected a group of the report 'Sessions', got 'team'");
});

import { createOutput, groupsOf } from '../../../nodes/Samespace/output';
import { calls, csat, productivity, reports, sessions, type ReportRecord } from '../../../nodes/Samespace/reports';
import { planOf, rowsOf, vendorCall, vendorCsat, vendorProductivity, vendorSession } from './vendor';

const summary = 'summary' as const;

const noCalls = {
	calls: 0,
	answered: 0,
	not_answered: 0,
	answer_rate_percent: null,
	inbound: 0,
	outbound: 0,
	talk_time_total: 0,
	talk_time_average: null,
	inbound_answered: 0,
	speed_of_answer_total: 0,
	speed_of_answer_average: null,
	hold_time_total: 0,
	hold_time_average: null,
	mos_calls: 0,
	mos_total: 0,
	mos_average: null,
	conference_time_total: 0,
	unique_callers: 0,
	recordings: 0,
	termination_causes: {},
};

describe("the summary of the vendor's page", () => {
	it('calls', async () => {
		expect(await rowsOf({ output: summary }, [vendorCall])).toEqual([
			{
				...noCalls,
				calls: 1,
				not_answered: 1,
				answer_rate_percent: 0,
				outbound: 1,
				mos_calls: 1,
				mos_total: 4.5,
				mos_average: 4.5,
				recordings: 1,
				termination_causes: { NORMAL_CLEARING: 1 },
			},
		]);
	});

	it('sessions', async () => {
		expect(await rowsOf({ report: sessions, output: summary, groupBy: ['agent'] }, [vendorSession])).toEqual([
			{
				agent: 'Sarah Taylor',
				sessions: 1,
				logins: 1,
				timed_sessions: 1,
				session_time_total: 60,
				session_time_average: 60,
				agents: 1,
				logout_reasons: { 'Network Loss': 1 },
			},
		]);
	});

	it('productivity', async () => {
		expect(await rowsOf({ report: productivity, output: summary, mergePeriods: true }, [vendorProductivity])).toEqual([
			{
				agents: 1,
				merged_periods: 1,
				session_duration: 89,
				away_time: 0,
				inbound_conversations: 0,
				outbound_conversations: 1,
				conversations: 1,
				acd_total: 0,
				acd_conversations: 1,
				acd: 0,
				acw_total: 0,
				acw_conversations: 1,
				acw: 0,
				asa_total: 0,
				asa_conversations: 0,
				asa: null,
				avg_hold_time_total: 0,
				avg_hold_time_conversations: 1,
				avg_hold_time: 0,
				avg_ring_duration_total: 0,
				avg_ring_duration_conversations: 1,
				avg_ring_duration: 0,
			},
		]);
	});

	it('csat', async () => {
		const one = { answers: 1, answered_questions: 1, ratings: 1, valid_ratings: 1 };
		const none = { rating_1: 0, rating_2: 0, rating_3: 0, rating_4: 0, rating_5: 0 };
		const rated = (rating: number) => ({ ...one, rating_total: rating, rating_average: rating, ...none, [`rating_${rating}`]: 1 });
		expect(await rowsOf({ report: csat, output: summary, groupBy: ['team', 'day'] }, [vendorCsat])).toEqual([
			{
				team: 'Helpdesk',
				day: '2023-01-02',
				conversations: 1,
				answers: 3,
				answered_questions: 3,
				ratings: 3,
				rating_total: 10,
				rating_average: 10 / 3,
				rating_1: 1,
				rating_2: 0,
				rating_3: 0,
				rating_4: 1,
				rating_5: 1,
				satisfied_ratings: 2,
				valid_ratings: 3,
				csat_percent: 200 / 3,
				questions: [
					{
						question_number: 1,
						question: 'How would you rate the support you received?',
						...rated(4),
						satisfied_ratings: 1,
						csat_percent: 100,
					},
					{
						question_number: 2,
						question: 'How knowledgeable was the agent?',
						...rated(1),
						satisfied_ratings: 0,
						csat_percent: 0,
					},
					{
						question_number: 3,
						question: 'How courteous was the agent?',
						...rated(5),
						satisfied_ratings: 1,
						csat_percent: 100,
					},
				],
			},
		]);
	});
});

const call = (fields: object): ReportRecord => ({
	...vendorCall,
	mos: undefined,
	recording_url: '',
	start_time: '2026-03-02T10:00:00.000Z',
	...fields,
});
const answered = { status: 'answered', answer_time: '2026-03-02T10:00:07.500Z' };
const someCalls = [
	call({ ...answered, direction: 'in', caller: '+1', duration: 100, hold_duration: 20, mos: 4, recording_url: '/r/1' }),
	call({ ...answered, direction: 'in', caller: '+2', duration: 50, mos: 3.5, team_name: 'Care', conference_duration: 9 }),
	call({ ...answered, direction: 'out', caller: 'sarah', callee: '+1', duration: 30, hold_duration: 10, mos: 0 }),
	call({ direction: 'in', caller: '+1', status: 'missed', answer_time: '', termination_cause: 'NO_ANSWER', team_name: '' }),
	call({ direction: 'in', caller: null, status: 'missed', termination_cause: '', channel: 'chat', duration: 99, hold_duration: 99 }),
];

it('counts, sums and averages calls, each rate beside what it is made of', async () => {
	expect(await rowsOf({ output: summary }, someCalls.slice(0, 2), someCalls.slice(2))).toEqual([
		{
			calls: 5,
			answered: 3,
			not_answered: 2,
			answer_rate_percent: 60,
			inbound: 4,
			outbound: 1,
			talk_time_total: 180,
			talk_time_average: 60,
			inbound_answered: 2,
			speed_of_answer_total: 15,
			speed_of_answer_average: 7.5,
			hold_time_total: 30,
			hold_time_average: 10,
			mos_calls: 2,
			mos_total: 7.5,
			mos_average: 3.75,
			conference_time_total: 9,
			unique_callers: 2,
			recordings: 1,
			termination_causes: { NORMAL_CLEARING: 3, NO_ANSWER: 1 },
		},
	]);
});

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

it('takes numbers that come as text for numbers, and nothing else', async () => {
	const records = [call({ ...answered, duration: '12' }), call({ ...answered, duration: 'long' }), call({ ...answered, duration: null })];
	expect((await rowsOf({ output: summary }, records))[0]).toMatchObject({ talk_time_total: 12, talk_time_average: 4 });
});

it('takes names that come as numbers for texts, and lists for none', async () => {
	const records = [12, 12, '12', ['12']].map((caller) => call({ direction: 'in', caller, team_name: caller }));
	const rows = await rowsOf({ output: summary, groupBy: ['team'] }, records);
	expect(rows.map(({ team, calls: count, unique_callers }) => [team, count, unique_callers])).toEqual([
		['12', 3, 1],
		[null, 1, 0],
	]);
});

it('tells the most frequent text first', async () => {
	const causes = ['D', 'C', 'B', 'C', 'B', 'C', 'A'];
	const [row] = await rowsOf({ output: summary }, causes.map((termination_cause) => call({ termination_cause })));
	expect(Object.entries(row.termination_causes as object)).toEqual([
		['C', 3],
		['B', 2],
		['A', 1],
		['D', 1],
	]);
});

it('reads texts with special names as texts', async () => {
	const records = [call({ termination_cause: '__proto__', team_name: 'constructor' }), call({ termination_cause: '__proto__' })];
	const [row] = await rowsOf({ output: summary }, records);
	expect(Object.entries(row.termination_causes as object)).toEqual([['__proto__', 2]]);
});

it('sums sessions that have not ended without a duration', async () => {
	const open = { ...vendorSession, session_duration: null, logout_reason: '', user_system_id: 'other' };
	const away = { ...vendorSession, activity: 'away', session_duration: 20 };
	expect(await rowsOf({ report: sessions, output: summary }, [vendorSession, open, away])).toEqual([
		{
			sessions: 3,
			logins: 2,
			timed_sessions: 2,
			session_time_total: 80,
			session_time_average: 40,
			agents: 2,
			logout_reasons: { 'Network Loss': 2 },
		},
	]);
});

it('weights the averages of productivity by what they average over', async () => {
	const rows = [
		{ ...vendorProductivity, asa: 10, acd: 100, inbound_conversations: 3, outbound_conversations: 1 },
		{ ...vendorProductivity, _id: 'b', user: 'Bo', asa: 2, acd: 20, inbound_conversations: 1, outbound_conversations: 15 },
		{ ...vendorProductivity, _id: 'b', user: 'Bo', asa: null, acd: null },
	];
	expect((await rowsOf({ report: productivity, output: summary }, rows))[0]).toMatchObject({
		agents: 2,
		merged_periods: 3,
		conversations: 21,
		acd_total: 100 * 4 + 20 * 16,
		acd_conversations: 20,
		acd: 36,
		asa_total: 32,
		asa_conversations: 4,
		asa: 8,
	});
	const agents = await rowsOf({ report: productivity, output: summary, groupBy: ['agent'] }, rows);
	expect(agents.map(({ agent, acd, merged_periods }) => [agent, acd, merged_periods])).toEqual([
		['Bo', 20, 2],
		['Sarah', 100, 1],
	]);
});

it('sums up productivity before it is merged, so that each period counts in its own group', async () => {
	const plan = planOf({ report: productivity, output: summary, mergePeriods: true, groupBy: ['day'] });
	const output = createOutput(plan, async () => null);
	const start = Date.parse('2026-03-01T00:00:00Z');
	const day = 86_400_000;
	await output.take([vendorProductivity], { start, end: start + day });
	await output.take([vendorProductivity, vendorProductivity], { start: start + day, end: start + 2 * day });
	expect((await output.finish()).map(({ json }) => [json.day, json.merged_periods, json.session_duration])).toEqual([
		['2026-03-01', 1, 89],
		['2026-03-02', 2, 178],
	]);
});

describe('CSAT', () => {
	const answers = ['5', '4', '1', '10', '4.5', '0', 'five', '', null];
	const survey = {
		...vendorCsat,
		csat: answers.map((answer, at) => ({ question: at < 3 ? 'SURVEY_ANSWER_2:B' : 'Free question', answer })),
	};

	it('is the share of 4 and 5 among 1 to 5; other numbers count in the mean alone', async () => {
		expect((await rowsOf({ report: csat, output: summary }, [survey, { ...survey, csat: [] }]))[0]).toMatchObject({
			conversations: 2,
			answers: 9,
			answered_questions: 7,
			ratings: 6,
			rating_total: 24.5,
			rating_average: 24.5 / 6,
			rating_1: 1,
			rating_4: 1,
			rating_5: 1,
			satisfied_ratings: 2,
			valid_ratings: 3,
			csat_percent: 200 / 3,
			questions: [
				{ question_number: 2, question: 'B', answers: 3, csat_percent: 200 / 3 },
				{ question_number: null, question: 'Free question', answers: 6, ratings: 3, csat_percent: null },
			],
		});
	});

	it('counts the answers that would have been items where bounds leave some out', async () => {
		const plan = { report: csat, output: summary, itemPer: 'answer', rating: { min: 4, max: null } } as const;
		expect((await rowsOf(plan, [survey]))[0]).toMatchObject({ conversations: 1, answers: 4, rating_total: 23.5 });
	});
});

describe('without records', () => {
	it('is one row of zeros and nulls where nothing is grouped', async () => {
		expect(await rowsOf({ output: summary }, [])).toEqual([noCalls]);
		expect((await rowsOf({ report: csat, output: summary }))[0]).toMatchObject({ csat_percent: null, questions: [] });
	});

	it('is no row where something is', async () => {
		expect(await rowsOf({ output: summary, groupBy: ['agent'] }, [])).toEqual([]);
	});

	it.each(reports)('$title has no NaN and no undefined', async (report) => {
		const [row] = await rowsOf({ report, output: summary });
		expect(Object.values(row).filter((value) => value === undefined || Number.isNaN(value))).toEqual([]);
	});
});

it('has the groups that each report can have', () => {
	const calendar = ['hour', 'day', 'week', 'month'];
	expect(groupsOf(calls)).toEqual(['agent', 'team', 'channel', 'direction', 'status', ...calendar]);
	expect(groupsOf(sessions)).toEqual(['agent', ...calendar]);
	expect(groupsOf(productivity)).toEqual(['agent', ...calendar]);
	expect(groupsOf(csat)).toEqual(['agent', 'team', 'direction', ...calendar]);
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

it('counts the records of a report without measures of its own', async () => {
	const fifth = { ...sessions, operation: 'getFifth' };
	expect(await rowsOf({ report: fifth, output: summary, groupBy: ['agent'] }, [vendorSession, vendorSession])).toEqual([
		{ agent: 'Sarah Taylor', records: 2 },
	]);
});

import { createOutput } from '../../../nodes/Samespace/output';
import { csat, productivity, sessions } from '../../../nodes/Samespace/reports';
import { finishedItems, planOf, rowsOf, vendorCsat, vendorProductivity, vendorSession } from './vendor';

const summary = 'summary' as const;

it('sums sessions even if one has not ended and has no duration', async () => {
	const open = { ...vendorSession, session_duration: null, logout_reason: '', user_system_id: 'other' };
	const away = { ...vendorSession, activity: 'away', session_duration: 20 };
	expect(await rowsOf({ report: sessions, output: summary }, [vendorSession, open, away])).toEqual([
		{
			sessions: 3,
			agents: 2,
			session_time_total: 80,
			session_time_average: 40,
			peak_agents: 2,
			first_login: '2022-06-30T13:58:37.276Z',
			last_logout: '2022-06-30T13:59:37.446Z',
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
		conversations: 21,
		talk_time_average: 36,
		asa_average: 8,
	});
	const agents = await rowsOf({ report: productivity, output: summary, groupBy: ['agent'] }, rows);
	expect(agents.map(({ agent, talk_time_average: talk }) => [agent, talk])).toEqual([
		['Bo', 20],
		['Sarah', 100],
	]);
});

it('tells how busy agents are', async () => {
	const row = { ...vendorProductivity, session_duration: 3600, away_time: 600, acd: 200, acw: 50, inbound_conversations: 4, outbound_conversations: 2 };
	const idle = { ...row, _id: 'idle', acd: null, acw: null, inbound_conversations: 0, outbound_conversations: 0 };
	expect((await rowsOf({ report: productivity, output: summary }, [row, idle]))[0]).toMatchObject({
		handling_time_average: 250,
		occupancy_percent: 25, // 6 × 250 of 2 × 3,000 seconds
		away_percent: 16.67,
		conversations_per_hour: 3,
	});
});

it('sums up productivity before it is merged, so that each period counts in its own group', async () => {
	const plan = planOf({ report: productivity, output: summary, mergePeriods: true, groupBy: ['day'] });
	const output = createOutput(plan, async () => null);
	const start = Date.parse('2026-03-01T00:00:00Z');
	const day = 86_400_000;
	await output.take([vendorProductivity], { start, end: start + day });
	await output.take([vendorProductivity, vendorProductivity], { start: start + day, end: start + 2 * day });
	expect((await finishedItems(output)).map(({ json }) => [json.day, json.conversations, json.session_time_total])).toEqual([
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
			asked: 9,
			answers: 7,
			answered_percent: 77.78,
			ratings: 6,
			rating_average: 4.08,
			rating_1: 1,
			rating_4: 1,
			rating_5: 1,
			csat_percent: 66.67,
			questions: [
				{ question_number: 2, question: 'B', answers: 3, csat_percent: 66.67 },
				{ question_number: null, question: 'Free question', answers: 4, asked: 6, ratings: 3, csat_percent: null },
			],
		});
	});
});

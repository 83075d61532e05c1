import { csat, productivity, reports, sessions } from '../../../nodes/Samespace/reports';
import { answered, call, someCalls } from './someCalls';
import { rowsOf, vendorCall, vendorCsat, vendorProductivity, vendorSession } from './vendor';

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
		const rated = (rating: number) => ({
			...one,
			rating_total: rating,
			rating_average: rating,
			...none,
			[`rating_${rating}`]: 1,
		});
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

it('takes numbers that come as text for numbers, and nothing else', async () => {
	const records = ['12', 'long', null].map((duration) => call({ ...answered, duration }));
	expect((await rowsOf({ output: summary }, records))[0]).toMatchObject({ talk_time_total: 12, talk_time_average: 4 });
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

describe('without records', () => {
	it('is one row of zeros and nulls where nothing is grouped', async () => {
		expect(await rowsOf({ output: summary }, [])).toEqual([noCalls]);
		expect((await rowsOf({ report: csat, output: summary }))[0]).toMatchObject({ csat_percent: null, questions: [] });
	});

	it.each(reports)('$title has no NaN and no undefined', async (report) => {
		const [row] = await rowsOf({ report, output: summary });
		expect(Object.values(row).filter((value) => value === undefined || Number.isNaN(value))).toEqual([]);
	});
});

it('counts the records of a report without measures of its own', async () => {
	const fifth = { ...sessions, operation: 'getFifth' };
	expect(await rowsOf({ report: fifth, output: summary, groupBy: ['agent'] }, [vendorSession, vendorSession])).toEqual([
		{ agent: 'Sarah Taylor', records: 2 },
	]);
});

import { csat, productivity, reports, sessions } from '../../../nodes/Samespace/reports';
import { answered, call, someCalls } from './someCalls';
import { rowsOf, vendorCall, vendorCsat, vendorProductivity, vendorSession } from './vendor';

const summary = 'summary' as const;

const noCalls = {
	calls: 0,
	inbound: 0,
	inbound_answered: 0,
	answer_rate_percent: null,
	inbound_abandoned: 0,
	inbound_short_abandoned: 0,
	abandon_rate_percent: null,
	service_level_percent: null,
	service_level_calls: 0,
	speed_of_answer_average: null,
	speed_of_answer_median: null,
	speed_of_answer_p90: null,
	speed_of_answer_max: null,
	time_to_abandon_average: null,
	time_to_abandon_median: null,
	time_to_abandon_p90: null,
	time_to_abandon_max: null,
	outbound: 0,
	outbound_connected: 0,
	connect_rate_percent: null,
	talk_time_total: 0,
	talk_time_average: null,
	hold_time_total: 0,
	hold_time_average: null,
	held_calls: 0,
	held_percent: null,
	conference_time_total: 0,
	unique_callers: 0,
	repeat_callers: 0,
	repeat_calls: 0,
	repeat_call_percent: null,
	peak_concurrent_calls: 0,
	mos_average: null,
	mos_calls: 0,
	recordings: 0,
	termination_causes: {},
};

describe("the summary of the vendor's page", () => {
	it('calls', async () => {
		expect(await rowsOf({ output: summary }, [vendorCall])).toEqual([
			{
				...noCalls,
				calls: 1,
				outbound: 1,
				connect_rate_percent: 0,
				peak_concurrent_calls: 1,
				mos_calls: 1,
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
				session_time_total: 60,
				session_time_average: 60,
				agents: 1,
				peak_agents: 1,
				first_login: '2022-06-30T13:58:37.276Z',
				last_logout: '2022-06-30T13:59:37.446Z',
				logout_reasons: { 'Network Loss': 1 },
			},
		]);
	});

	it('productivity', async () => {
		expect(await rowsOf({ report: productivity, output: summary, mergePeriods: true }, [vendorProductivity])).toEqual([
			{
				agents: 1,
				session_time_total: 89,
				away_time_total: 0,
				conversations: 1,
				inbound_conversations: 0,
				outbound_conversations: 1,
				handling_time_average: 0,
				talk_time_average: 0,
				acw_average: 0,
				asa_average: null,
				hold_time_average: 0,
				ring_time_average: 0,
				occupancy_percent: 0,
				away_percent: 0,
				conversations_per_hour: 40.45,
			},
		]);
	});

	it('csat', async () => {
		const one = { answers: 1, asked: 1, answered_percent: 100, ratings: 1 };
		const none = { rating_1: 0, rating_2: 0, rating_3: 0, rating_4: 0, rating_5: 0 };
		const rated = (rating: number) => ({
			...one,
			rating_average: rating,
			bottom_two_percent: rating <= 2 ? 100 : 0,
			nps: null,
			...none,
			[`rating_${rating}`]: 1,
		});
		expect(await rowsOf({ report: csat, output: summary, groupBy: ['team', 'day'] }, [vendorCsat])).toEqual([
			{
				team: 'Helpdesk',
				day: '2023-01-02',
				conversations: 1,
				answers: 3,
				asked: 3,
				answered_percent: 100,
				ratings: 3,
				rating_average: 3.33,
				rating_1: 1,
				rating_2: 0,
				rating_3: 0,
				rating_4: 1,
				rating_5: 1,
				csat_percent: 66.67,
				bottom_two_percent: 33.33,
				nps: null,
				acw_average: 47,
				tags: { 'Not Interested': 1 },
				questions: [
					{
						question_number: 1,
						question: 'How would you rate the support you received?',
						...rated(4),
						csat_percent: 100,
					},
					{
						question_number: 2,
						question: 'How knowledgeable was the agent?',
						...rated(1),
						csat_percent: 0,
					},
					{
						question_number: 3,
						question: 'How courteous was the agent?',
						...rated(5),
						csat_percent: 100,
					},
				],
			},
		]);
	});
});

it('counts, sums and averages calls', async () => {
	expect(await rowsOf({ output: summary }, someCalls.slice(0, 2), someCalls.slice(2))).toEqual([
		{
			calls: 5,
			inbound: 4,
			inbound_answered: 2,
			answer_rate_percent: 50,
			// Both ended before they began: see the start of someCalls.
			inbound_abandoned: 0,
			inbound_short_abandoned: 2,
			abandon_rate_percent: 0,
			service_level_percent: 100,
			service_level_calls: 2,
			speed_of_answer_average: 7.5,
			speed_of_answer_median: 8,
			speed_of_answer_p90: 8,
			speed_of_answer_max: 7.5,
			time_to_abandon_average: null,
			time_to_abandon_median: null,
			time_to_abandon_p90: null,
			time_to_abandon_max: null,
			outbound: 1,
			outbound_connected: 1,
			connect_rate_percent: 100,
			talk_time_total: 180,
			talk_time_average: 60,
			hold_time_total: 30,
			hold_time_average: 10,
			held_calls: 2,
			held_percent: 66.67,
			conference_time_total: 9,
			unique_callers: 2,
			repeat_callers: 1,
			repeat_calls: 1,
			repeat_call_percent: 25,
			peak_concurrent_calls: 0,
			mos_average: 3.75,
			mos_calls: 2,
			recordings: 1,
			termination_causes: { NORMAL_CLEARING: 3, NO_ANSWER: 1 },
		},
	]);
});

it('a call that comes late, as one longer than all before it may, is no repeat of a later one', async () => {
	const [first, second, third] = ['02', '03', '04'].map((date) => call({ direction: 'in', caller: '8530610172', start_time: `2026-03-${date}T10:00:00.000Z` }));
	for (const [records, repeated] of [[[first, second, third], ['2026-03-03', '2026-03-04']], [[second, first, third], ['2026-03-04']]] as const) {
		const rows = await rowsOf({ output: summary, groupBy: ['day'], metrics: ['repeat_calls'] }, [...records]);
		expect(rows.filter(({ repeat_calls: repeats }) => repeats !== 0).map(({ day }) => day)).toEqual(repeated);
	}
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

it('has just the metrics that were chosen, in their order', async () => {
	const [row] = await rowsOf({ output: summary, metrics: ['answer_rate_percent', 'calls'] }, someCalls);
	expect(Object.entries(row)).toEqual([
		['answer_rate_percent', 50],
		['calls', 5],
	]);
});

it.each([
	[[1.01, 1], 1.01], // 1.005
	[[1, 2, 2], 1.67],
	[[0.001], 0],
])('rounds to two decimals, a half up as it is written: the average of %j is %d', async (scores, average) => {
	expect((await rowsOf({ output: summary, metrics: ['mos_average'] }, scores.map((mos) => call({ mos }))))[0]).toEqual({ mos_average: average });
});

it('tells callers by the last nine digits', async () => {
	const callers = ['+91 85306 10172', '0091-8530610172', '08530610172', '+91 85306 10173', '1001', '1001 ', 'anonymous', 'Anonymous'];
	const [row] = await rowsOf({ output: summary }, callers.map((caller) => call({ direction: 'in', caller })));
	expect(row.unique_callers).toBe(4);
});

it('counts the records of a report without measures of its own', async () => {
	const fifth = { ...sessions, operation: 'getFifth' };
	expect(await rowsOf({ report: fifth, output: summary, groupBy: ['agent'] }, [vendorSession, vendorSession])).toEqual([
		{ agent: 'Sarah Taylor', records: 2 },
	]);
});

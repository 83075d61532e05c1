import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type CallRecord, type CsatRecord, type SessionRecord, type Simulator } from '../simulator/index.ts';
import { operations, reportNames, type ReportName } from '../support/asking.ts';
import { followUpTruth, metricNames, periodsIn, summaryTruth, type Asked, type Row } from '../support/figureTruth.ts';
import { startHostileCluster } from '../support/hostileCluster.ts';
import { runNode } from '../support/runNode.ts';

/** In Berlin, clocks go back on the third day. */
const range = { start: '2026-10-23T00:00:00.000Z', end: '2026-10-28T00:00:00.000Z' };
const now = '2026-11-20T00:00:00Z';
const zones = ['UTC', 'Asia/Kolkata', 'Europe/Berlin'];
const calendar = ['hour', 'day', 'week', 'month', 'hourOfDay', 'weekday'];
const groupings: { [report in ReportName]: string[][] } = {
	calls: [[], ...['agent', 'team', 'channel', 'direction', 'status', ...calendar].map((group) => [group]), ['agent', 'hour'], ['team', 'weekday'], ['day', 'agent']],
	sessions: [[], ...['agent', ...calendar].map((group) => [group]), ['agent', 'hour'], ['weekday', 'hourOfDay'], ['day', 'agent']],
	csat: [[], ...['agent', 'team', 'direction', 'tag', ...calendar].map((group) => [group]), ['tag', 'day'], ['team', 'weekday'], ['day', 'agent']],
	productivity: [[], ...['agent', ...calendar].map((group) => [group]), ['agent', 'hour'], ['week', 'month'], ['day', 'agent']],
};
const every = Object.entries(groupings).flatMap(([report, some]) => some.map((groupBy) => ({ report: report as ReportName, groupBy, by: groupBy.length === 0 ? 'in all' : `by ${groupBy.join(' and ')}` })));

type Cluster = Pick<Simulator, 'url' | 'apiKey'>;
type Question = Partial<Asked> & { metrics?: string[]; range?: { start: string; end: string }; parameters?: IDataObject; options?: IDataObject };

async function ask(cluster: Cluster, report: ReportName, { zone = 'UTC', groupBy = [], metrics = metricNames[report], range: { start, end } = range, parameters = {}, options = {} }: Question): Promise<IDataObject[]> {
	const run = await runNode({
		credential: { clusterId: 'acme', apiKey: cluster.apiKey, timezone: 'UTC', baseUrl: cluster.url },
		timezone: zone,
		parameters: { resource: 'report', operation: operations[report], dateRange: 'custom', startTime: start, endTime: end, output: 'summary', groupBy: [...groupBy], metrics, options, ...parameters },
	});
	expect(run.error?.message).toBeUndefined();
	return run.json;
}

const asked = (question: Partial<Asked>): Asked => ({ groupBy: [], zone: 'UTC', end: range.end, ...question });

const hours = (count: number): number => count * 3_600_000;
const later = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString();

/** A cluster that is asked by one test alone. */
async function withCalls<T>(calls: Row[], use: (cluster: Simulator) => Promise<T>): Promise<T> {
	return await withRecords({ calls }, use);
}

async function withRecords<T>(records: { [report: string]: Row[] }, use: (cluster: Simulator) => Promise<T>): Promise<T> {
	const cluster = await startSimulator({ now, truth: { calls: [], sessions: [], csat: [], ...records } });
	try {
		const used = await use(cluster);
		cluster.assertNoViolations();
		return used;
	} finally {
		await cluster.close();
	}
}

const spellings = [(digits: string) => `+91${digits}`, (digits: string) => `0091-${digits.slice(0, 5)} ${digits.slice(5)}`, (digits: string) => `0${digits}`, (digits: string) => digits, (digits: string) => `sip:+91${digits}@pbx.example.com`];
const numberOf = (n: number): string => spellings[n % spellings.length](String(9_876_500_000 + ((n * 17) % 97)));
const withheld: { [n: number]: string } = { 3: 'anonymous', 8: '', 13: '101', 18: 'Restricted' };

/** Customers who call again, write their numbers in several ways, or withhold them; and calls that still go on. */
function withCustomers(call: CallRecord, n: number): Row {
	const number = n % 21 in withheld ? withheld[n % 21] : numberOf(n);
	return { ...call, ...(call.direction === 'in' ? { caller: number } : { callee: number }), ...(n % 83 === 5 ? { end_time: null } : {}) };
}

/** Agents who are logged in twice at once, and one who still is. */
function withSecondLogins(sessions: SessionRecord[]): Row[] {
	const second = sessions.filter((_, n) => n % 6 === 0).map((one) => ({ ...one, _id: `${one._id}-2`, start_time: later(one.start_time, 600_000), end_time: null, session_duration: 5000 }));
	const open = { ...sessions[2], _id: 'open', start_time: '2026-10-27T19:40:10.000Z', end_time: null, session_duration: null, logout_reason: '' };
	return [...sessions, ...second, open];
}

const tags = [[], ['Billing', 'VIP'], 'Billing, Refund ,, ', ['VIP', 'VIP', ' '], '', ['VIP, "gold"', 'Refund'], null, ['__proto__'], 'constructor'];

/** A question to 5, one to 10, one that a single 7 makes one to 10, and one without a number. */
function withAnswers(record: CsatRecord, n: number): Row {
	const toFive = [String(((n * 7) % 5) + 1), ' 4 ', 'five', '', undefined, '4.5', '4,5'];
	const answers = [
		{ question: 'SURVEY_ANSWER_1:How was it?', answer: toFive[n % 9 < 6 ? 0 : (n % 6) + 1] },
		{ question: 'SURVEY_ANSWER_2:Would you recommend us?', answer: String((n * 3) % 11) },
		{ question: 'SURVEY_ANSWER_10:Was it quick?', answer: n === 17 ? '7' : String(((n * 3) % 5) + 1) },
		{ question: 'SURVEY_ANSWER_2:How was the agent?', answer: String(((n * 2) % 5) + 1) },
		{ question: 'Anything else?', answer: n % 2 === 0 ? 'no' : String(n % 5) },
	];
	return { ...record, csat: answers.slice(n % 4 === 3 ? 5 : 0, 5 - (n % 3)), conversation_tags: tags[n % tags.length] };
}

/** Totals are asked with whole seconds: no call or login begins within two seconds of where a period may begin. */
function offBoundaries<T extends { start_time: string }>(record: T): T {
	const ms = Date.parse(record.start_time) % 900_000;
	return { ...record, start_time: later(record.start_time, ms < 2000 ? 3000 : ms > 898_000 ? -3000 : 0) };
}

let cluster: Simulator;
let totals: Simulator;
beforeAll(async () => {
	const shape = await startSimulator({ seed: 5, days: 8, callsPerDay: 120, agents: 7, teams: 3, now: '2026-10-29T00:00:00Z' });
	const [calls, sessions, csat] = [shape.truth.calls(range), shape.truth.sessions(range), shape.truth.csat(range)];
	await shape.close();
	cluster = await startSimulator({ now, truth: { calls: calls.map(withCustomers), sessions: withSecondLogins(sessions) as Array<Partial<SessionRecord>>, csat: csat.map(withAnswers) as Array<Partial<CsatRecord>> } });
	totals = await startSimulator({ now, truth: { calls: calls.map(offBoundaries), sessions: sessions.map(offBoundaries) } });
});
afterAll(async () => {
	for (const one of [cluster, totals]) {
		one.assertNoViolations();
		await one.close();
	}
});

const units: { [group: string]: string } = { hour: 'hour', hourOfDay: 'hour', day: 'day', weekday: 'day', week: 'week', month: 'month' };

/** What productivity is read by for a summary: the shortest of its periods; by day for weeks and months together. */
function unitFor(groupBy: readonly string[]): string | null {
	const wanted = groupBy.map((group) => units[group]);
	if (wanted.includes('week') && wanted.includes('month')) return 'day';
	return ['hour', 'day', 'week', 'month'].find((unit) => wanted.includes(unit)) ?? null;
}

function truthOf(report: ReportName, question: Partial<Asked>, sent = (row: Row): Row => row): Row[] {
	const all = asked(question);
	if (report !== 'productivity') return summaryTruth[report](cluster.truth[report](range) as Row[], all);
	const periods = periodsIn(range, unitFor(all.groupBy), all.zone);
	const rows = periods.flatMap(({ start, end }) => totals.truth.productivity({ start: new Date(start), end: new Date(end) }).map((row) => ({ row: sent(row as Row), at: start })));
	return summaryTruth.productivity(rows, all);
}

describe.each(zones)('in a workflow of %s', (zone) => {
	it.each(every)('every figure of $report $by is what the records say', async ({ report, groupBy }) => {
		const expected = truthOf(report, { groupBy, zone });
		expect(expected.length).toBeGreaterThan(0);
		expect(await ask(report === 'productivity' ? totals : cluster, report, { groupBy, zone })).toEqual(expected);
	});

	it('follow-ups are the numbers that nobody has spoken to since they called', async () => {
		const expected = followUpTruth(cluster.truth.calls(range) as Row[], { zone });
		expect(expected.length).toBeGreaterThan(10);
		expect(await ask(cluster, 'calls', { zone, parameters: { output: 'followUps' } })).toEqual(expected);
	});
});

describe.each([{ durations: 'text' }, { durations: 'clock' }, { durations: 'clock', numbersAsText: true }] as const)('on a cluster that writes %j', (switches) => {
	beforeEach(() => [cluster, totals].forEach((one) => Object.assign(one.switches, switches)));
	afterEach(() => [cluster, totals].forEach((one) => Object.assign(one.switches, { durations: 'number', numbersAsText: false })));

	/** A clock has whole seconds. */
	const means = ['acd', 'acw', 'asa', 'avg_hold_time', 'avg_ring_duration'];
	const asOnClock = (row: Row): Row => ({ ...row, ...Object.fromEntries(means.filter((name) => row[name] !== null).map((name) => [name, Math.round(Number(row[name]))])) });

	it.each(reportNames)('every figure of %s is what the records say', async (report) => {
		const expected = truthOf(report, { groupBy: ['agent', 'day'] }, switches.durations === 'clock' ? asOnClock : undefined);
		expect(await ask(report === 'productivity' ? totals : cluster, report, { groupBy: ['agent', 'day'] })).toEqual(expected);
	});

	it('a session that has no end lasts as long as it says', async () => {
		const expected = truthOf('sessions', { groupBy: ['hour'] });
		expect(await ask(cluster, 'sessions', { groupBy: ['hour'] })).toEqual(expected);
	});

	it('Minimum Duration takes the calls that last so long', async () => {
		const lasting = cluster.truth.calls(range).filter(({ duration }) => duration >= 60);
		expect(await ask(cluster, 'calls', { metrics: ['calls'], parameters: { filters: { minDuration: 60 } } })).toEqual([{ calls: lasting.length }]);
	});
});

describe.each(['withoutAbandons', 'abandonsAgainst', 'abandonsFor'])('with the service level formula %s', (serviceLevelFormula) => {
	it.each([0, 7, 20, 60])('calls within %i seconds count, whatever a short abandon is', async (serviceLevelSeconds) => {
		for (const shortAbandonSeconds of [0, 5, 30]) {
			const options = { serviceLevelFormula, serviceLevelSeconds, shortAbandonSeconds };
			expect(await ask(cluster, 'calls', { groupBy: ['team'], options })).toEqual(truthOf('calls', { groupBy: ['team'], ...options }));
		}
	});
});

describe('a figure worked out by hand', () => {
	const start_time = '2026-10-24T10:00:00.000Z';
	const inbound = { direction: 'in', start_time, termination_cause: 'NORMAL_CLEARING' };
	const answeredAfter = (ms: number, more: Row = {}): Row => ({ ...inbound, status: 'answered', answer_time: later(start_time, ms), end_time: later(start_time, ms + 60_000), ...more });
	const leftAfter = (ms: number, more: Row = {}): Row => ({ ...inbound, status: 'missed', answer_time: null, end_time: later(start_time, ms), ...more });

	async function figures(calls: Row[], wanted: Row, options: IDataObject = {}): Promise<void> {
		expect(summaryTruth.calls(calls, asked(options as Partial<Asked>))).toEqual([expect.objectContaining(wanted)]);
		await withCalls(calls, async (own) => {
			expect(await ask(own, 'calls', { metrics: Object.keys(wanted), options })).toEqual([wanted]);
		});
	}

	it('a call at exactly the threshold is within it, and one a millisecond later is not', async () => {
		const calls = [answeredAfter(7000), answeredAfter(7001), answeredAfter(3000), leftAfter(7000), leftAfter(7001), leftAfter(2000)];
		const wanted = { service_level_calls: 2, inbound_abandoned: 2, inbound_short_abandoned: 1, abandon_rate_percent: 40 };
		const options = { serviceLevelSeconds: 7, shortAbandonSeconds: 5 };
		await figures(calls, { ...wanted, service_level_percent: 50 }, { ...options, serviceLevelFormula: 'withoutAbandons' });
		await figures(calls, { ...wanted, service_level_percent: 33.33 }, { ...options, serviceLevelFormula: 'abandonsAgainst' });
		await figures(calls, { ...wanted, service_level_percent: 66.67 }, { ...options, serviceLevelFormula: 'abandonsFor' });
	});

	it('a call that is left after just the seconds of a short abandon is abandoned', async () => {
		const calls = [leftAfter(5000), leftAfter(4999)];
		await figures(calls, { inbound_abandoned: 1, inbound_short_abandoned: 1, abandon_rate_percent: 100, time_to_abandon_average: 5, time_to_abandon_max: 5 });
		await figures(calls, { inbound_abandoned: 2, inbound_short_abandoned: 0, time_to_abandon_average: 5, time_to_abandon_median: 5 }, { shortAbandonSeconds: 0 });
	});

	it('rates over nothing are null where every call was left in time', async () => {
		await figures([leftAfter(1000), leftAfter(2000)], { abandon_rate_percent: null, service_level_percent: null, answer_rate_percent: 0, time_to_abandon_average: null, speed_of_answer_p90: null });
	});

	it('a call that still rings is neither answered nor abandoned', async () => {
		await figures([leftAfter(0, { end_time: null }), answeredAfter(10_000)], { inbound: 2, inbound_answered: 1, inbound_abandoned: 0, inbound_short_abandoned: 0, abandon_rate_percent: 0, service_level_percent: 50 });
	});

	it.each([
		[1005, 1.01],
		[2675, 2.68],
		[8575, 8.58],
		[1004, 1],
	])('a wait of %i ms is %d seconds', async (ms, seconds) => {
		await figures([answeredAfter(ms)], { speed_of_answer_average: seconds, speed_of_answer_max: seconds, speed_of_answer_median: Math.floor(seconds + 0.5) });
	});

	it('median and p90 are waits of whole seconds that half and nine tenths of the calls do not exceed', async () => {
		const waits = [10_000, 1000, 2499, 2500, 4000, 5000, 6000, 7000, 8000, 9000];
		await figures(waits.map((ms) => answeredAfter(ms)), { speed_of_answer_median: 5, speed_of_answer_p90: 9, speed_of_answer_max: 10, speed_of_answer_average: 5.5 });
		await figures(waits.slice(0, 3).map((ms) => answeredAfter(ms)), { speed_of_answer_median: 2, speed_of_answer_p90: 10 });
	});

	it('calls that follow each other without a gap are never two at once, and an open one goes on', async () => {
		const at = (fromMs: number, toMs: number | null): Row => ({ ...inbound, start_time: later(start_time, fromMs), answer_time: null, end_time: toMs === null ? null : later(start_time, toMs) });
		await figures([at(0, 1000), at(1000, 2000), at(2000, 2000), at(2000, 1000)], { peak_concurrent_calls: 1 });
		await figures([at(0, null), at(1000, 3000), at(2999, 4000), at(90_000, 91_000)], { peak_concurrent_calls: 3 });
		await figures([at(0, 0)], { peak_concurrent_calls: 0 });
	});

	it('a number that calls again within seven days is a repeat, in a range that is read in parts, too', async () => {
		const long = { start: '2026-08-20T00:00:00.000Z', end: '2026-10-20T00:00:00.000Z' };
		const first = '2026-09-14T10:00:00.000Z';
		const days = (count: number): number => 24 * hours(count);
		const called = [
			[first, '+91 98765 00001', 'Ada'],
			[later(first, days(7)), '09876500001', 'Bo'],
			[later(first, days(14) + 1), 'sip:9876500001@pbx', 'Bo'],
			[later(first, days(14) + 2), 'anonymous', 'Bo'],
			[later(first, days(14) + 3), 'anonymous', 'Bo'],
			[later(first, days(20)), '+919876500001', 'Ada'],
			[later(first, days(21)), '+919876500001', 'Ada'],
			[later(first, days(21) + 1), '+919876500002', 'Ada'],
			[later(first, -days(1)), '+919876500003', 'Ada'],
		];
		const calls = called.map(([at, caller, agent]): Row => ({ ...inbound, start_time: at, caller, user_display_name: agent }));
		calls.push({ ...inbound, direction: 'out', start_time: later(first, days(22)), caller: '+919876500002', callee: '+919876500003', user_display_name: 'Ada' });
		await withCalls(calls, async (own) => {
			const metrics = ['repeat_calls', 'repeat_callers', 'repeat_call_percent', 'unique_callers'];
			const byHand = [
				{ agent: 'Ada', repeat_calls: 2, repeat_callers: 1, repeat_call_percent: 40, unique_callers: 3 },
				{ agent: 'Bo', repeat_calls: 1, repeat_callers: 1, repeat_call_percent: 25, unique_callers: 2 },
			];
			expect(await ask(own, 'calls', { range: long, groupBy: ['agent'], metrics })).toEqual(byHand);
			expect(summaryTruth.calls(own.truth.calls() as Row[], asked({ groupBy: ['agent'] })).map((row) => Object.fromEntries(['agent', ...metrics].map((name) => [name, row[name]])))).toEqual(byHand);
		});
	});

	it('a session counts in each hour for the part of it that it was there, also in the hour that comes twice', async () => {
		const login = { user_display_name: 'Ada', user_system_id: 'ada', start_time: '2026-10-24T23:30:00.000Z', end_time: '2026-10-25T01:30:00.000Z', session_duration: 3600, logout_reason: 'User Logout' };
		const sessions = [login, { ...login, user_display_name: 'Bo', user_system_id: 'bo', start_time: '2026-10-25T00:10:00.000Z', end_time: '2026-10-25T00:20:00.000Z', session_duration: 600 }];
		const none = { sessions: 0, session_time_average: null, first_login: null, last_logout: null, logout_reasons: {} };
		const byHand = [
			{ ...none, hour: '2026-10-25T01:00:00.000+02:00', sessions: 1, agents: 1, peak_agents: 1, session_time_total: 900, session_time_average: 3600, first_login: '2026-10-25T01:30:00.000+02:00', last_logout: '2026-10-25T02:30:00.000+01:00', logout_reasons: { 'User Logout': 1 } },
			{ ...none, hour: '2026-10-25T02:00:00.000+02:00', sessions: 1, agents: 2, peak_agents: 2, session_time_total: 2400, session_time_average: 600, first_login: '2026-10-25T02:10:00.000+02:00', last_logout: '2026-10-25T02:20:00.000+02:00', logout_reasons: { 'User Logout': 1 } },
			{ ...none, hour: '2026-10-25T02:00:00.000+01:00', agents: 1, peak_agents: 1, session_time_total: 900 },
		];
		const question = { groupBy: ['hour'], zone: 'Europe/Berlin' };
		expect(summaryTruth.sessions(sessions, asked(question))).toEqual(byHand);
		await withRecords({ sessions }, async (own) => {
			expect(await ask(own, 'sessions', question)).toEqual(byHand);
		});
	});

	it('a session lasts over the night on which clocks go forward', async () => {
		const spring = { start: '2026-03-07T00:00:00.000Z', end: '2026-03-10T00:00:00.000Z' };
		const sessions = [{ user_system_id: 'ada', start_time: '2026-03-08T03:00:00.000Z', end_time: '2026-03-08T09:00:00.000Z', session_duration: 21_600 }];
		const metrics = ['session_time_total', 'peak_agents', 'sessions'];
		await withRecords({ sessions }, async (own) => {
			const question = { range: spring, zone: 'America/New_York', metrics };
			expect(await ask(own, 'sessions', { ...question, groupBy: ['day'] })).toEqual([
				{ day: '2026-03-07', session_time_total: 7200, peak_agents: 1, sessions: 1 },
				{ day: '2026-03-08', session_time_total: 14_400, peak_agents: 1, sessions: 0 },
			]);
			const byHour = await ask(own, 'sessions', { ...question, groupBy: ['hourOfDay'] });
			expect(byHour.map(({ hourOfDay, session_time_total: seconds }) => [hourOfDay, seconds])).toEqual([0, 1, 3, 4, 22, 23].map((hour) => [hour, 3600]));
		});
	});

	it('a question to 10 has a promoter score and no CSAT, in every group', async () => {
		const survey = (team_name: string, recommend: string, rating: string): Row => ({
			...{ start_time, team_name, conversation_tags: 'A, B,A', acw_duration: 10 },
			csat: [{ question: 'SURVEY_ANSWER_2:Recommend?', answer: recommend }, { question: 'SURVEY_ANSWER_1:Good?', answer: rating }],
		});
		const csat = [survey('Care', '9', '5'), survey('Care', '3', '2'), survey('Care', '5', '3'), survey('Sales', '4', '4')];
		const metrics = ['nps', 'csat_percent', 'bottom_two_percent', 'rating_4', 'tags'];
		const byHand = [
			{ team: 'Care', nps: -33.33, csat_percent: 33.33, bottom_two_percent: 33.33, rating_4: 0, tags: { A: 3, B: 3 } },
			{ team: 'Sales', nps: -100, csat_percent: 100, bottom_two_percent: 0, rating_4: 1, tags: { A: 1, B: 1 } },
		];
		await withRecords({ csat }, async (own) => {
			expect(await ask(own, 'csat', { groupBy: ['team'], metrics })).toEqual(byHand);
			expect(summaryTruth.csat(own.truth.csat() as unknown as Row[], asked({ groupBy: ['team'] }))).toEqual(byHand.map((row) => expect.objectContaining(row) as Row));
		});
	});
});

describe('follow-ups', () => {
	const at = (time: string): string => `2026-10-24T${time}.000Z`;
	const missed = (caller: string, time: string, waitMs = 8000, more: Row = {}): Row => ({ direction: 'in', status: 'missed', caller, start_time: at(time), answer_time: null, end_time: later(at(time), waitMs), user_display_name: 'Ada', team_name: 'Sales', ...more });
	const reached = (time: string, more: Row): Row => ({ status: 'answered', start_time: at(time), ...more });

	it('name what was missed since the last answered call with a number, however it is written', async () => {
		const calls = [
			missed('+919876500001', '10:00:00', 90_000),
			reached('11:00:00', { direction: 'in', caller: '919876500001' }),
			missed('+91 98765 00001', '12:00:00', 8000, { user_display_name: 'Zoë' }),
			missed('sip:9876500001@pbx', '12:30:00', 65_432, { user_display_name: 'Émile', team_name: 'Care' }),
			missed('09876500001', '13:00:00', 5000, { _id: 'last', user_display_name: 'ada', team_name: '' }),
			missed('+919876500001', '14:00:00', 4999),
			missed('+919876500001', '15:00:00', 0, { end_time: null }),
			missed('+919876500002', '09:00:00'),
			reached('09:30:00', { direction: 'out', caller: 'ada', callee: '9876500002' }),
			missed('+919876500004', '08:00:00', 8000, { _id: 'four' }),
			missed('+919876500003', '08:00:00', 8000, { _id: 'three', user_display_name: '' }),
			reached('08:30:00', { direction: 'out', caller: '919876500003', callee: '919876500003', status: 'failed', answer_time: null, duration: 0 }),
			reached('07:00:00', { direction: 'in', caller: '1234567' }),
			missed('1234567', '07:30:00', 20_005, { _id: 'seven' }),
			...['123456', '101', 'anonymous', ''].map((caller) => missed(caller, '12:00:00')),
		];
		const one = { missed_calls: 1, longest_wait: 8, teams: ['Sales'], agents: ['Ada'] };
		const eight = { first_missed: '2026-10-24T10:00:00.000+02:00', last_missed: '2026-10-24T10:00:00.000+02:00' };
		const byHand = [
			{ phone_number: '09876500001', missed_calls: 3, first_missed: '2026-10-24T14:00:00.000+02:00', last_missed: '2026-10-24T15:00:00.000+02:00', longest_wait: 65.43, teams: ['Care', 'Sales'], agents: ['Zoë', 'ada', 'Émile'], last_call_id: 'last' },
			{ ...one, phone_number: '1234567', first_missed: '2026-10-24T09:30:00.000+02:00', last_missed: '2026-10-24T09:30:00.000+02:00', longest_wait: 20.01, last_call_id: 'seven' },
			{ ...one, ...eight, phone_number: '+919876500003', agents: [], last_call_id: 'three' },
			{ ...one, ...eight, phone_number: '+919876500004', last_call_id: 'four' },
		];
		await withCalls(calls, async (own) => {
			expect(followUpTruth(own.truth.calls() as Row[], { zone: 'Europe/Berlin' })).toEqual(byHand);
			expect(await ask(own, 'calls', { zone: 'Europe/Berlin', parameters: { output: 'followUps' } })).toEqual(byHand);
		});
	});

	it.each([0, 30])('leave out calls that ended before %i seconds', async (shortAbandonSeconds) => {
		const expected = followUpTruth(cluster.truth.calls(range) as Row[], { zone: 'UTC', shortAbandonSeconds });
		expect(await ask(cluster, 'calls', { options: { shortAbandonSeconds }, parameters: { output: 'followUps' } })).toEqual(expected);
	});

	it('are those that have waited for some hours, if only these are asked for', async () => {
		const present = Date.now();
		const ago = (count: number): string => new Date(present - hours(count)).toISOString();
		const missedAgo = (caller: string, count: number): Row => ({ ...missed(caller, '00:00:00'), start_time: ago(count), end_time: later(ago(count), 20_000) });
		// The second number was missed long ago, and again just now.
		const calls = [missedAgo('9876500001', 10), missedAgo('9876500002', 30), missedAgo('9876500002', 1), missedAgo('9876500003', 50)];
		await withCalls(calls, async (own) => {
			const recent = { start: ago(72), end: new Date(present).toISOString() };
			const numbers = async (options: IDataObject): Promise<unknown[]> => (await ask(own, 'calls', { range: recent, options, parameters: { output: 'followUps' } })).map(({ phone_number: number }) => number);
			expect(await numbers({})).toEqual(['9876500002', '9876500003', '9876500001']);
			expect(await numbers({ followUpHours: 24 })).toEqual(['9876500002', '9876500003']);
			expect(await numbers({ followUpHours: 49 })).toEqual(['9876500003']);
			expect(await numbers({ followUpHours: 51 })).toEqual([]);
			expect(followUpTruth(calls, { zone: 'UTC', firstMissedBy: present - hours(24) }).map(({ phone_number: number }) => number)).toEqual(['9876500002', '9876500003']);
		});
	});

	it('are none where no call came', async () => {
		expect(await ask(cluster, 'calls', { range: nothing, parameters: { output: 'followUps' } })).toEqual([]);
	});
});

const nothing = { start: '2026-05-01T00:00:00.000Z', end: '2026-05-02T00:00:00.000Z' };

/** Neither 0 nor null nor empty. */
const isSomething = (value: unknown): boolean => value !== 0 && value !== null && (typeof value !== 'object' || Object.keys(value).length > 0);

it.each(reportNames)('%s of a range without records give one row of zeros and nulls, and no row if grouped', async (report) => {
	const [row] = await ask(cluster, report, { range: nothing });
	expect([row]).toEqual(summaryTruth[report]([], asked({})));
	expect(Object.values(row).filter(isSomething)).toEqual([]);
	expect(await ask(cluster, report, { range: nothing, groupBy: ['agent'] })).toEqual([]);
});

describe('records that are not as they should be', () => {
	/** A cluster that answers every request with the same records, unreadable times included. */
	async function withRows<T>(rows: Row[], use: (cluster: Cluster) => Promise<T>): Promise<T> {
		const own = await startHostileCluster('key', new Map([['rows', { status: 200, body: JSON.stringify({ total: rows.length, data: rows }) }]]));
		own.otherwise = 'rows';
		try {
			return await use(own);
		} finally {
			await own.close();
		}
	}

	const start_time = '2026-10-24T10:00:00.000Z';
	const call = { _id: '', direction: 'in', caller: '+919876500001', callee: '18886669555', user_display_name: 'Ada', team_name: 'Sales', channel: 'voice', status: 'missed', start_time, answer_time: null, end_time: later(start_time, 30_000), duration: 0, hold_duration: 0, conference_duration: 0, recording_url: '', termination_cause: 'NO_ANSWER' };
	const answered = { ...call, status: 'answered', answer_time: later(start_time, 10_000), end_time: later(start_time, 70_000), duration: 60 };
	const calls: Row[] = [
		...['soon', null, undefined, '2026-13-45T10:00:00Z', 1_792_836_000_000].flatMap((time) => [{ ...call, start_time: time }, { ...answered, start_time: time }]),
		{ ...answered, answer_time: 'later', end_time: 'never' },
		{ ...answered, answer_time: later(start_time, -5000) },
		{ ...call, end_time: later(start_time, -5000) },
		...[undefined, 'never', ''].map((time) => ({ ...call, end_time: time })),
		{ ...call, answer_time: '  ' },
		{ ...answered, duration: '14', hold_duration: ' 30.5 ', conference_duration: '9', mos: '3.5' },
		{ ...answered, duration: 'long', hold_duration: null, conference_duration: {}, mos: 'good', recording_url: null },
		{ ...answered, duration: '00:01:00', hold_duration: '1e3', mos: 0, recording_url: '/router/api/open-recording-url/1' },
		{ ...answered, user_display_name: '__proto__', team_name: 'constructor', channel: 'hasOwnProperty', status: 'toString', termination_cause: '__proto__', mos: 4 },
		{ ...call, user_display_name: '__proto__', team_name: '', termination_cause: '__proto__' },
		{ ...call, user_display_name: null, team_name: 12, channel: undefined, termination_cause: 'constructor' },
		{ ...call, termination_cause: '' },
		...['anonymous', ' Anonymous', '', null, undefined, '101', 'sip:101@pbx.example.com', 'sip:+919876500001@pbx.example.com', 'Anonymous@anonymous.invalid', '@', 919_876_500_001, '٠١٢٣٤٥٦٧٨٩'].map((caller, n) => ({ ...call, caller, start_time: later(start_time, 1000 * n) })),
		{ ...answered, start_time: '2026-10-24T23:45:00+05:30', answer_time: '2026-10-24T18:15:12Z', end_time: '2026-10-24T18:16:00.500+00:00' },
		...['internal', null, 'IN'].map((direction) => ({ ...call, direction, conference_duration: 12 })),
	].map((one, n) => ({ ...one, _id: `call-${n}` }));

	it.each([[[]], [['agent']], [['team']], [['channel']], [['direction']], [['status']], [['hour']], [['day', 'agent']], [['weekday']], [['hourOfDay']]])('calls by %j', async (groupBy) => {
		const question = { groupBy, zone: 'Asia/Kolkata' };
		await withRows(calls, async (own) => {
			expect(await ask(own, 'calls', question)).toEqual(summaryTruth.calls(JSON.parse(JSON.stringify(calls)) as Row[], asked(question)));
		});
	});

	const session = { _id: '', user_system_id: 'ada', user_display_name: 'Ada', start_time, end_time: later(start_time, hours(2)), session_duration: 7200, logout_reason: 'User Logout' };
	const sessions: Row[] = [
		session,
		...['soon', null, undefined].map((time) => ({ ...session, start_time: time })),
		{ ...session, end_time: later(start_time, -hours(1)), session_duration: 90, user_system_id: 'bo', user_display_name: 'Bo' },
		{ ...session, end_time: start_time, session_duration: 30, user_system_id: 'bo', user_display_name: 'Bo', logout_reason: '__proto__' },
		{ ...session, end_time: null, session_duration: ' 600 ', user_system_id: 'cy', user_display_name: '__proto__', logout_reason: null },
		{ ...session, end_time: 'never', session_duration: null, user_system_id: '__proto__', logout_reason: 'constructor' },
		{ ...session, session_duration: 'long', user_system_id: 'constructor', user_display_name: 'constructor' },
		{ ...session, session_duration: 1000, user_system_id: 'fi', user_display_name: '' },
		// It lasts for too long to be spread, and nobody else logs in at that hour.
		{ ...session, start_time: '2026-10-24T23:10:00.000Z', end_time: '2026-12-03T23:10:00.000Z', session_duration: 3_456_000, user_system_id: 'di', user_display_name: 'Di' },
	].map((one, n) => ({ ...one, _id: `session-${n}` }));

	it.each([[[]], [['agent']], [['hour']], [['day', 'agent']], [['week']], [['month']], [['weekday']], [['hourOfDay']]])('sessions by %j', async (groupBy) => {
		await withRows(sessions, async (own) => {
			expect(await ask(own, 'sessions', { groupBy })).toEqual(summaryTruth.sessions(JSON.parse(JSON.stringify(sessions)) as Row[], asked({ groupBy })));
		});
	});

	it('a session of nobody counts as no agent, nor does it at the peak', async () => {
		await withRows([{ ...session, _id: 'nobody', user_system_id: '' }], async (own) => {
			const metrics = ['agents', 'peak_agents'];
			const none = { agents: 0, peak_agents: 0 };
			expect(await ask(own, 'sessions', { metrics })).toEqual([none]);
			expect(await ask(own, 'sessions', { metrics, groupBy: ['hourOfDay'] })).toEqual([{ hourOfDay: 10, ...none }, { hourOfDay: 11, ...none }]);
		});
	});

	const survey = { _id: '', direction: 'in', user_display_name: 'Ada', team_name: 'Sales', start_time, acw_duration: 30, conversation_tags: [] as unknown, csat: [] as unknown };
	const given = ['five', '4,5', ' 4 ', '', ' ', null, undefined, 4, '4.', '.5', '+5', '1e1', '0x5', '-1', '4.5', '5/5', '３'];
	const csat: Row[] = [
		{ ...survey, csat: given.map((answer) => ({ question: 'SURVEY_ANSWER_1:How was it?', answer })) },
		{ ...survey, csat: ['0', '10', '11', '7.5', '9', '6'].map((answer) => ({ question: 'SURVEY_ANSWER_2:constructor', answer })), acw_duration: '15' },
		{ ...survey, csat: [undefined, null, '__proto__', 'SURVEY_ANSWER_:What?', 'SURVEY_ANSWER_2:How was it?'].map((question) => ({ question, answer: '3' })), acw_duration: 'long' },
		...[null, 'five', { answer: '5' }, undefined].map((list) => ({ ...survey, csat: list, acw_duration: null })),
		...['Billing, Refund ,, ', ['Billing', ' ', 'Billing '], '__proto__', ['constructor', '__proto__', 'VIP, "gold"'], '', ' , ', null, undefined].map((tags) => ({ ...survey, conversation_tags: tags })),
		{ ...survey, start_time: 'soon', user_display_name: '__proto__', team_name: null, csat: [{ question: 'SURVEY_ANSWER_1:How was it?', answer: '2' }] },
	].map((one, n) => ({ ...one, _id: `survey-${n}` }));

	it.each([[[]], [['agent']], [['team']], [['tag']], [['day', 'tag']], [['hourOfDay']]])('csat by %j', async (groupBy) => {
		await withRows(csat, async (own) => {
			expect(await ask(own, 'csat', { groupBy })).toEqual(summaryTruth.csat(JSON.parse(JSON.stringify(csat)) as Row[], asked({ groupBy })));
		});
	});

	const total = { _id: 'ada', user: 'Ada', session_duration: 3600, away_time: 600, acd: 120.5, acw: 30, asa: 9, avg_hold_time: 4, avg_ring_duration: 11, inbound_conversations: 4, outbound_conversations: 3 };
	const productivity: Row[] = [
		total,
		{ ...total, _id: '__proto__', user: '__proto__', session_duration: '1800', away_time: ' 60 ', acd: '90', acw: '10.25', inbound_conversations: '2', outbound_conversations: '0' },
		{ ...total, _id: 'constructor', user: 'constructor', acd: null, acw: null, asa: 'soon', avg_hold_time: undefined, avg_ring_duration: {} },
		{ ...total, _id: 'idle', user: '', session_duration: 0, away_time: 0, inbound_conversations: 0, outbound_conversations: null },
	];

	it.each([[[]], [['agent']]])('productivity by %j', async (groupBy) => {
		await withRows(productivity, async (own) => {
			const rows = (JSON.parse(JSON.stringify(productivity)) as Row[]).map((row) => ({ row, at: Date.parse(range.start) }));
			expect(await ask(own, 'productivity', { groupBy })).toEqual(summaryTruth.productivity(rows, asked({ groupBy })));
		});
	});
});

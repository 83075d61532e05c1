import { pollEventNamed, pollEvents, type PollEvent } from '../../../nodes/Samespace/polling';
import type { ReportRecord } from '../../../nodes/Samespace/reports';
import { hourMs, iso, minuteMs, noon, optionsWith, poll, Report, secondMs, stateAt } from './support';

/** What each of several polls hands on, the report being another one each time. */
async function handedOn(event: PollEvent, reports: Array<[number, ReportRecord[]]>): Promise<ReportRecord[][]> {
	const options = optionsWith({ event, lookbackMs: 24 * hourMs });
	let state = await stateAt(noon, options);
	const polls: ReportRecord[][] = [];
	for (const [now, records] of reports) {
		const step = await poll(state, now, new Report(records), options);
		({ state } = step);
		polls.push(step.records);
	}
	return polls;
}

describe('the events', () => {
	it('have the names and the order of the form', () => {
		expect(pollEvents.map(({ name, title, report }) => [name, title, report.operation])).toEqual([
			['callCompleted', 'Call Completed', 'getCalls'],
			['callMissed', 'Call Missed', 'getCalls'],
			['sessionActivity', 'Agent Login or Logout', 'getSessions'],
			['csatReceived', 'CSAT Received', 'getCsat'],
		]);
	});

	it('have a look-back each that fits them', () => {
		expect(pollEvents.map(({ usualLookbackMs }) => usualLookbackMs / hourMs)).toEqual([2, 2, 16, 24]);
	});

	it('are found by name, and a name that is none says which there are', () => {
		expect(pollEventNamed('callMissed')).toBe(pollEvents[1]);
		expect(() => pollEventNamed('callStarted')).toThrow("Expected one of callCompleted, callMissed, sessionActivity, csatReceived, got 'callStarted'");
	});
});

describe('Call Completed', () => {
	const event = pollEventNamed('callCompleted');
	const start = iso(noon + minuteMs);

	it.each([
		['no end', {}, false],
		['an end of null', { end_time: null }, false],
		['an empty end', { end_time: '' }, false],
		['an end', { end_time: iso(noon + 2 * minuteMs) }, true],
		['an end that cannot be read', { end_time: 'at noon' }, true],
	])('with %s', async (_what, fields, isHandedOn) => {
		const [records] = await handedOn(event, [[noon + hourMs, [{ _id: 'a', start_time: start, ...fields }]]]);
		expect(records).toHaveLength(isHandedOn ? 1 : 0);
	});

	it('comes once, even if the record is changed afterwards', async () => {
		const record = { _id: 'a', start_time: start, end_time: iso(noon + 2 * minuteMs) };
		const polls = await handedOn(event, [[noon + hourMs, [record]], [noon + 2 * hourMs, [{ ...record, notes: 'later' }]]]);
		expect(polls.map(({ length }) => length)).toEqual([1, 0]);
	});

	it('tells records without an id apart by all that they hold', async () => {
		const record = { start_time: start, end_time: iso(noon + 2 * minuteMs) };
		const [records] = await handedOn(event, [[noon + hourMs, [{ ...record, caller: '1' }, { ...record, caller: '2' }]]]);
		expect(records.map(({ caller }) => caller)).toEqual(['1', '2']);
	});
});

describe('Call Missed', () => {
	const missed = { _id: 'a', direction: 'in', start_time: iso(noon + minuteMs), end_time: iso(noon + 2 * minuteMs) };

	it.each([
		['an inbound call that nobody answered', { answer_time: null }, true],
		['one without an answer time', {}, true],
		['an empty answer time', { answer_time: ' ' }, true],
		['one that was answered', { answer_time: iso(noon + minuteMs) }, false],
		['an outbound call', { direction: 'out' }, false],
		['one that still rings', { end_time: null }, false],
	])('is %s: %j', async (_what, fields, isHandedOn) => {
		const [records] = await handedOn(pollEventNamed('callMissed'), [[noon + hourMs, [{ ...missed, ...fields }]]]);
		expect(records).toHaveLength(isHandedOn ? 1 : 0);
	});
});

describe('Agent Login or Logout', () => {
	const event = pollEventNamed('sessionActivity');
	const login = { _id: 'a', activity: 'login', start_time: iso(noon + minuteMs), end_time: null };
	const ended = noon + 9 * hourMs;

	it('comes with the login, and under the same id with the logout', async () => {
		const logout = { ...login, activity: 'logout', end_time: iso(ended) };
		const polls = await handedOn(event, [[noon + hourMs, [login]], [noon + 2 * hourMs, [login]], [ended + hourMs, [logout]], [ended + 2 * hourMs, [logout]]]);
		expect(polls).toEqual([[login], [], [logout], []]);
	});

	it('comes with the end of a session whose activity stays login', async () => {
		const polls = await handedOn(event, [[noon + hourMs, [login]], [ended + hourMs, [{ ...login, end_time: iso(ended), logout_reason: 'Network Loss' }]]]);
		expect(polls.map(({ length }) => length)).toEqual([1, 1]);
	});

	it('does not come again because the end is written with another offset', async () => {
		const inIndia = iso(ended + 5.5 * hourMs).replace('Z', '+05:30');
		const polls = await handedOn(event, [[ended + hourMs, [{ ...login, end_time: iso(ended) }]], [ended + 2 * hourMs, [{ ...login, end_time: inIndia }]]]);
		expect(polls.map(({ length }) => length)).toEqual([1, 0]);
	});

	it('waits for the settle time after the login, and after the logout', () => {
		expect(event.newsOf(login, ended)[0].changedAt).toBe(noon + minuteMs);
		expect(event.newsOf({ ...login, end_time: iso(ended), logout_reason: 'Idle' }, ended)[0].changedAt).toBe(ended);
	});

	it('says which of the two it is', async () => {
		const polls = await handedOn(event, [[noon + hourMs, [login]], [ended + hourMs, [{ ...login, end_time: iso(ended), logout_reason: 'Idle' }]]]);
		expect(polls.flat().map(({ activity }) => activity)).toEqual(['login', 'logout']);
	});

	it('comes once for the login and once for the logout, though the end is refreshed every five minutes', async () => {
		const reports: Array<[number, ReportRecord[]]> = Array.from({ length: 96 }, (_, at) => {
			const now = noon + minuteMs + (at + 1) * 5 * minuteMs;
			return [now + 10 * secondMs, [{ ...login, end_time: iso(now), session_duration: 300 * at }]];
		});
		const over: ReportRecord = { ...login, end_time: iso(ended) };
		const polls = await handedOn(event, [...reports, [ended + minuteMs, [over]], [ended + 20 * minuteMs, [over]], [ended + hourMs, [{ ...over, logout_reason: 'Idle' }]]]);
		expect(polls.flatMap((records, at) => records.map(({ activity }) => [at, activity]))).toEqual([[0, 'login'], [97, 'logout']]);
	});

	it('comes once each for a session without an id, whatever is refreshed', async () => {
		const nameless = { activity: 'login', user_display_name: 'Sam', start_time: login.start_time, end_time: null };
		const polls = await handedOn(event, [[noon + hourMs, [nameless]], [noon + 2 * hourMs, [{ ...nameless, session_duration: 5 }]], [ended + hourMs, [{ ...nameless, end_time: iso(ended) }]]]);
		expect(polls.map(({ length }) => length)).toEqual([1, 0, 1]);
	});

	it.each(['login', 'logout'] as const)('comes for a %s alone where that is chosen, also where it was over before it was seen', async (activity) => {
		const over = { ...login, end_time: iso(ended), logout_reason: 'Idle' };
		const chosen = pollEventNamed('sessionActivity', { activities: [activity] });
		const polls = await handedOn(chosen, [[noon + hourMs, [login]], [ended + hourMs, [over]]]);
		expect(polls.flat().map((record) => record.activity)).toEqual([activity]);
		expect((await handedOn(chosen, [[ended + hourMs, [over]]])).flat().map((record) => record.activity)).toEqual([activity]);
	});
});

describe('CSAT Received', () => {
	const event = pollEventNamed('csatReceived');
	const ended = noon + 5 * minuteMs;
	const answer = (number: number, at: number): ReportRecord => ({
		_id: `answer ${number}`,
		timestamp: iso(at),
		question: `SURVEY_ANSWER_${number}:How?`,
		answer: '5',
	});
	const conversation = (...answers: ReportRecord[]): ReportRecord => ({
		_id: 'a',
		start_time: iso(noon + minuteMs),
		end_time: iso(ended),
		csat: answers,
	});

	it('does not come before there is an answer', async () => {
		expect(await handedOn(event, [[noon + hourMs, [conversation()]]])).toEqual([[]]);
	});

	it('comes once for answers that are seconds apart, however the polls fall', async () => {
		const [one, two, three] = [1, 2, 3].map((number) => answer(number, ended + number * 5 * secondMs));
		const whole = conversation(three, two, one);
		const polls = await handedOn(event, [
			[ended + 6 * secondMs, [conversation(one)]],
			[ended + 40 * secondMs, [whole]],
			[ended + 100 * secondMs, [whole]],
			[ended + 160 * secondMs, [whole]],
		]);
		expect(polls).toEqual([[], [], [whole], []]);
	});

	it('comes again, whole, when another answer arrives hours later', async () => {
		const first = conversation(answer(1, ended));
		const both = conversation(answer(2, ended + 3 * hourMs), answer(1, ended));
		const polls = await handedOn(event, [[ended + hourMs, [first]], [ended + 4 * hourMs, [both]], [ended + 5 * hourMs, [both]]]);
		expect(polls).toEqual([[first], [both], []]);
	});

	it('does not come again because the answers are listed in another order', async () => {
		const answers = [answer(1, ended), answer(2, ended)];
		const polls = await handedOn(event, [[ended + hourMs, [conversation(...answers)]], [ended + 2 * hourMs, [conversation(...answers.reverse())]]]);
		expect(polls.map(({ length }) => length)).toEqual([1, 0]);
	});

	it('comes when a question is answered that was listed without an answer, not before', async () => {
		const [first, second] = [answer(1, ended), answer(2, ended)];
		const blank = (one: object): object => ({ ...one, answer: null });
		const listed = [[blank(first), blank(second)], [first, blank(second)], [first, second]];
		const polls = await handedOn(event, listed.map((answers, n) => [ended + (1 + n) * hourMs, [conversation(...(answers as [])) ]]));
		expect(polls.map(({ length }) => length)).toEqual([0, 1, 1]);
	});

	it.each([
		['something else than a list', { csat: 'five stars' }],
		['answers that are no objects', { csat: [5, null] }],
		['answers without ids', { csat: [{ question: 'How?', answer: '5' }] }],
	])('comes with %s too, as nothing may be lost', async (_what, fields) => {
		const record = { ...conversation(), ...fields };
		expect(await handedOn(event, [[noon + hourMs, [record]], [noon + 2 * hourMs, [record]]])).toEqual([[record], []]);
	});

	it('does not come before there is an answer', async () => {
		const record = { ...conversation(), csat: null };
		expect(await handedOn(event, [[noon + hourMs, [record]]])).toEqual([[]]);
	});

	it('settles with its newest answer, or with the call where answers have no time', () => {
		const changedAt = (record: ReportRecord): unknown => event.newsOf(record, ended)[0].changedAt;
		expect(changedAt(conversation(answer(1, ended + hourMs), answer(2, ended)))).toBe(ended + hourMs);
		expect(changedAt(conversation({ answer: '5' }))).toBe(ended);
		expect(changedAt({ csat: [{}] })).toBeNull();
	});

	it('comes once for each answer of a conversation without an id, too', async () => {
		const perAnswer = pollEventNamed('csatReceived', { itemPer: 'answer' });
		const nameless = (...answers: ReportRecord[]): ReportRecord => ({ ...conversation(...answers), _id: null });
		const polls = await handedOn(perAnswer, [[ended + hourMs, [nameless(answer(1, ended))]], [ended + 4 * hourMs, [nameless(answer(2, ended), answer(1, ended))]]]);
		expect(polls).toEqual([[nameless(answer(1, ended))], [nameless(answer(2, ended))]]);
	});

	it('comes once for each answer, with its conversation, where an item is an answer', async () => {
		const perAnswer = pollEventNamed('csatReceived', { itemPer: 'answer' });
		const polls = await handedOn(perAnswer, [
			[ended + hourMs, [conversation(answer(2, ended), answer(1, ended))]],
			[ended + 4 * hourMs, [conversation(answer(3, ended + 3 * hourMs), answer(2, ended), answer(1, ended))]],
		]);
		expect(polls).toEqual([[conversation(answer(2, ended)), conversation(answer(1, ended))], [conversation(answer(3, ended + 3 * hourMs))]]);
	});
});

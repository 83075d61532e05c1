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
			['sessionActivity', 'Session Activity', 'getSessions'],
			['csatReceived', 'CSAT Received', 'getCsat'],
		]);
	});

	it('are found by name, and a name that is none says which there are', () => {
		expect(pollEventNamed('sessionActivity')).toBe(pollEvents[1]);
		expect(() => pollEventNamed('callStarted')).toThrow("Expected one of callCompleted, sessionActivity, csatReceived, got 'callStarted'");
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

describe('Session Activity', () => {
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
		expect(event.changedAt(login)).toBe(noon + minuteMs);
		expect(event.changedAt({ ...login, end_time: iso(ended) })).toBe(ended);
	});

	it('asks for a look-back that spans a shift', () => {
		expect(event.leastLookbackMs).toBeGreaterThanOrEqual(12 * hourMs);
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

	it('comes again when a question is answered that was listed without an answer', async () => {
		const asked = { ...answer(1, ended), answer: null };
		const polls = await handedOn(event, [[ended + hourMs, [conversation(asked)]], [ended + 2 * hourMs, [conversation(answer(1, ended))]]]);
		expect(polls.map(({ length }) => length)).toEqual([1, 1]);
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
		expect(event.changedAt(conversation(answer(1, ended + hourMs), answer(2, ended)))).toBe(ended + hourMs);
		expect(event.changedAt(conversation({ answer: '5' }))).toBe(ended);
		expect(event.changedAt({ csat: [{}] })).toBeNull();
	});
});

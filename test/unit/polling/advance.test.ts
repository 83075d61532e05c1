import { advance, isSameState, noticesIn, pollEventNamed, type PollReader } from '../../../nodes/Samespace/polling';
import { failed, type Failure, type Range } from '../../../nodes/Samespace/reading';
import type { ReportRecord } from '../../../nodes/Samespace/reports';
import { call, dayMs, hourMs, idsOf, iso, knownAt, minuteMs, noon, optionsWith, poll, Report, secondMs, stateAt } from './support';

const settleMs = 30 * secondMs;
const lookbackMs = 2 * hourMs;

describe('the first poll', () => {
	it('hands nothing on, reads the look-back before the last hours once, and leaves a cursor at the newest record', async () => {
		const report = new Report([call('a', noon - hourMs)]);
		const step = await poll(undefined, noon, report);
		expect(step).toMatchObject({ records: [], hasMore: false, isFirst: true, notices: [] });
		expect(report.ranges).toEqual([{ start: noon - settleMs - lookbackMs - 3 * hourMs, end: noon - settleMs }]);
		expect(step.state).toMatchObject({ version: 2, event: 'callCompleted', cursor: iso(noon - hourMs) });
	});

	it('looks for the newest record where none came in the last hours, and reads the look-back before that', async () => {
		const report = new Report([call('a', noon - 9 * dayMs), call('b', noon - 9 * dayMs - hourMs), call('c', noon - 12 * dayMs)]);
		const { state } = await poll(undefined, noon, report);
		expect(report.ranges.at(-1)).toMatchObject({ start: noon - 9 * dayMs - lookbackMs });
		expect(state.cursor).toBe(iso(noon - 9 * dayMs));
		expect(await poll(state, noon + minuteMs, report)).toMatchObject({ records: [], isFirst: false });
	});

	it('of a report without records goes on from a time when it had none', async () => {
		const report = new Report();
		const { state } = await poll(undefined, noon, report);
		report.records = [call('first', noon + minuteMs)];
		expect(idsOf((await poll(state, noon + hourMs, report)).records)).toEqual(['first']);
	});

	it('remembers what was there, so that the second poll does not hand it on', async () => {
		const report = new Report([call('old', noon - hourMs), call('late', noon - minuteMs)]);
		const first = await poll(undefined, noon, report);
		const second = await poll(first.state, noon + minuteMs, report);
		expect(second.records).toEqual([]);
	});

	it('lets a call that is under way then be handed on when it ends', async () => {
		const report = new Report([call('a', noon - hourMs, null)]);
		const first = await poll(undefined, noon, report);
		report.records = [call('a', noon - hourMs, noon + 5 * minuteMs)];
		const second = await poll(first.state, noon + 6 * minuteMs, report);
		expect(idsOf(second.records)).toEqual(['a']);
	});

	it('lets a call that only ended, but was not settled yet, be handed on', async () => {
		const report = new Report([call('a', noon - hourMs, noon - 10 * secondMs)]);
		const first = await poll(undefined, noon, report);
		expect(idsOf((await poll(first.state, noon + minuteMs, report)).records)).toEqual(['a']);
	});

	it('leaves no state behind when it fails', async () => {
		const outcome = await advance(undefined, noon, failing({ kind: 'status', status: 401 }), optionsWith());
		expect(outcome).toEqual({ ok: false, failure: { kind: 'status', status: 401 } });
	});
});

describe('a poll', () => {
	it('reads from the look-back before the cursor to the settled instant, at once', async () => {
		const report = new Report();
		await poll(await stateAt(noon), noon + 5 * minuteMs, report);
		expect(report.ranges).toEqual([{ start: noon - minuteMs - lookbackMs, end: noon + 5 * minuteMs - settleMs }]);
	});

	it('hands on what is new, oldest first, and nothing twice', async () => {
		const report = new Report([call('c', noon + 3 * minuteMs), call('a', noon + minuteMs), call('b', noon + minuteMs)]);
		const step = await poll(await stateAt(noon), noon + 5 * minuteMs, report);
		expect(idsOf(step.records)).toEqual(['a', 'b', 'c']);
		expect(step.records[0]).toBe(report.records[1]);
		expect((await poll(step.state, noon + 6 * minuteMs, report)).records).toEqual([]);
	});

	it.each([
		['appears as late as the look-back allows', lookbackMs, ['late']],
		['appears later than that', lookbackMs + settleMs + 2 * secondMs, []],
	])('with a record that %s', async (_what, lateMs, ids) => {
		const known = call('b', noon + 5 * hourMs - settleMs, noon + 5 * hourMs - settleMs);
		const before = await poll(await stateAt(noon), noon + 5 * hourMs, new Report([known]));
		expect(idsOf(before.records)).toEqual(['b']);
		const report = new Report([known, call('late', noon + 5 * hourMs + secondMs - lateMs)]);
		expect(idsOf((await poll(before.state, noon + 5 * hourMs + minuteMs, report)).records)).toEqual(ids);
	});

	it('does not hand on a call that is still running, nor forget it', async () => {
		const report = new Report([call('a', noon, null)]);
		const running = await poll(await stateAt(noon), noon + hourMs, report);
		expect(running.records).toEqual([]);
		report.records = [call('a', noon, noon + hourMs)];
		expect(idsOf((await poll(running.state, noon + hourMs + 2 * minuteMs, report)).records)).toEqual(['a']);
	});

	it('waits with a record until its last change is settled', async () => {
		const report = new Report([call('a', noon, noon + hourMs)]);
		const early = await poll(await stateAt(noon), noon + hourMs + settleMs - 1, report);
		expect(early.records).toEqual([]);
		expect(idsOf((await poll(early.state, noon + hourMs + settleMs, report)).records)).toEqual(['a']);
	});

	it('does not wait until the record is out of reach, as with an end in the year 2099', async () => {
		const report = new Report([call('a', noon, Date.UTC(2099, 0))]);
		let { state } = await poll(await stateAt(noon), noon + minuteMs, report);
		const handedOn: unknown[] = [];
		for (let now = noon + 10 * minuteMs; now < noon + 5 * hourMs; now += 10 * minuteMs) {
			const step = await poll(state, now, report);
			({ state } = step);
			handedOn.push(...idsOf(step.records));
		}
		expect(handedOn).toEqual(['a']);
	});

	it.each([
		['can still be reached by the next poll, waits', 0, []],
		['cannot, does not wait', -1, ['a']],
	])('with an unsettled record that %s', async (_what, offsetMs, ids) => {
		const now = noon + hourMs;
		const report = new Report([call('a', now - settleMs - lookbackMs + offsetMs, now)]);
		expect(idsOf((await poll(await stateAt(noon), now, report)).records)).toEqual(ids);
	});

	it('does not hand on what is listed before all that it remembers, even if it is read', async () => {
		const report = new Report([call('before', noon - 3 * hourMs), call('within', noon)]);
		const careless: PollReader = { ...reading(report), read: async (range, ...others) => await report.read({ ...range, start: 0 }, ...others) };
		const outcome = await advance(await stateAt(noon), noon + minuteMs, careless, optionsWith());
		expect(outcome.ok && idsOf(outcome.value.records)).toEqual(['within']);
	});

	it('hands on a record from the future when its time has come', async () => {
		const report = new Report([call('a', noon + hourMs)]);
		const before = await poll(await stateAt(noon), noon + minuteMs, report);
		expect(before.records).toEqual([]);
		expect(idsOf((await poll(before.state, noon + hourMs + minuteMs, report)).records)).toEqual(['a']);
	});

	it('hands on a record whose time cannot be read once, however often the report lists it', async () => {
		const report = new Report([{ _id: 'a', start_time: 'yesterday', end_time: iso(noon) }, call('b', noon + minuteMs)]);
		let state = await stateAt(noon);
		const handedOn: unknown[] = [];
		for (let now = noon + minuteMs; now < noon + 9 * hourMs; now += 30 * minuteMs) {
			const step = await poll(state, now, report);
			({ state } = step);
			handedOn.push(...idsOf(step.records));
		}
		expect(handedOn.sort()).toEqual(['a', 'b']);
	});

	it('does not change the state that it was given', async () => {
		const state = await stateAt(noon);
		const before = JSON.stringify(state);
		await poll(Object.freeze(state), noon + minuteMs, new Report([call('a', noon)]));
		expect(JSON.stringify(state)).toBe(before);
	});

	it('looks back no further than it remembers when the look-back is made longer', async () => {
		const report = new Report([call('a', noon - 5 * hourMs), call('b', noon - hourMs)]);
		const first = await poll(undefined, noon, report);
		const second = await poll(first.state, noon + minuteMs, report, optionsWith({ lookbackMs: dayMs }));
		const third = await poll(second.state, noon + 2 * minuteMs, report, optionsWith({ lookbackMs: dayMs }));
		expect([...second.records, ...third.records]).toEqual([]);
		expect(report.ranges[2].start).toBe(noon - hourMs - lookbackMs);
	});

	it('looks back less far from the next poll on when the look-back is made shorter', async () => {
		const report = new Report([call('a', noon - hourMs)]);
		const options = optionsWith({ lookbackMs: 10 * minuteMs });
		const second = await poll((await poll(undefined, noon, report)).state, noon + minuteMs, report, options);
		await poll(second.state, noon + 2 * minuteMs, report, options);
		expect(report.ranges[2].start).toBe(noon - hourMs - 10 * minuteMs);
	});

	it.each([
		['lookbackMs', { lookbackMs: NaN }],
		['lookbackMs', { lookbackMs: -1 }],
		['settleMs', { settleMs: 0.5 }],
		['maxItems', { maxItems: 0 }],
	])('does not go by a senseless %s', async (name, changes) => {
		await expect(poll(undefined, noon, new Report(), optionsWith(changes))).rejects.toThrow(`Expected ${name} to be a whole number`);
	});

	it('does not go by a senseless clock', async () => {
		await expect(poll(undefined, NaN, new Report())).rejects.toThrow('Expected now to be a whole number of ms since 1970, got NaN');
	});
});

describe('a poll that emits nothing', () => {
	const missed = optionsWith({ event: pollEventNamed('callMissed') });
	const answered = (at: number): ReportRecord => ({ ...call(String(at), at), direction: 'in', answer_time: iso(at) });

	it.each([
		[10, 60, false],
		[7 * 60, 1, true],
		[4 * 60, 60, false],
	])('after %i minutes, with polls %i minutes apart, must have its state saved: %s', async (minutes, apart, isFar) => {
		const report = new Report([knownAt(noon)]);
		let state = await stateAt(noon, missed);
		for (let at = 1; at <= 4; at += 1) ({ state } = await poll(state, noon + at * apart * minuteMs, report, missed));
		const now = noon + (4 * apart + minutes) * minuteMs;
		report.records.push(answered(now - minuteMs));
		const step = await poll(state, now, report, missed);
		expect({ records: step.records, isFar: step.isFar }).toEqual({ records: [], isFar });
	});
});

describe('a fault of the API', () => {
	it('is given back as it is, and the next poll covers the gap', async () => {
		const state = await stateAt(noon);
		const failure = { kind: 'timeout' } as const;
		const outcome = await advance(state, noon + hourMs, failing(failure), optionsWith());
		expect(outcome).toEqual({ ok: false, failure });
		const report = new Report([call('a', noon + minuteMs), call('b', noon + 90 * minuteMs)]);
		expect(idsOf((await poll(state, noon + 2 * hourMs, report)).records)).toEqual(['a', 'b']);
	});

	it('hands nothing on of what was read before it', async () => {
		const report = new Report([call('a', noon + minuteMs)]);
		const breakingOff: PollReader = { ...reading(report), read: async (...asked) => ((await report.read(...asked)), failed({ kind: 'network' })) };
		const outcome = await advance(await stateAt(noon), noon + dayMs, breakingOff, optionsWith());
		expect(outcome).toEqual({ ok: false, failure: { kind: 'network' } });
	});
});

describe('polls that overlap', () => {
	it('are told apart, so that only the first to come back is committed', async () => {
		const state = await stateAt(noon);
		const report = new Report([call('a', noon + minuteMs)]);
		const [one, other] = await Promise.all([poll(state, noon + hourMs, report), poll(state, noon + hourMs, report)]);
		expect(idsOf(one.records)).toEqual(idsOf(other.records));
		expect(isSameState(state, state)).toBe(true);
		expect(isSameState(state, JSON.parse(JSON.stringify(state)))).toBe(true);
		expect(isSameState(state, one.state)).toBe(false);
	});

	it('are told apart at the very first poll too, and where the cursor could not move', async () => {
		expect(isSameState(undefined, {})).toBe(true);
		expect(isSameState(undefined, await stateAt(noon))).toBe(false);
		const state = await stateAt(noon);
		expect(isSameState(state, (await poll(state, noon, new Report())).state)).toBe(false);
	});
});

describe('the clock', () => {
	const known = knownAt(noon);

	it.each([1, 24, 30 * 24])('may be %i hours ahead for a poll: nothing is lost and nothing comes twice', async (hours) => {
		const report = new Report([known]);
		const ahead = await poll(await stateAt(noon), noon + hours * hourMs, report);
		expect(ahead.state.cursor).toBe(known.start_time);
		report.records.push(call('a', noon + minuteMs), call('b', noon + 30 * minuteMs));
		const right = await poll(ahead.state, noon + hourMs, report);
		expect(idsOf(right.records)).toEqual(['a', 'b']);
		expect((await poll(right.state, noon + 2 * hourMs, report)).records).toEqual([]);
	});

	it('may be ahead for many polls, while records come', async () => {
		const report = new Report([known]);
		let state = await stateAt(noon);
		const handedOn: unknown[] = [];
		for (let at = 1; at <= 50; at += 1) {
			const now = noon + at * 10 * minuteMs;
			report.records.push(call(`${at}`, now - minuteMs));
			const step = await poll(state, at % 20 < 10 ? now : now + 6 * dayMs, report);
			({ state } = step);
			handedOn.push(...idsOf(step.records));
		}
		expect(handedOn).toEqual(Array.from({ length: 50 }, (_, at) => String(at + 1)));
	});

	it('may be ahead at the very first poll', async () => {
		const report = new Report([known]);
		const { state } = await poll(undefined, noon + 5 * dayMs, report);
		report.records.push(call('new', noon + minuteMs));
		expect(idsOf((await poll(state, noon + 5 * minuteMs, report)).records)).toEqual(['new']);
	});

	it('may be ahead while more is there than one poll emits', async () => {
		const report = new Report([known, ...[1, 2, 3, 4].map((at) => call(`${at}`, noon + at * minuteMs))]);
		const options = optionsWith({ maxItems: 1 });
		let { state } = await poll(await stateAt(noon), noon + 5 * minuteMs, report, options);
		const handedOn: unknown[] = ['1'];
		for (const now of [noon + 5 * dayMs, noon + 7 * minuteMs, noon + 5 * dayMs, noon + 9 * minuteMs, noon + 10 * minuteMs]) {
			const step = await poll(state, now, report, options);
			({ state } = step);
			handedOn.push(...idsOf(step.records));
			report.records.push(call(`at ${handedOn.length}`, noon + (6 + handedOn.length) * minuteMs));
		}
		expect(Date.parse(state.cursor)).toBeLessThan(noon + hourMs);
		expect(handedOn).toEqual(['1', '2', '3', '4', 'at 2', 'at 3']);
	});

	it('may be ahead by another time at each poll, while nothing comes', async () => {
		const report = new Report([known]);
		let state = await stateAt(noon);
		const wrong = [0, 60, 120, 300, 10, 0, 240, 180, 0, 30];
		for (let at = 1; at <= 100; at += 1) ({ state } = await poll(state, noon + (at * 6 + wrong[at % 10]) * minuteMs, report));
		report.records.push(call('new', noon + 10 * hourMs + 5 * minuteMs));
		expect(idsOf((await poll(state, noon + 10 * hourMs + 10 * minuteMs, report)).records)).toEqual(['new']);
	});

	it('goes on, however the settle time is changed', async () => {
		const report = new Report([known]);
		const { state } = await poll(await stateAt(noon), noon + minuteMs, report);
		const longer = await poll(state, noon + 2 * minuteMs, report, optionsWith({ settleMs: hourMs }));
		expect(longer.notices).toEqual([]);
		report.records.push(call('new', noon + 3 * minuteMs));
		expect((await poll(longer.state, noon + 30 * minuteMs, report, optionsWith({ settleMs: hourMs }))).records).toEqual([]);
		const shorter = await poll(longer.state, noon + 40 * minuteMs, report);
		expect(shorter.notices).toEqual([]);
		expect(idsOf(shorter.records)).toEqual(['new']);
	});

	it('is told of when it went back', async () => {
		const ahead = await poll(await stateAt(noon), noon + dayMs, new Report([known]));
		const { state } = await poll(ahead.state, noon + 5 * minuteMs, new Report([known]));
		expect(noticesIn(state)).toEqual([{ kind: 'clock', text: expect.stringContaining('went back from 2026-03-11T12:00:00.000Z to 2026-03-10T12:05:00.000Z') }]);
	});

	it('may be well behind what was read: the poll fails in words, and the next one goes on', async () => {
		const state = await stateAt(noon);
		const report = new Report([known, call('new', noon + minuteMs)]);
		const outcome = await advance(state, noon - hourMs, report, optionsWith());
		expect(outcome).toEqual({ ok: false, failure: { kind: 'clock', window: { start: noon - hourMs, end: noon - minuteMs } } });
		expect(idsOf((await poll(state, noon + 2 * minuteMs, report)).records)).toEqual(['new']);
	});

	it('may be a little behind: late records come, and new ones once it has caught up', async () => {
		const report = new Report([known, call('late', noon - 30 * minuteMs), call('new', noon + 5 * minuteMs)]);
		const step = await poll(await stateAt(noon), noon - 10 * minuteMs, report);
		expect(idsOf(step.records)).toEqual(['late']);
		expect(idsOf((await poll(step.state, noon + 10 * minuteMs, report)).records)).toEqual(['new']);
	});

	it('moves the cursor some hours behind it while nothing comes, so that little is read', async () => {
		const report = new Report([known]);
		let state = await stateAt(noon);
		for (let at = 1; at <= 48; at += 1) ({ state } = await poll(state, noon + at * 30 * minuteMs, report));
		const { start, end } = report.ranges.at(-1) as Range;
		expect(end - start).toBeLessThan(lookbackMs + 6 * hourMs);
		expect(end - start).toBeGreaterThan(lookbackMs + 2 * hourMs);
	});
});

describe('filters that are changed on an active workflow', () => {
	const others = optionsWith({ scope: 'others' });

	it('emit nothing that was there at the last poll, and everything that came since', async () => {
		const report = new Report([call('a', noon + minuteMs)]);
		const { state } = await poll(await stateAt(noon), noon + hourMs, report);
		const widened = new Report([...report.records, call('old', noon + 10 * minuteMs), call('new', noon + hourMs), call('ended', noon + 30 * minuteMs, noon + 65 * minuteMs)]);
		const step = await poll(state, noon + 70 * minuteMs, widened, others);
		expect(idsOf(step.records)).toEqual(['ended', 'new']);
		expect((await poll(step.state, noon + 80 * minuteMs, widened, others)).records).toEqual([]);
	});

	it('and what was cut off by the limit of a poll still comes', async () => {
		const report = new Report([1, 2, 3, 4].map((number) => call(`${number}`, noon + number * minuteMs)));
		const first = await poll(await stateAt(noon), noon + hourMs, report, optionsWith({ maxItems: 2 }));
		expect(idsOf(first.records)).toEqual(['1', '2']);
		expect(idsOf((await poll(first.state, noon + 2 * hourMs, report, others)).records)).toEqual(['3', '4']);
	});

	it('after a change of event, only new records are emitted, too', async () => {
		const csat = optionsWith({ event: pollEventNamed('csatReceived') });
		const state = await stateAt(noon, csat);
		const report = new Report([call('old', noon - hourMs), call('new', noon + minuteMs)]);
		expect(idsOf((await poll(state, noon + hourMs, report)).records)).toEqual(['new']);
	});

	it('a clock that was ahead at the last poll hides nothing', async () => {
		const report = new Report([call('a', noon - minuteMs)]);
		const ahead = await poll(await stateAt(noon), noon + dayMs, report);
		report.records.push(call('new', noon + minuteMs));
		expect(idsOf((await poll(ahead.state, noon + hourMs, report, others)).records)).toEqual(['new']);
	});
});

describe('what the user must know', () => {
	it('is repeated after ten polls at the earliest, even if they are a day apart: a poll that shows it emits nothing', async () => {
		const report = new Report();
		report.told = { gaps: [], strange: 1 };
		let { state } = await poll(await stateAt(noon), noon + 24 * hourMs, report);
		const told: number[] = [];
		for (let day = 2; day <= 24; day += 1) {
			const step = await poll(state, noon + day * 24 * hourMs, report);
			if (step.notices.length > 0) told.push(day);
			({ state } = step);
		}
		expect(told).toEqual([11, 21]);
	});

	const gap = { kind: 'incomplete', window: { start: noon, end: noon + minuteMs }, expected: 5, received: 3 } as const;

	it('is saved in the state at most once a day, for the next poll to show', async () => {
		const report = new Report();
		report.told = { gaps: [gap], strange: 2 };
		const step = await poll(await stateAt(noon), noon + hourMs, report);
		expect(noticesIn(JSON.parse(JSON.stringify(step.state)))).toEqual([
			{ kind: 'incomplete', text: expect.stringContaining('Samespace announced 5, but only 3 arrived') },
			{ kind: 'strange', text: expect.stringContaining("2 rows that aren't records") },
		]);
		const next = await poll(step.state, noon + 2 * hourMs, report);
		expect(noticesIn(next.state)).toEqual([]);
		expect((await poll(next.state, noon + 26 * hourMs, report)).notices.map(({ kind }) => kind)).toEqual(['incomplete', 'strange']);
	});
});

describe('records that are missing further back than the look-back reaches, in a catch-up', () => {
	const missing = { kind: 'incomplete', window: { start: noon + 2 * hourMs, end: noon + 2 * hourMs + minuteMs }, expected: 5, received: 3 } as const;
	const now = noon + 10 * hourMs;

	it('come with one of the next polls, each once', async () => {
		const report = new Report([call('newest', now - hourMs)]);
		report.told = { gaps: [missing] };
		const first = await poll(await stateAt(noon), now, report);
		expect(first.records.map(({ _id }) => _id)).toEqual(['newest']);
		report.records.unshift(call('late', missing.window.start));
		report.told = {};
		const second = await poll(JSON.parse(JSON.stringify(first.state)), now + minuteMs, report);
		expect(second.records.map(({ _id }) => _id)).toEqual(['late']);
		const third = await poll(second.state, now + 2 * minuteMs, report);
		expect(third.records).toEqual([]);
		expect(third.state.cursor).toBe(iso(now - hourMs));
	});

	it('are given up after some polls, with a notice, and hold up nothing else', async () => {
		const report = new Report([call('newest', now - hourMs)]);
		report.told = { gaps: [missing] };
		let { state } = await poll(await stateAt(noon), now, report);
		let polls = 1;
		for (; state.cursor !== iso(now - hourMs) && polls < 20; polls += 1) {
			expect(noticesIn(state).filter(({ kind }) => kind === 'lost')).toEqual([]);
			({ state } = await poll(state, now + polls * minuteMs, report));
		}
		expect(polls).toBe(6);
		expect(noticesIn(state)).toEqual([{ kind: 'lost', text: expect.stringContaining(`Some records from ${iso(missing.window.start)} to ${iso(missing.window.end)} couldn't be read`) }]);
	});
});

it('records that are missing from a look-back as it moves on hold up nothing', async () => {
	const report = new Report([call('newest', noon + 10 * hourMs)]);
	report.told = { gaps: [{ kind: 'incomplete', window: { start: noon + 7.9 * hourMs, end: noon + 8 * hourMs }, expected: 5, received: 3 }] };
	const { state, hasMore } = await poll(await stateAt(noon + 9.9 * hourMs), noon + 10.1 * hourMs, report);
	expect(state.cursor).toBe(iso(noon + 10 * hourMs));
	expect(hasMore).toBe(false);
});

it('where filters change after quiet polls that were not saved, only what changed since the last of them is new', async () => {
	const report = new Report([call('old', noon + hourMs), call('new', noon + 50 * hourMs)]);
	const saved = await stateAt(noon);
	const options = optionsWith({ scope: 'other', lookedUntil: noon + 49 * hourMs });
	const step = await advance(saved, noon + 51 * hourMs, report, options);
	expect(step).toMatchObject({ ok: true, value: { records: [{ _id: 'new' }] } });
});

/** The methods of a report, to be replaced one by one. */
function reading(report: Report): PollReader {
	return { read: async (...asked) => await report.read(...asked), newest: async (...asked) => await report.newest(...asked) };
}

function failing(failure: Failure): PollReader {
	const fail = async (): Promise<ReturnType<typeof failed>> => await Promise.resolve(failed(failure));
	return { read: fail, newest: fail };
}

import { advance, isSameState } from '../../../nodes/Samespace/polling';
import { call, dayMs, hourMs, idsOf, iso, minuteMs, noon, optionsWith, poll, Report, secondMs, stateAt } from './support';

const settleMs = 30 * secondMs;
const lookbackMs = 2 * hourMs;

describe('the first poll', () => {
	it('hands nothing on, reads the look-back once, and leaves a cursor at the settled instant', async () => {
		const report = new Report([call('a', noon - hourMs)]);
		const step = await poll(undefined, noon, report);
		expect(step).toMatchObject({ records: [], hasMore: false, notices: [] });
		expect(report.ranges).toEqual([{ start: noon - settleMs - lookbackMs, end: noon - settleMs }]);
		expect(step.state).toMatchObject({ version: 1, event: 'callCompleted', cursor: iso(noon - settleMs) });
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
		const outcome = await advance(undefined, noon, async () => await Promise.resolve({ kind: 'status', status: 401 }), optionsWith());
		expect(outcome).toEqual({ ok: false, failure: { kind: 'status', status: 401 } });
	});
});

describe('a poll', () => {
	it('reads from the look-back before the cursor to the settled instant, at once', async () => {
		const report = new Report();
		await poll(await stateAt(noon), noon + 5 * minuteMs, report);
		expect(report.ranges).toEqual([{ start: noon - settleMs - lookbackMs, end: noon + 5 * minuteMs - settleMs }]);
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
		const before = await poll(await stateAt(noon), noon + 5 * hourMs, new Report());
		const report = new Report([call('late', noon + 5 * hourMs + secondMs - lateMs)]);
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
		const read: typeof report.read = async (_range, visit) => (report.records.forEach((record) => visit(record)), await Promise.resolve(null));
		const outcome = await advance(await stateAt(noon), noon + minuteMs, read, optionsWith());
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
		expect(report.ranges[2].start).toBe(noon - settleMs - lookbackMs);
	});

	it('looks back less far from the next poll on when the look-back is made shorter', async () => {
		const report = new Report([call('a', noon - hourMs)]);
		const options = optionsWith({ lookbackMs: 10 * minuteMs });
		const second = await poll((await poll(undefined, noon, report)).state, noon + minuteMs, report, options);
		await poll(second.state, noon + 2 * minuteMs, report, options);
		expect(report.ranges[2].start).toBe(noon + minuteMs - settleMs - 10 * minuteMs);
		expect(second.state.seen).toEqual({});
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

describe('a fault of the API', () => {
	it('is given back as it is, and the next poll covers the gap', async () => {
		const state = await stateAt(noon);
		const failure = { kind: 'timeout' } as const;
		const outcome = await advance(state, noon + hourMs, async () => await Promise.resolve(failure), optionsWith());
		expect(outcome).toEqual({ ok: false, failure });
		const report = new Report([call('a', noon + minuteMs), call('b', noon + 90 * minuteMs)]);
		expect(idsOf((await poll(state, noon + 2 * hourMs, report)).records)).toEqual(['a', 'b']);
	});

	it('hands nothing on of what was read before it', async () => {
		const report = new Report([call('a', noon + minuteMs)]);
		const outcome = await advance(
			await stateAt(noon),
			noon + dayMs,
			async (range, visit) => ((await report.read(range, visit)), report.ranges.length > 1 ? { kind: 'network' } : null),
			optionsWith(),
		);
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
	it('may go back: the cursor stays, late records are still handed on, and it is said', async () => {
		const state = await stateAt(noon);
		const report = new Report([call('late', noon - hourMs), call('new', noon + minuteMs)]);
		const step = await poll(state, noon - 3 * hourMs, report);
		expect(step.state.cursor).toBe(state.cursor);
		expect(idsOf(step.records)).toEqual(['late']);
		expect(step.notices.map(({ kind }) => kind)).toEqual(['clock']);
		expect(idsOf((await poll(step.state, noon + 2 * minuteMs, report)).records)).toEqual(['new']);
	});

	it('may go back by less than the settle time without a word', async () => {
		expect((await poll(await stateAt(noon), noon - settleMs + 1, new Report())).notices).toEqual([]);
	});
});

import type { PollOptions, PollState } from '../../../nodes/Samespace/polling';
import { call, dayMs, hourMs, idsOf, iso, minuteMs, noon, optionsWith, poll, Report, secondMs, stateAt } from './support';

/** Polls every minute until nothing is left over. */
async function drain(state: PollState, now: number, report: Report, options: PollOptions): Promise<string[][]> {
	const polls: string[][] = [];
	for (let next: PollState = state, hasMore = true; hasMore; now += minuteMs) {
		const step = await poll(next, now, report, options);
		polls.push(idsOf(step.records).map(String));
		({ hasMore } = step);
		next = step.state;
	}
	return polls;
}

const names = (count: number): string[] => Array.from({ length: count }, (_, at) => String(at).padStart(5, '0'));

describe('a backlog of more records than one poll may emit', () => {
	it('is handed on by the next polls, oldest first', async () => {
		const calls = names(10).map((id, at) => call(id, noon + at * secondMs)).reverse();
		const polls = await drain(await stateAt(noon), noon + 5 * minuteMs, new Report(calls), optionsWith({ maxItems: 4 }));
		expect(polls).toEqual([names(4), names(8).slice(4), names(10).slice(8)]);
	});

	it('moves the cursor no further than what was handed on', async () => {
		const report = new Report([call('a', noon), call('b', noon + minuteMs), call('c', noon + 2 * minuteMs)]);
		const step = await poll(await stateAt(noon), noon + hourMs, report, optionsWith({ maxItems: 2 }));
		expect(step.hasMore).toBe(true);
		expect(step.state.cursor).toBe(iso(noon + minuteMs));
	});

	it('may all be listed under one millisecond', async () => {
		const calls = names(25).map((id) => call(id, noon));
		const polls = await drain(await stateAt(noon), noon + hourMs, new Report(calls), optionsWith({ maxItems: 10 }));
		expect(polls.flat().sort()).toEqual(names(25));
		expect(polls.map(({ length }) => length)).toEqual([10, 10, 5]);
	});

	it('may all have times that cannot be read', async () => {
		const calls = names(25).map((id) => ({ _id: id, start_time: 'then', end_time: iso(noon + minuteMs) }));
		const report = new Report([...calls, call('new', noon + 2 * minuteMs)]);
		const polls = await drain(await stateAt(noon), noon + 5 * hourMs, report, optionsWith({ maxItems: 10 }));
		expect(polls.flat().sort()).toEqual([...names(25), 'new']);
	});

	it('may all come late, before the cursor', async () => {
		const calls = names(25).map((id, at) => call(id, noon - hourMs + at));
		const polls = await drain(await stateAt(noon), noon + minuteMs, new Report(calls), optionsWith({ maxItems: 10 }));
		expect(polls.flat()).toEqual(names(25));
	});

	it('is none if the records fit exactly', async () => {
		const report = new Report(names(10).map((id) => call(id, noon)));
		const step = await poll(await stateAt(noon), noon + hourMs, report, optionsWith({ maxItems: 10 }));
		expect(step.records).toHaveLength(10);
		expect(step.hasMore).toBe(false);
	});

	it('is taken up again after n8n was killed with the last saved state', async () => {
		const calls = names(30).map((id, at) => call(id, noon + at * secondMs));
		const report = new Report(calls);
		const options = optionsWith({ maxItems: 10 });
		const step = await poll(await stateAt(noon), noon + hourMs, report, options);
		const saved = JSON.parse(JSON.stringify(step.state)) as PollState;
		expect((await drain(saved, noon + 3 * hourMs, report, options)).flat()).toEqual(names(30).slice(10));
	});
});

describe('a workflow that was switched off for 40 days', () => {
	const back = noon + 40 * dayMs;

	it('reads the 40 days at once, and little afterwards', async () => {
		const report = new Report([call('a', noon + 39 * dayMs)]);
		const step = await poll(await stateAt(noon, optionsWith()), back, report);
		expect(idsOf(step.records)).toEqual(['a']);
		await poll(step.state, back + minuteMs, report);
		expect(report.ranges.map(({ start, end }) => Math.round((end - start) / dayMs))).toEqual([40, 1]);
	});

	it('emits everything, oldest first, and reads no further than it emits', async () => {
		const ids = names(4000);
		const report = new Report(ids.map((id, at) => call(id, noon + at * 14 * minuteMs)));
		const polls = await drain(await stateAt(noon), back, report, optionsWith({ maxItems: 100 }));
		expect(polls.flat()).toEqual(ids);
		expect(polls.every(({ length }) => length === 100)).toBe(true);
		expect(report.visits).toBeLessThan(4000 + 40 * 15);
	});

	it('stops when the time of a poll is used up, hands on what there is, and goes on with the next poll', async () => {
		const report = new Report([call('a', noon + hourMs), call('b', noon + 2 * hourMs), call('c', noon + 39 * dayMs)]);
		let leftMs = 100;
		const options = optionsWith({ budget: () => (leftMs -= 30) });
		const step = await poll(await stateAt(noon), back, report, options);
		// A part takes 30 ms each; after two of them 10 ms are left, which a third one would use up.
		expect(idsOf(step.records)).toEqual(['a', 'b']);
		expect(step.hasMore).toBe(true);
		expect(step.state.cursor).toBe(iso(noon + 2 * hourMs));
		expect((await drain(step.state, back, report, optionsWith())).flat()).toEqual(['c']);
	});

	it('goes on poll by poll even if the time of each is used up at once', async () => {
		const report = new Report(names(300).map((id, at) => call(id, noon + at * 3 * hourMs)));
		const polls = await drain(await stateAt(noon), back, report, optionsWith({ maxItems: 7, budget: () => 0 }));
		expect(polls.flat()).toEqual(names(300));
	});
});

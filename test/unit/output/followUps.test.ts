import * as fc from 'fast-check';

import { rowsOf, run } from './vendor';
import { call } from './someCalls';

const output = 'followUps' as const;
const at = (minute: number): string => new Date(Date.parse('2026-03-02T10:00:00Z') + minute * 60_000).toISOString();

/** A call that began so many minutes after ten, and lasted a minute. */
function callAt(minute: number, fields: object): ReturnType<typeof call> {
	return call({ _id: `call-${minute}`, start_time: at(minute), end_time: at(minute + 1), direction: 'in', answer_time: null, team_name: 'Care', user_display_name: '', ...fields });
}

it('tells a number with all that was missed since the last answered call', async () => {
	const rows = await rowsOf({ output, timezone: 'Asia/Kolkata' }, [
		callAt(0, { caller: '+91 85306 10172' }),
		callAt(1, { caller: '08530610172', answer_time: at(1) }),
		callAt(2, { caller: '08530610172', team_name: 'Sales' }),
		callAt(3, { caller: '0091-8530610172', end_time: at(3.5), user_display_name: 'Sarah' }),
	]);
	expect(rows).toEqual([
		{
			phone_number: '0091-8530610172',
			missed_calls: 2,
			first_missed: '2026-03-02T15:32:00.000+05:30',
			last_missed: '2026-03-02T15:33:00.000+05:30',
			longest_wait: 60,
			teams: ['Care', 'Sales'],
			agents: ['Sarah'],
			last_call_id: 'call-3',
		},
	]);
});

it.each([
	['was called back', callAt(5, { direction: 'out', caller: 'sarah', callee: '8530610172', answer_time: at(5) })],
	['was spoken with on another line meanwhile', callAt(-1, { direction: 'out', caller: 'sarah', callee: '8530610172', answer_time: at(0.5) })],
	['got through', callAt(5, { caller: '+918530610172', answer_time: at(5) })],
])('a number that %s needs no callback', async (_, answer) => {
	const calls = [callAt(0, { caller: '+918530610172' }), answer].sort((one, other) => (String(one.start_time) < String(other.start_time) ? -1 : 1));
	expect(await rowsOf({ output }, calls)).toEqual([]);
});

it('a call that comes late, as one longer than all before it may, settles only what was missed before it, and is no later one', async () => {
	const answered = callAt(0, { caller: '8530610172', answer_time: at(0.5), end_time: at(300) });
	expect(await rowsOf({ output }, [callAt(400, { caller: '8530610172' }), answered])).toMatchObject([{ phone_number: '8530610172', missed_calls: 1, last_call_id: 'call-400' }]);
	const late = callAt(100, { caller: '8530610172', end_time: at(390) });
	expect(await rowsOf({ output }, [callAt(400, { caller: '8530610172' }), late])).toMatchObject([{ missed_calls: 2, first_missed: '2026-03-02T11:40:00.000Z', last_missed: '2026-03-02T16:40:00.000Z', last_call_id: 'call-400' }]);
});

it('an answered call of no known direction settles both of its numbers', async () => {
	const calls = [callAt(0, { caller: '8530610172' }), callAt(1, { caller: '4156360000' }), callAt(2, { direction: null, caller: '8530610172', callee: '4156360000', answer_time: at(2) })];
	expect(await rowsOf({ output }, calls)).toEqual([]);
});

it('a number that was answered late needs no callback for calls missed before that, even if another call was answered sooner', async () => {
	const calls = [callAt(0, { caller: '8530610172', answer_time: at(6), end_time: at(7) }), callAt(1, { caller: '8530610172', answer_time: at(1.5), end_time: at(3) }), callAt(4, { caller: '8530610172', end_time: at(5) })];
	expect(await rowsOf({ output }, calls)).toEqual([]);
});

it.each([
	['a call back that nobody picked up', callAt(5, { direction: 'out', callee: '8530610172' })],
	['a call with another number', callAt(5, { caller: '+918530610173', answer_time: at(5) })],
	['a short call of the same number', callAt(5, { caller: '+918530610172', end_time: at(5.01) })],
])('%s changes nothing', async (_, other) => {
	expect(await rowsOf({ output }, [callAt(0, { caller: '+918530610172' }), other])).toMatchObject([{ missed_calls: 1, last_call_id: 'call-0' }]);
});

it("a call that the filters leave out still calls a number back, and isn't a follow-up itself", async () => {
	const isWanted = ({ team_name: team }: { team_name?: unknown }): boolean => team === 'Sales';
	const rows = await rowsOf({ output, isWanted }, [
		callAt(0, { caller: '1112223333', team_name: 'Sales' }),
		callAt(1, { caller: '4445556666', team_name: 'Sales' }),
		callAt(2, { caller: '7778889999', team_name: 'Care' }),
		callAt(3, { caller: '1112223333', team_name: 'Care', answer_time: at(3) }),
	]);
	expect(rows.map(({ phone_number: number }) => number)).toEqual(['4445556666']);
});

it("withheld and internal callers aren't in the list", async () => {
	const callers = ['anonymous', '', '101', 'Sarah Taylor', 'Agent 1234567', 'sip:anonymous-12345678@x', 'sip:+49 (30) 901-820@x', '+918530610172'];
	const { items } = await run({ output }, callers.map((caller, minute) => callAt(minute, { caller })));
	expect(items.map(({ json }) => json.phone_number)).toEqual(['sip:+49 (30) 901-820@x', '+918530610172']);
});

it('what was missed after the range is not counted, and an answer after it is', async () => {
	const range = { start: Date.parse(at(0)), end: Date.parse(at(10)) };
	const rows = await rowsOf({ output, range }, [
		callAt(1, { caller: '1110000001' }),
		callAt(2, { caller: '1110000002' }),
		callAt(20, { caller: '1110000001' }),
		callAt(21, { caller: '1110000003' }),
		callAt(22, { caller: '1110000002', answer_time: at(22) }),
	]);
	expect(rows).toMatchObject([{ phone_number: '1110000001', missed_calls: 1 }]);
});

it('of many who tried, those come first who tried most, then those who have waited longest', async () => {
	const rows = await rowsOf({ output }, [
		callAt(0, { caller: '1110000001' }),
		callAt(1, { caller: '1110000002' }),
		callAt(2, { caller: '1110000003' }),
		callAt(3, { caller: '1110000003' }),
	]);
	expect(rows.map(({ phone_number: number }) => number)).toEqual(['1110000003', '1110000001', '1110000002']);
});

it('only those who have waited long enough come, where that is wanted', async () => {
	const calls = [callAt(0, { caller: '1110000001' }), callAt(30, { caller: '1110000002' })];
	expect(await rowsOf({ output, followUpsUntil: Date.parse(at(10)) }, calls)).toMatchObject([{ phone_number: '1110000001' }]);
});

it('matches a brute-force computation for any calls', async () => {
	const one = fc.record({ caller: fc.constantFrom('1110000001', '1110000002', '1110000003'), isOut: fc.boolean(), isAnswered: fc.boolean(), isShort: fc.boolean() });
	await fc.assert(
		fc.asyncProperty(fc.array(one, { maxLength: 30 }), async (found) => {
			const calls = found.map(({ caller, isOut, isAnswered, isShort }, minute) =>
				callAt(minute, {
					...(isOut ? { direction: 'out', caller: 'sarah', callee: caller } : { caller }),
					...(isAnswered && { answer_time: at(minute) }),
					...(isShort && { end_time: at(minute + 0.01) }),
				}),
			);
			const owed = new Map<string, number>();
			for (const number of new Set(found.map(({ caller }) => caller))) {
				const last = found.findLastIndex(({ caller, isAnswered }) => caller === number && isAnswered);
				const missed = found.filter(({ caller, isOut, isAnswered, isShort }, index) => index > last && caller === number && !isOut && !isAnswered && !isShort).length;
				if (missed > 0) owed.set(number, missed);
			}
			const rows = await rowsOf({ output }, calls);
			expect(new Map(rows.map((row) => [row.phone_number, row.missed_calls]))).toEqual(owed);
		}),
	);
});

import { newBehavior } from '../../../../nodes/Samespace/reading';
import { Tally } from '../../../../nodes/Samespace/reading/pages/tally';
import { sentWindow } from '../../../../nodes/Samespace/reading/windows';
import { sessions } from '../../../../nodes/Samespace/reports';

const day = { start: Date.parse('2026-03-02T00:00:00Z'), end: Date.parse('2026-03-03T00:00:00Z') };

it.each([
	['open, as null', null, 0],
	['open, as an empty text', '', 0],
	['ended before the window', '2026-03-01T17:00:00.000Z', 1],
	['ended within it', '2026-03-02T17:00:00.000Z', 0],
])('a login that began the day before is a row out of range only where it has ended by then: %s', (_, end_time, outOfRange) => {
	const tally = new Tally(sessions, sentWindow(day, { report: sessions, clusterZone: 'UTC' }), newBehavior());
	const rows = [{ _id: 'a', session_id: 'a', start_time: '2026-03-01T09:00:00.000Z', end_time }];
	tally.take({ rows, total: 1, bare: false, asked: 50 }, 0);
	expect(tally.outOfRange).toBe(outOfRange);
});

it('of records outside the wanted range, only the times are kept', () => {
	const sent = sentWindow(day, { report: sessions, clusterZone: 'UTC' });
	const login = (_id: string, start_time: string | null): object => ({ _id, start_time, end_time: null, user_display_name: 'Ada' });
	const logins = [login('before', '2025-03-01T09:00:00.000Z'), login('first', '2026-03-02T00:00:00.000Z'), login('last', '2026-03-03T00:00:00.000Z'), login('after', '2026-03-03T00:00:00.001Z'), login('timeless', null)];
	const tally = new Tally(sessions, sent, newBehavior(), day);
	tally.take({ rows: logins as never, total: 5, bare: false, asked: 50 }, 0);
	expect(tally.rows.map(({ record }) => record.user_display_name)).toEqual([undefined, 'Ada', 'Ada', undefined, 'Ada']);
	expect(tally.rows.map(({ key }) => key)).toEqual(['before', 'first', 'last', 'after', 'timeless'].map((id) => tally.rows.find(({ key }) => key.includes(id))?.key));
	expect(tally.received).toBe(5);
});

it.each([
	['that was asked for as many', 1000, 'end'],
	['that was asked for fewer', 50, 'more'],
])('a page is the last one where it has fewer rows than another %s', (_, asked, next) => {
	const behavior = newBehavior();
	const page = (rows: number, limit: number): void => {
		const calls = Array.from({ length: rows }, (__, n) => ({ _id: `${limit} ${n}`, start_time: '2026-03-02T09:00:00.000Z' }));
		tally = new Tally(sessions, sentWindow(day, { report: sessions, clusterZone: 'UTC' }), behavior);
		tally.take({ rows: calls, total: null, bare: false, asked: limit }, 0);
	};
	let tally = new Tally(sessions, day, behavior);
	page(40, asked);
	page(20, 1000);
	expect(tally.next(1000)).toEqual(next === 'end' ? 'end' : expect.objectContaining({ skip: 20 }));
});

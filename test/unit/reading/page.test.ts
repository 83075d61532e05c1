import { parsePage, quote } from '../../../nodes/Samespace/reading';
import { calls, productivity } from '../../../nodes/Samespace/reports';

const row = { _id: 'a', start_time: '2026-03-01T00:00:00.000Z' };

describe('an answer is a page', () => {
	it.each<[string, unknown, number, number | null]>([
		['total and rows', { total: 7, data: [row] }, 1, 7],
		['rows without a total', { data: [row, row] }, 2, null],
		['a bare list', [row], 1, null],
		['an empty list', [], 0, null],
		['nothing in it', { total: 0, data: [] }, 0, 0],
		['null for no rows', { total: 0, data: null }, 0, 0],
		['null for no rows, no total', { data: null }, 0, null],
		['an empty object', {}, 0, null],
		['a total as text', { total: '12', data: [row] }, 1, 12],
		['a total in words', { total: 'many', data: [row] }, 1, null],
		['an empty total', { total: ' ', data: [row] }, 1, null],
		['a negative total', { total: -1, data: [row] }, 1, null],
		['half a total', { total: 1.5, data: [row] }, 1, null],
		['a total that is no count', { total: Number.MAX_SAFE_INTEGER, data: [row] }, 1, null],
		['a total that is a list', { total: [3], data: [row] }, 1, null],
		['more fields beside', { total: 1, data: [row], page: 1 }, 1, 1],
		['no error beside', { error: null, errors: [], success: true, total: 1, data: [row] }, 1, 1],
	])('with %s', (_, body, rows, total) => {
		const page = parsePage(body, calls, 50);
		expect(page).toMatchObject({ ok: true, value: { total, bare: false, asked: 50 } });
		expect(page.ok && page.value.rows).toHaveLength(rows);
	});

	it.each([
		[calls, row],
		[calls, { start_time: row.start_time }],
		[productivity, { _id: 'agent', user: 'Sarah' }],
	])('that is one record by itself', (report, body) => {
		expect(parsePage(body, report, 1)).toEqual({ ok: true, value: { rows: [body], total: null, bare: true, asked: 1 } });
	});
});

describe('an answer is none', () => {
	it.each<[string, unknown, string]>([
		['a page for a browser', '<!doctype html>', 'unreadable'],
		['empty', '', 'unreadable'],
		['missing', undefined, 'unreadable'],
		['null', null, 'unreadable'],
		['a number', 5, 'unreadable'],
		['an object of another kind', { message: 'no such report' }, 'unexpected'],
		['rows that are no list', { total: 1, data: row }, 'unexpected'],
		['text for rows', { total: 1, data: 'none' }, 'unexpected'],
		['an error with no rows', { error: 'database is down', data: [] }, 'unexpected'],
		['an error with some rows', { errors: [{ message: 'shard 3 failed' }], total: 1, data: [row] }, 'unexpected'],
		['no success', { success: false, message: 'try later', data: null }, 'unexpected'],
	])('when it is %s', (_, body, kind) => {
		expect(parsePage(body, calls, 50)).toMatchObject({ ok: false, failure: { kind } });
	});

	it.each([[null], ['text'], [7], [[]]])('when a row is %j, as in a body that was cut', (stranger) => {
		expect(parsePage({ total: 2, data: [row, stranger] }, calls, 50)).toEqual({
			ok: false,
			failure: { kind: 'unreadable', detail: 'row 2 of the page is not a record' },
		});
	});

	it('and the error quotes how it began, no more than 200 characters', () => {
		const outcome = parsePage({ message: 'x'.repeat(1000) }, calls, 50);
		expect(!outcome.ok && outcome.failure.detail).toHaveLength(200);
		expect(quote('  <html>\n')).toBe('<html>');
		expect(quote(undefined)).toBe('');
	});
});

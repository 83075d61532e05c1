import { messageIn, parsePage, shapeOf } from '../../../../nodes/Samespace/reading';
import { calls, productivity } from '../../../../nodes/Samespace/reports';

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
		['an error of 0 beside', { error: 0, total: 1, data: [row] }, 1, 1],
		['an empty error beside', { error: {}, code: 200, status: 'ok', total: 1, data: [row] }, 1, 1],
	])('with %s', (_, body, rows, total) => {
		const page = parsePage(body, calls, 50);
		expect(page).toMatchObject({ ok: true, value: { total, bare: false, asked: 50 } });
		expect(page.ok && page.value.rows).toHaveLength(rows);
	});

	it.each<[unknown, boolean]>([
		[null, true],
		[{}, true],
		[{ message: 'No data found' }, true],
		[{ message: 'No records', data: [] }, true],
		[{ message: 'No calls were found for this period.' }, true],
		[{ message: 'No sessions matching the filters' }, true],
		[{ message: 'No data is available' }, true],
		[{ message: 'No results to show' }, true],
		['', true],
		[{ data: [] }, true],
		[{ message: 'Report fetched successfully', status: 'success', statusCode: 200, code: '200', data: [] }, true],
		[{ message: 'Fetched with no error', total: 0, data: [] }, false],
		[{ message: 'Completed without errors: 0 failed records', data: [] }, true],
		[{ message: 'Could not find any records', data: [] }, true],
		[{ message: 'Unable to find data for this period', data: null }, true],
		[{ message: 'No calls failed', data: [] }, true],
		[{ total: 0, data: [] }, false],
		[[], false],
	])('of nothing: %j, in an odd way: %s', (body, isOdd) => {
		const page = parsePage(body, calls, 50);
		expect(page).toMatchObject({ ok: true, value: { rows: [] } });
		expect(page.ok && page.value.isOdd === true).toBe(isOdd);
	});

	it.each([
		[calls, row],
		[calls, { start_time: row.start_time }],
		[productivity, { _id: 'agent', user: 'Sarah' }],
	])('that is one record by itself', (report, body) => {
		expect(parsePage(body, report, 1)).toEqual({ ok: true, value: { rows: [body], total: null, bare: true, asked: 1 } });
	});
});

it('a record by itself may have failed', () => {
	expect(parsePage({ ...row, status: 'failed', code: 500, message: 'error' }, calls)).toMatchObject({ ok: true, value: { rows: [{ status: 'failed' }] } });
});

describe('an answer is not a page', () => {
	it.each(['No data source is reachable', 'No calls endpoint', 'No record store: connection refused'])('with words that only begin like those of nothing: %s', (message) => {
		expect(parsePage({ message }, calls, 50).ok).toBe(false);
		expect(parsePage({ status: 'error', message }, calls, 50).ok).toBe(false);
	});

	it.each<[string, unknown, string]>([
		['a page for a browser', '<!doctype html>', 'unreadable'],
		['missing', undefined, 'unreadable'],
		['a number', 5, 'unreadable'],
		['an object of another kind', { message: 'no such report' }, 'unexpected'],
		['rows that are no list', { total: 1, data: row }, 'unexpected'],
		['text for rows', { total: 1, data: 'none' }, 'unexpected'],
		['an error with no rows', { error: 'database is down', data: [] }, 'reported'],
		['an error with some rows', { errors: [{ message: 'shard 3 failed' }], total: 1, data: [row] }, 'reported'],
		['no success', { success: false, message: 'try later', data: null }, 'reported'],
		['an error code without rows', { code: 500, message: 'Internal error', data: null }, 'reported'],
		['an error as its status', { status: 'error', message: 'Query timed out', data: [] }, 'reported'],
		['an error code as text', { code: '500', message: 'Internal error', data: null }, 'reported'],
		['a failed status', { status: 'failed', message: 'Query timed out', data: [] }, 'reported'],
		['a status code', { statusCode: 500, data: [] }, 'reported'],
		['a status as text', { status: '503', data: [] }, 'reported'],
		['no success, as text', { success: 'false', data: [] }, 'reported'],
		['not ok', { ok: false, data: [] }, 'reported'],
		['words of a fault alone', { message: 'Internal server error' }, 'reported'],
		['words of a fault beside a total of nothing', { total: 0, data: [], message: 'Query timed out' }, 'reported'],
		['words of a fault in place of rows', { message: 'Query timed out, please try again', data: [] }, 'reported'],
		['a number of an error as its status', { status: 503, data: [] }, 'reported'],
	])('when it is %s', (_, body, kind) => {
		expect(parsePage(body, calls, 50)).toMatchObject({ ok: false, failure: { kind } });
	});

	it.each([
		[null, 'nothing'],
		['text', 'text that is not JSON (4 characters)'],
		[7, 'a number'],
		[[], 'a list with 0 elements'],
	])('when a row is %j', (stranger, shape) => {
		expect(parsePage({ total: 2, data: [row, stranger] }, calls, 50)).toEqual({
			ok: false,
			failure: { kind: 'strange', detail: `Row 2 of a page is ${shape}` },
		});
	});

});

describe('an error says what an answer is by its shape, never by its values', () => {
	it.each<[unknown, string]>([
		['<!doctype html><html><head><title>\nSign in</title>', 'a web page (50 characters)'],
		['  <html>\n', 'a web page (6 characters)'],
		['{"total": 2, "data": [{"caller": "+918530610172"', 'truncated or malformed JSON (48 characters)'],
		['+918530610172 called', 'text that is not JSON (20 characters)'],
		['', 'nothing'],
		[undefined, 'nothing'],
		[null, 'nothing'],
		[7, 'a number'],
		[[1, 2], 'a list with 2 elements'],
		[{}, 'an empty JSON object'],
		[{ code: 500, data: { notes: 'call her' } }, 'a JSON object with 2 keys ("code", "data")'],
		[{ '+918530610172': 1, Ann_Lee: 3, caller: 2 }, 'a JSON object with 3 keys ("caller", 2 others)'],
		[Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`k${n}`, n])), expect.stringMatching(/30 keys.*"k9", 20 others\)$/) as string],
	])('%j is %s', (body, shape) => {
		expect(shapeOf(body)).toEqual(shape);
	});

	it.each<[unknown, string | undefined]>([
		[{ message: ' too long ' }, 'too long'],
		[{ error: 'too long' }, 'too long'],
		[{ error: { message: 'too long' } }, 'too long'],
		[{ errors: [{ message: 'too long' }] }, 'too long'],
		[{ message: '', error: 'too long' }, 'too long'],
		[{ message: 7, error: null, code: 4 }, undefined],
		[{ error: { caller: '+918530610172' } }, undefined],
		['upstream request timeout', 'upstream request timeout'],
		['limit is too large', 'limit is too large'],
		['she was in tears', undefined],
		['c1,2026-03-01,Ann,an error of hers', undefined],
		[{ _id: 'a', message: 'call her' }, undefined],
		['<html><title>502 Bad Gateway</title>', undefined],
		['[1', undefined],
		['x'.repeat(501), undefined],
		['', undefined],
		[null, undefined],
	])('what %j says is %j', (body, words) => {
		expect(messageIn(body)).toBe(words);
	});

	it('an error that holds itself is looked into only so far', () => {
		const error: { error?: unknown } = {};
		error.error = error;
		expect(messageIn(error)).toBeUndefined();
	});
});

import * as fc from 'fast-check';

import { parseBody } from '../../../../nodes/Samespace/transport/answers/body';

function parsed(body: unknown): unknown {
	return parseBody(JSON.stringify(body));
}

it('JSON is what it says', () => {
	fc.assert(fc.property(fc.jsonValue(), (body) => expect(parsed(body)).toEqual(JSON.parse(JSON.stringify(body)))));
});

it.each(['', ' ', '{"total": 2, "data": [{', '<!doctype html><html>', 'undefined', '$oid'])('%j is no JSON and stays as it is', (text) => {
	expect(parseBody(text)).toBe(text);
});

describe("Mongo's extended JSON becomes plain", () => {
	it.each<[unknown, unknown]>([
		[{ $oid: '65a3f0c2e4b0a1d2c3000001' }, '65a3f0c2e4b0a1d2c3000001'],
		[{ $date: '2026-03-01T10:00:00.000Z' }, '2026-03-01T10:00:00.000Z'],
		[{ $date: 1772359200000 }, '2026-03-01T10:00:00.000Z'],
		[{ $date: { $numberLong: '1772359200000' } }, '2026-03-01T10:00:00.000Z'],
		[{ $date: { $numberLong: '-1' } }, '1969-12-31T23:59:59.999Z'],
		[{ $date: 9e15 }, 9e15],
		[{ $date: 'yesterday' }, 'yesterday'],
	])('%j is %j', (sent, plain) => {
		expect(parsed({ total: 1, data: [{ _id: sent, start_time: sent }] })).toEqual({ total: 1, data: [{ _id: plain, start_time: plain }] });
		expect(parsed([sent])).toEqual([plain]);
	});

	it('wherever it stands', () => {
		const row = { csat: [{ _id: { $oid: 'a' }, timestamp: { $date: 0 } }], custom_data: { crm: { $oid: 'b' }, list: [{ $oid: 'c' }, 4] } };
		expect(parsed(row)).toEqual({
			csat: [{ _id: 'a', timestamp: '1970-01-01T00:00:00.000Z' }],
			custom_data: { crm: 'b', list: ['c', 4] },
		});
	});

	it.each([[{ $oid: { a: 1 } }], [{ $date: { toString: 'x' } }], [{ $date: [1] }], [{ $date: null }], [{ $oid: 7 }]])('%j is none, and stays as it is', (sent) => {
		expect(parsed([{ _id: sent }])).toEqual([{ _id: sent }]);
	});

	it('and everything else is left alone', () => {
		const row = { _id: { $oid: 'a' }, notes: 'paid $date of $oid', duration: 4.5, none: null, custom_data: { date: 1, empty: {}, none: [] }, conversation_tags: [] };
		expect(parsed(row)).toEqual({ ...row, _id: 'a' });
	});
});

describe('what is nested too deeply', () => {
	const nested = (levels: number): string => `{"data":[{"_id":"a","deep":${'[' .repeat(levels)}${']'.repeat(levels)}}]}`;

	it('is cut there, however deep it goes', () => {
		for (const levels of [200, 5_000, 1_000_000]) {
			const text = JSON.stringify(parseBody(nested(levels)));
			expect(text).toContain('"_id":"a"');
			expect(text).toContain('(nested too deeply)');
			expect(text.length).toBeLessThan(400);
		}
	});

	it('does not touch what is nested as records are', () => {
		expect(parseBody(nested(50))).toEqual(JSON.parse(nested(50)));
	});
});

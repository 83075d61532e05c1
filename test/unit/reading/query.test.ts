import { oneOf } from '../../../nodes/Samespace/reading';
import { isInRange, timeOf } from '../../../nodes/Samespace/reading/query';
import { calls, productivity, valueAt } from '../../../nodes/Samespace/reports';

const range = { start: Date.parse('2026-03-01T00:00:00Z'), end: Date.parse('2026-03-02T00:00:00Z') };

describe('a record lies in a range', () => {
	it.each([
		['2026-03-01T00:00:00.000Z', true],
		['2026-03-02T00:00:00.000Z', true],
		['2026-02-28T23:59:59.999Z', false],
		['2026-03-02T00:00:00.001Z', false],
		['2026-03-01T23:30:00-05:00', false],
	])('that ends and begins with a day: %s, %s', (start_time, isIn) => {
		expect(isInRange(timeOf({ start_time }, calls), range)).toBe(isIn);
	});

	it.each([{}, { start_time: null }, { start_time: '' }, { start_time: 'soon' }, { start_time: 5 }])(
		'if its time cannot be read: %j cannot be shown to lie outside',
		(record) => {
			expect(timeOf(record, calls)).toBeNull();
			expect(isInRange(null, range)).toBe(true);
		},
	);

	it('if rows are totals over the range, whatever times they hold', () => {
		expect(timeOf({ start_time: '1999-01-01T00:00:00Z' }, productivity)).toBeNull();
	});
});

describe('a condition on a field', () => {
	it.each([
		[{ status: 'answered' }, true],
		[{ status: 'Answered' }, false],
		[{ status: ['answered'] }, false],
		[{ status: null }, false],
		[{}, false],
	])('accepts only the values that are wanted: %j, %s', (record, accepted) => {
		expect(oneOf('status', ['answered', 'busy'], true).accepts(record)).toBe(accepted);
	});

	it('reaches into what a field holds by a path', () => {
		const record = { custom_data: { crm: { dial_id: 7 } }, 'a.b': 1, list: [{ x: 3 }] };
		expect(valueAt(record, 'custom_data.crm.dial_id')).toBe(7);
		expect(valueAt(record, 'custom_data.crm.dial_id.more')).toBeUndefined();
		expect(valueAt(record, 'custom_data.none.dial_id')).toBeUndefined();
		expect(valueAt(record, 'list.0.x')).toBe(3);
	});

	it('takes a field whose own name has dots before a path', () => {
		expect(valueAt({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe(1);
	});
});

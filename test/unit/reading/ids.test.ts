import * as fc from 'fast-check';

import { IdSet, keysOf } from '../../../nodes/Samespace/reading/ids';
import { calls } from '../../../nodes/Samespace/reports';

const anyId = fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: 'binary', maxLength: 30 }), fc.nat(5000).map((n) => objectId(n)));

describe('a set of ids', () => {
	it('says of each id what a plain set says', () => {
		fc.assert(
			fc.property(fc.array(anyId, { maxLength: 3000, size: 'max' }), (ids) => {
				const packed = new IdSet();
				const plain = new Set<string>();
				const answers = ids.map((id) => {
					const isNew = !plain.has(id);
					plain.add(id);
					return [packed.has(id), packed.add(id), packed.has(id), packed.size].join() === [!isNew, isNew, true, plain.size].join();
				});
				expect(answers).not.toContain(false);
			}),
			{ numRuns: 20 },
		);
	});

	it('takes in all ids of another set, and keeps its own', () => {
		const [some, others] = [setOf(['a', 'b']), setOf(['b', 'c', ...Array.from({ length: 5000 }, (_, n) => `n${n}`)])];
		some.addAll(others);
		expect(some.size).toBe(5003);
		for (const id of ['a', 'b', 'c', 'n0', 'n4999']) expect(some.has(id)).toBe(true);
		expect(some.has('d')).toBe(false);
		expect(others.size).toBe(5002);
	});

	it('tells a million ids apart that differ in little', () => {
		const set = new IdSet();
		for (let n = 0; n < 1_000_000; n += 1) set.add(n % 2 === 0 ? objectId(n) : `call-${n}`);
		expect(set.size).toBe(1_000_000);
		expect(set.has(objectId(999_998))).toBe(true);
		expect(set.has(objectId(999_999))).toBe(false);
	});

	it('tells ids apart that hold the same letters in another order, or differ only in length', () => {
		const ids = ['', '\0', '\0\0', 'ab', 'ba', 'aab', 'aba', 'baa', 'AB', 'ab ', ' ab', 'ab\0'];
		expect(setOf(ids).size).toBe(ids.length);
	});

	it('needs 32 bytes an id at the most, however long the ids are', () => {
		const set = new IdSet();
		for (let n = 0; n < 100_000; n += 1) set.add(`${'an id that is quite long, as ids go, and then some more '.repeat(2)}${n}`);
		const parts: unknown[] = Object.values(set);
		const bytes = parts.map((part) => (part instanceof Uint32Array ? part.byteLength : typeof part === 'number' ? 8 : Infinity));
		expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100_000 * 32);
		expect(set.size).toBe(100_000);
	});
});

describe('what tells a row from others', () => {
	it('is its id, as text or as a number, and its place among those of one id', () => {
		expect(keysOf([{ _id: 'a' }, { _id: 7 }, { _id: '7' }], calls)).toEqual(['a', '7', '7#1']);
	});

	it('is all that it holds where it has no id', () => {
		const rows = [{ caller: '1' }, { caller: '2' }, { _id: '', caller: '1' }, { _id: null, caller: '1' }];
		expect(new Set(keysOf(rows, calls)).size).toBe(4);
	});

	it('is its place among those of its page that are alike to the letter', () => {
		const [first, second] = [{ caller: '1' }, { caller: '1' }];
		expect(new Set(keysOf([first, second], calls)).size).toBe(2);
		expect(keysOf([first, second], calls)).toEqual(keysOf([second, first], calls));
	});

	it('is never taken for the id of another', () => {
		const row = { caller: '1' };
		expect(keysOf([row, { _id: JSON.stringify(row) }], calls)[0]).not.toBe(JSON.stringify(row));
	});
});

function setOf(ids: readonly string[]): IdSet {
	const set = new IdSet();
	for (const id of ids) set.add(id);
	return set;
}

/** As Mongo makes them: all but the last few letters are the same. */
function objectId(n: number): string {
	return `65a3f0c2e4b0a1d2c3${n.toString(16).padStart(6, '0')}`;
}

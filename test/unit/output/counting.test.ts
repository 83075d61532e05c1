import * as fc from 'fast-check';

import { Counts } from '../../../nodes/Samespace/output/summary/measures/counts';
import { createHeap, takeInOrder } from '../../../nodes/Samespace/output/summary/measures/heap';
import { createLatest } from '../../../nodes/Samespace/output/summary/measures/latest';
import { column, type Amount, type Counter } from '../../../nodes/Samespace/output/summary/measures/measure';
import { Numbers } from '../../../nodes/Samespace/output/summary/measures/numbers';
import { peak } from '../../../nodes/Samespace/output/summary/measures/peak';
import { histogram, percentile } from '../../../nodes/Samespace/output/summary/measures/percentile';

type Row = { [column: string]: unknown };

/** The figures of a table of one amount: rows come with their cells, parts of a row with the row. */
function counted<Value>(amount: Amount<Value>, rows: ReadonlyArray<readonly [row: Row, cell: number, whole?: Row]>): (cell: number) => Value {
	const counters = new Map<Amount, Counter>();
	const counterOf = <Of>(wanted: Amount<Of>): Counter<Of> => {
		const known = counters.get(wanted) ?? wanted.begin(counterOf);
		counters.set(wanted, known);
		return known as Counter<Of>;
	};
	const counter = counterOf(amount);
	for (const [row, cell, whole = row] of rows) for (const { add } of counters.values()) add?.(row, cell, whole);
	return (cell) => counter.value(cell);
}

it('items in order are those of a sort, however they lie', () => {
	fc.assert(fc.property(fc.uniqueArray(fc.integer(), { maxLength: 200 }), (items) => expect([...takeInOrder([...items], (one, other) => one < other)]).toEqual([...items].sort((a, b) => a - b))));
});

it('a heap returns the smallest item first, whatever went in and came out before', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.integer(), fc.constant('pop' as const)), { maxLength: 300 }), (steps) => {
			const heap = createHeap<number>((one, other) => one < other);
			const kept: number[] = [];
			for (const step of steps) {
				if (step !== 'pop') {
					heap.push(step);
					kept.push(step);
					kept.sort((a, b) => a - b);
				} else expect(heap.pop()).toBe(kept.shift());
				expect(heap.peek()).toBe(kept[0]);
			}
		}),
	);
});

it('counts of any codes in any cells are those of a plain map', () => {
	const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 ** 26 - 1 }))), { maxLength: 2000 });
	fc.assert(
		fc.property(pairs, (added) => {
			const counts = new Counts();
			const truth = new Map<number, Map<number, number>>();
			for (const [cell, code] of added) {
				counts.add(cell, code);
				const codes = truth.get(cell) ?? new Map<number, number>();
				truth.set(cell, codes.set(code, (codes.get(code) ?? 0) + 1));
			}
			for (let cell = 0; cell <= 301; cell += 1) expect(counts.of(cell)).toEqual([...(truth.get(cell) ?? [])].sort(([one], [other]) => one - other));
		}),
		{ numRuns: 50 },
	);
});

it('counts may go on after they were asked for', () => {
	const counts = new Counts();
	counts.add(1, 7);
	expect(counts.of(1)).toEqual([[7, 1]]);
	counts.add(1, 7);
	counts.add(1, 3);
	expect(counts.of(1)).toEqual([
		[3, 1],
		[7, 2],
	]);
});

it('numbers are kept for cells in any order', () => {
	const numbers = new Numbers(NaN);
	numbers.set(100_000, 5);
	expect([numbers.at(0), numbers.at(100_000), numbers.at(9e9)]).toEqual([NaN, 5, NaN]);
});

it('replace returns the previous value of each of a hundred thousand texts', () => {
	const latest = createLatest(Infinity);
	for (let number = 0; number < 100_000; number += 1) expect(latest.replace(String(number), number)).toBeNull();
	for (let number = 0; number < 100_000; number += 1) expect(latest.replace(String(number), 0)).toBe(number);
});

it('values within the retention time are never forgotten, and older ones eventually are', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat({ max: 300 }), fc.nat({ max: 20 })), { minLength: 200, maxLength: 600 }), (steps) => {
			const latest = createLatest(100);
			const truth = new Map<string, number>();
			let now = 0;
			for (const [number, pause] of steps) {
				now += pause;
				const before = truth.get(`${number}`) ?? null;
				const found = latest.replace(`${number}`, now);
				if (before !== null && before < now - 100) expect([before, null]).toContain(found);
				else expect(found).toBe(before);
				truth.set(`${number}`, now);
			}
		}),
	);
	const latest = createLatest(100);
	latest.replace('first', 0);
	for (let now = 1000; now < 2000; now += 1) latest.replace(`${now}`, now);
	expect(latest.replace('first', 2000)).toBeNull();
});

it('a percentile is the smallest value that so many rows do not exceed, in whole seconds', () => {
	fc.assert(
		fc.property(fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 200 }), (waits) => {
			const seconds = waits.map((wait) => Math.floor(wait + 0.5)).sort((a, b) => a - b);
			const truth = (share: number): number | undefined => seconds.find((value) => seconds.filter((other) => other <= value).length >= seconds.length * share);
			const lengths = histogram(column('wait'));
			for (const share of [0.5, 0.9]) expect(counted(percentile(lengths, share), waits.map((wait) => [{ wait }, 3]))(3)).toBe(truth(share));
		}),
	);
	expect(counted(percentile(histogram(column('wait')), 0.9), [])(0)).toBeNull();
});

describe('the peak', () => {
	const concurrent = peak('rows', { start: column('start'), end: column('end') });
	const people = peak('people', { start: column('start'), end: column('end'), who: ({ who }) => String(who) });

	/** At every instant at which something begins: how many rows, or different names, are under way. */
	function truth(rows: readonly Row[], nameOf: (row: Row) => unknown): number {
		const isUnderWay = (row: Row, at: number): boolean => Number(row.start) <= at && (row.end === null || at < Number(row.end));
		return Math.max(0, ...rows.map(({ start }) => new Set(rows.filter((row) => isUnderWay(row, Number(start))).map(nameOf)).size));
	}

	const times = fc.record({ start: fc.integer({ min: 0, max: 50 }), lasts: fc.option(fc.integer({ min: -3, max: 20 })), who: fc.constantFrom('a', 'b', 'c'), cell: fc.constantFrom(0, 1) });

	it('of any rows is what is under way at once, in each cell; what ends as another begins is over', () => {
		fc.assert(
			fc.property(fc.array(times, { maxLength: 60 }), (found) => {
				const rows = found.map(({ start, lasts, who, cell }) => ({ start, end: lasts === null ? null : start + lasts, who, cell })).sort((a, b) => a.start - b.start);
				const values = counted(concurrent, rows.map((row) => [row, row.cell]));
				const names = counted(people, rows.map((row) => [row, row.cell]));
				for (const cell of [0, 1]) {
					const own = rows.filter((row) => row.cell === cell);
					expect(values(cell)).toBe(truth(own, (row) => row));
					expect(names(cell)).toBe(truth(own, ({ who }) => who));
				}
			}),
		);
	});

	it('of parts of rows is right, though a part of an earlier row comes after a later row', () => {
		fc.assert(
			fc.property(fc.array(times, { maxLength: 40 }), (found) => {
				const rows = found.map(({ start, lasts }) => ({ start, end: start + Math.max(1, lasts ?? 20) })).sort((a, b) => a.start - b.start);
				const parts = rows.flatMap((row) => partsOf(row).map((part) => ({ part, whole: row })));
				const values = counted(concurrent, parts.map(({ part, whole }) => [part, part.start % 10, whole]));
				for (let cell = 0; cell < 10; cell += 1) {
					const own = parts.map(({ part }) => part).filter(({ start }) => start % 10 === cell);
					expect(values(cell)).toBe(truth(own, (row) => row));
				}
			}),
		);
	});

	/** One part for each unit of time. */
	function partsOf({ start, end }: { start: number; end: number }): Array<{ start: number; end: number }> {
		return Array.from({ length: end - start }, (_, at) => ({ start: start + at, end: start + at + 1 }));
	}
});

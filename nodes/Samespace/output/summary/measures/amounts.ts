import type { Row } from '../../plan';
import { Counts } from './counts';
import { createDistinct } from './distinct';
import { holdAll, isKnown, textIn, whereText, type Amount, type Condition, type Counter, type Figure } from './measure';
import { Numbers } from './numbers';

/** The list in each row whose elements are counted instead of the rows. */
export interface Each {
	each?: string;
}

/** How many rows there are. */
export function count(where: readonly Condition[] = [], { each }: Each = {}): Amount<number> {
	return { says: `count${listText(each)}${whereText(where)}`, begin: () => totals(where, each, () => 1) };
}

/** The sum of a figure. A row without it adds nothing. */
export function sum(figure: Figure, where: readonly Condition[] = [], { each }: Each = {}): Amount<number> {
	return { says: `sum of ${figure.says}${listText(each)}${whereText(where)}`, begin: () => totals(where, each, (row) => figure.read(row) ?? 0) };
}

/** How many different texts there are. */
export function distinct({ says, read }: { says: string; read(row: Row): string | null }, where: readonly Condition[] = []): Amount<number> {
	return {
		says: `count of distinct ${says}${whereText(where)}`,
		begin() {
			const seen = createDistinct();
			return totals(where, undefined, (row, cell) => {
				const text = read(row);
				return text !== null && seen.add(cell, text) ? 1 : 0;
			});
		},
	};
}

/** `of` ÷ `over` × `times`: null over nothing. */
export function ratio(of: Amount<number>, over: Amount<number>, times = 1): Amount<number | null> {
	return {
		says: `(${of.says}) ÷ (${over.says})${times === 1 ? '' : ` × ${times}`}`,
		begin(counterOf) {
			const [numerator, denominator] = [counterOf(of), counterOf(over)];
			return {
				value(cell) {
					const below = denominator.value(cell);
					return below <= 0 ? null : (numerator.value(cell) * times) / below;
				},
			};
		},
	};
}

/** The mean of a figure over the rows that have it. */
export function average(figure: Figure, where: readonly Condition[] = []): Amount<number | null> {
	return ratio(sum(figure, where), count([...where, isKnown(figure)]));
}

/** One amount less another. */
export function difference(of: Amount<number>, less: Amount<number>): Amount<number> {
	return {
		says: `(${of.says}) − (${less.says})`,
		begin(counterOf) {
			const [whole, part] = [counterOf(of), counterOf(less)];
			return { value: (cell) => whole.value(cell) - part.value(cell) };
		},
	};
}

/** Two amounts together. */
export function together(one: Amount<number>, other: Amount<number>): Amount<number> {
	return {
		says: `(${one.says}) + (${other.says})`,
		begin(counterOf) {
			const [first, second] = [counterOf(one), counterOf(other)];
			return { value: (cell) => first.value(cell) + second.value(cell) };
		},
	};
}

/** How often each text comes: `{ text: count }`, the most frequent first, but for texts that are whole numbers: an object has those first. */
export function tally(says: string, textsOf: (row: Row) => ReadonlyArray<string | null>): Amount<{ [text: string]: number }> {
	return {
		says: `count of each ${says}`,
		begin() {
			const texts = new Map<string, number>();
			const names: string[] = [];
			const counts = new Counts();
			return {
				add(row, cell) {
					for (const text of textsOf(row)) {
						if (text === null) continue;
						const known = texts.get(text) ?? names.push(text) - 1;
						texts.set(text, known);
						counts.add(cell, known);
					}
				},
				value(cell) {
					const entries = counts.of(cell).map(([at, times]): [string, number] => [names[at], times]);
					return Object.fromEntries(entries.sort(mostFirst));
				},
			};
		},
	};
}

/** How often each text of a column comes. */
export function tallyOf(column: string): ReturnType<typeof tally> {
	return tally(column, (row) => [textIn(row[column])]);
}

function mostFirst([textA, countA]: [string, number], [textB, countB]: [string, number]): number {
	return countB - countA || (textA < textB ? -1 : 1);
}

function totals(where: readonly Condition[], each: string | undefined, amountOf: (row: Row, cell: number) => number): Counter<number> {
	const numbers = new Numbers();
	const add = (row: Row, cell: number): void => {
		if (holdAll(where, row)) numbers.add(cell, amountOf(row, cell));
	};
	return {
		add: each === undefined ? add : (row, cell) => {
			for (const element of row[each] as readonly Row[]) add(element, cell);
		},
		value: (cell) => numbers.at(cell),
	};
}

function listText(each: string | undefined): string {
	return each === undefined ? '' : ` over ${each}`;
}

import type { Row } from '../plan';
import { valuesInOrder, type Group, type GroupValue } from './group';
import type { Amount, Counter, CounterOf, Measure } from './measures/measure';
import type { Spread } from './measures/stays';

/** Figures of groups. It keeps figures only, never a row. */
export interface Table {
	/** @param whole the row that it is a part of, where it is one */
	add(row: Row, whole?: Row): void;
	/** One row a group, sorted by the groups; without groups always one. Each is made when it is taken. */
	rows(): Iterable<Row>;
}

/** The way to a group's cell: one branch for the value of each group. */
interface Branch {
	cell: number | null;
	branches: Map<GroupValue, Branch> | null;
}

type Add = NonNullable<Counter['add']>;

/**
 * A table with a row for each combination of the groups' values, and a column for each measure.
 *
 * @param spread cuts a row into parts, for the measures that are counted wherever a row spreads to
 */
export function createTable(measures: readonly Measure[], groups: readonly Group[], spread: Spread | null = null): Table {
	const cells: GroupValue[][] = [];
	const root: Branch = { cell: null, branches: null };
	const isInSeveral = groups.some(({ all }) => all !== undefined);
	const adders: Add[] = [];
	const spreadAdders: Add[] = [];
	const counterOf = countersFor(({ isSpread }, add) => (isSpread && spread !== null ? spreadAdders : adders).push(add));
	const figures = measures.map(({ name, amount }) => ({ name, counter: counterOf(amount) }));

	function cellAt(values: readonly GroupValue[]): number {
		let branch = root;
		for (const value of values) branch = follow(branch, value);
		branch.cell ??= cells.push([...values]) - 1;
		return branch.cell;
	}

	/** The same for a row that is in one cell alone, as most are. */
	function onlyCellOf(row: Row): number {
		let branch = root;
		for (const { of } of groups) branch = follow(branch, of(row));
		branch.cell ??= cells.push(groups.map(({ of }) => of(row))) - 1;
		return branch.cell;
	}

	function addTo(row: Row, whole: Row, add: readonly Add[]): void {
		if (!isInSeveral) {
			const cell = onlyCellOf(row);
			for (const one of add) one(row, cell, whole);
			return;
		}
		for (const values of valuesOf(groups, row)) {
			const cell = cellAt(values);
			for (const one of add) one(row, cell, whole);
		}
	}

	function rowOf(values: GroupValue[], cell: number): Row {
		const row: Row = {};
		groups.forEach(({ name }, at) => {
			row[name] = values[at];
		});
		for (const { name, counter } of figures) row[name] = rounded(counter.value(cell));
		return row;
	}

	return {
		add(row, whole = row) {
			addTo(row, whole, adders);
			if (spread === null || spreadAdders.length === 0) return;
			for (const part of spread(row)) addTo(part, whole, spreadAdders);
		},
		*rows() {
			if (groups.length === 0) {
				yield rowOf([], 0);
				return;
			}
			for (const cell of cellsIn(root, groups)) yield rowOf(cells[cell], cell);
		},
	};
}

/** Each amount is counted once in a table, however many figures are made of it. */
function countersFor(register: (amount: Amount, add: Add) => void): CounterOf {
	const counters = new Map<Amount, Counter>();
	const counterOf = (amount: Amount): Counter => {
		const known = counters.get(amount);
		if (known !== undefined) return known;
		const counter = amount.begin(counterOf as CounterOf);
		counters.set(amount, counter);
		if (counter.add !== undefined) register(amount, counter.add.bind(counter));
		return counter;
	};
	return counterOf as CounterOf;
}

/** The rows of elements, such as questions of a survey, with figures of their own: a list in a cell. */
export function tableOf(each: string, groups: readonly Group[], measures: readonly Measure[]): Amount<Row[]> {
	return {
		says: `${each} by ${groups.map(({ name }) => name).join(', ')}`,
		measures,
		begin() {
			const inCells: Table[] = [];
			return {
				add(row, cell, whole) {
					for (const element of row[each] as readonly Row[]) (inCells[cell] ??= createTable(measures, groups)).add(element, whole);
				},
				value: (cell) => [...(inCells[cell]?.rows() ?? [])],
			};
		},
	};
}

/** Every combination of groups that a row is in: mostly one. */
function valuesOf(groups: readonly Group[], row: Row): GroupValue[][] {
	let found: GroupValue[][] = [[]];
	for (const { of, all } of groups) {
		if (all === undefined) {
			const value = of(row);
			for (const values of found) values.push(value);
		} else {
			const values = all(row);
			found = found.flatMap((before) => values.map((value) => [...before, value]));
		}
	}
	return found;
}

/** A figure as people read it: two decimals. */
function rounded(value: unknown): unknown {
	if (typeof value !== 'number') return value;
	// As it is written: 1.005 × 100 is less than 100.5.
	const hundredfold = Number(`${value}e2`);
	return Number.isFinite(hundredfold) ? Math.round(hundredfold) / 100 : Math.round(value * 100) / 100;
}

/** The cells below a branch, in the order of the groups' values. */
function* cellsIn({ cell, branches }: Branch, [group, ...further]: readonly Group[]): Generator<number> {
	if (cell !== null) yield cell;
	if (branches === null) return;
	for (const value of valuesInOrder(group, branches.keys())) yield* cellsIn(branches.get(value) as Branch, further);
}

function follow(branch: Branch, value: GroupValue): Branch {
	branch.branches ??= new Map();
	const known = branch.branches.get(value);
	if (known !== undefined) return known;
	const next: Branch = { cell: null, branches: null };
	branch.branches.set(value, next);
	return next;
}

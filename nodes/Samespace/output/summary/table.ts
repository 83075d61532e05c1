import type { Row } from '../plan';
import { figureOf, type Table, type TableFigure } from './figure';
import { compareRows, type Group, type GroupValue } from './group';
import type { Measure } from './measure';

/** The way to a group's cell: one branch for the value of each group. */
interface Branch {
	cell: number | null;
	branches: Map<GroupValue, Branch> | null;
}

/** A table with a row for each combination of the groups' values, and a column for each measure. */
export function createTable(measures: readonly Measure[], groups: readonly Group[]): Table {
	const figures: TableFigure[] = measures.map((measure) => figureOf(measure, createTable));
	const cells: GroupValue[][] = [];
	const root: Branch = { cell: null, branches: null };

	function cellOf(row: Row): number {
		let branch = root;
		for (const group of groups) branch = follow(branch, group.of(row));
		if (branch.cell === null) branch.cell = cells.push(groups.map((group) => group.of(row))) - 1;
		return branch.cell;
	}

	function rowOf(values: GroupValue[], cell: number): Row {
		const row: Row = {};
		groups.forEach(({ name }, at) => {
			row[name] = values[at];
		});
		for (const figure of figures) row[figure.name] = rounded(figure.value(cell));
		return row;
	}

	return {
		add(row) {
			const cell = cellOf(row);
			for (const figure of figures) figure.add(row, cell);
		},
		rows() {
			if (groups.length === 0) return [rowOf([], 0)];
			return cells.map(rowOf).sort((a, b) => compareRows(groups, a, b));
		},
	};
}

/** A figure as people read it: two decimals. */
function rounded(value: unknown): unknown {
	if (typeof value !== 'number') return value;
	// As it is written: 1.005 × 100 is less than 100.5.
	const hundredfold = Number(`${value}e2`);
	return Number.isFinite(hundredfold) ? Math.round(hundredfold) / 100 : Math.round(value * 100) / 100;
}

function follow(branch: Branch, value: GroupValue): Branch {
	branch.branches ??= new Map();
	const known = branch.branches.get(value);
	if (known !== undefined) return known;
	const next: Branch = { cell: null, branches: null };
	branch.branches.set(value, next);
	return next;
}

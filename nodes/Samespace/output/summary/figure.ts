import type { Row } from '../plan';
import { createDistinct } from './distinct';
import { columnGroup, type Group, type GroupValue } from './group';
import { textIn, type Amount, type Measure } from './measure';

type Add = (row: Row, cell: number) => void;

/** A measure at work: its figures for every cell of a table. */
export interface TableFigure {
	name: string;
	add: Add;
	value(cell: number): unknown;
}

/** Figures of groups. It keeps figures only, never a row. */
export interface Table {
	add(row: Row): void;
	/** One row a group, sorted by the groups; without groups always one. */
	rows(): Row[];
}

/** Tables in a table are made with the function that makes tables. */
type TableMaker = (measures: readonly Measure[], groups: readonly Group[]) => Table;

/** Starts the figures of a measure. */
export function figureOf(measure: Measure, makeTable: TableMaker): TableFigure {
	const { name } = measure;
	switch (measure.is) {
		case 'ratio':
			return { name, ...ratio(measure) };
		case 'tally':
			return tally(measure);
		case 'table':
			return tables(measure, makeTable);
		default:
			return { name, ...total(measure) };
	}
}

type MeasureThat<Is extends Measure['is']> = Extract<Measure, { is: Is }>;

interface Total {
	add: Add;
	value(cell: number): number;
}

function total(amount: Amount): Total {
	const totals: number[] = [];
	const amountIn = amountReader(amount);
	return {
		add: counted(amount, (row, cell) => {
			totals[cell] = (totals[cell] ?? 0) + amountIn(row, cell);
		}),
		value: (cell) => totals[cell] ?? 0,
	};
}

function amountReader({ is, of, by }: Amount): (row: Row, cell: number) => number {
	if (is === 'count') return () => 1;
	if (is === 'sum') return (row) => of?.read(row) ?? 0;
	const seen = createDistinct();
	return (row, cell) => {
		const text = by?.read(row) ?? null;
		return text !== null && seen.add(cell, text) ? 1 : 0;
	};
}

function ratio({ of, over, times = 1 }: MeasureThat<'ratio'>): Omit<TableFigure, 'name'> {
	const [numerator, denominator] = [total(of), total(over)];
	return {
		add(row, cell) {
			numerator.add(row, cell);
			denominator.add(row, cell);
		},
		value: (cell) => (denominator.value(cell) === 0 ? null : (numerator.value(cell) * times) / denominator.value(cell)),
	};
}

/** Texts in the order of their counts, the most frequent first. */
function tally(measure: MeasureThat<'tally'>): TableFigure {
	const tallies: Array<Map<string, number>> = [];
	return {
		name: measure.name,
		add: counted(measure, (row, cell) => {
			const text = textIn(row[measure.of]);
			if (text === null) return;
			const counts = (tallies[cell] ??= new Map());
			counts.set(text, (counts.get(text) ?? 0) + 1);
		}),
		value: (cell) => Object.fromEntries([...(tallies[cell] ?? [])].sort(byCount)),
	};
}

function byCount([textA, countA]: [string, number], [textB, countB]: [string, number]): number {
	return countB - countA || (textA < textB ? -1 : 1);
}

function tables({ name, each, columns, measures }: MeasureThat<'table'>, makeTable: TableMaker): TableFigure {
	const groups = columns.map((column) => columnGroup(column, (row) => groupValueIn(row[column])));
	const inCells: Table[] = [];
	return {
		name,
		add: counted({ each }, (row, cell) => (inCells[cell] ??= makeTable(measures, groups)).add(row)),
		value: (cell) => inCells[cell]?.rows() ?? [],
	};
}

function groupValueIn(value: unknown): GroupValue {
	return typeof value === 'number' ? value : textIn(value);
}

/** Adds what a measure counts: the row or each element of its list, where all conditions hold. */
function counted({ each, where = [] }: Pick<Amount, 'each' | 'where'>, add: Add): Add {
	const addWhere: Add = where.length === 0 ? add : (row, cell) => {
		for (const condition of where) if (!condition.holds(row)) return;
		add(row, cell);
	};
	if (each === undefined) return addWhere;
	return (row, cell) => {
		for (const element of row[each] as readonly Row[]) addWhere(element, cell);
	};
}

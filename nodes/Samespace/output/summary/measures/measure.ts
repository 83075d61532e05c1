import { numberReader } from '../../../reports';
import type { Row } from '../../plan';

/** A number read from a row, null where the row has none. `says` stands for it in formulas. */
export interface Figure {
	says: string;
	read(row: Row): number | null;
}

export interface Condition {
	says: string;
	holds(row: Row): boolean;
}

/** Something that is worked out for each cell of a table: a count, a sum, a rate, a list. */
export interface Amount<Value = unknown> {
	/** Its formula, as it stands in docs/formulas.md. */
	says: string;
	/** Whether it is counted wherever a row spreads to (see stays.ts), rather than once, where the row begins. */
	isSpread?: boolean;
	/** For a list of rows: their figures. */
	measures?: readonly Measure[];
	/** Starts counting for one table. `counterOf` gives the counter of another amount of the same table, so that none is counted twice. */
	begin(counterOf: CounterOf): Counter<Value>;
}

export type CounterOf = <Value>(amount: Amount<Value>) => Counter<Value>;

export interface Counter<Value = unknown> {
	/** Takes a row into a cell; `whole` is the row that it is a part of, or the row itself. Rows come in the order of their times. */
	add?(row: Row, cell: number, whole: Row): void;
	/** Once all rows are in. */
	value(cell: number): Value;
}

/** One figure of a summary. A count over nothing is 0; a rate over nothing is null. */
export interface Measure {
	/** Name of the metric in saved workflows, and of the column in the summary's item. */
	name: string;
	/** What it tells, as the form says it, with its unit. */
	about: string;
	/** Whether it is selected by default. */
	isUsual?: boolean;
	amount: Amount;
}

/** A metric that is selected by default. */
export function usual(name: string, about: string, amount: Amount): Measure {
	return { name, about, isUsual: true, amount };
}

/** A metric that can be chosen. */
export function further(name: string, about: string, amount: Amount): Measure {
	return { name, about, amount };
}

/** A figure that several measures read: computed once for each row. */
export function figure(says: string, read: Figure['read']): Figure {
	return { says, read: once(read) };
}

/** A condition that several measures check: once for each row. */
export function condition(says: string, holds: Condition['holds']): Condition {
	return { says, holds: once(holds) };
}

/** Reads each row once, however often in a row it is asked. */
export function once<Value>(read: (row: Row) => Value): (row: Row) => Value {
	let last: Row | undefined;
	let value: Value;
	return (row) => {
		if (last !== row) {
			value = read(row);
			last = row;
		}
		return value;
	};
}

/** The conditions, as they end a formula. */
export function whereText(where: readonly Condition[]): string {
	return where.length === 0 ? '' : ` where ${where.map(({ says }) => says).join(' and ')}`;
}

/** Whether all conditions hold of a row. */
export function holdAll(where: readonly Condition[], row: Row): boolean {
	for (const { holds } of where) if (!holds(row)) return false;
	return true;
}

/** A column's number, of a duration its seconds; text that holds one counts as one. */
export function column(name: string): Figure {
	const numberIn = numberReader(name);
	return { says: name, read: (row) => numberIn(row[name]) };
}

/** The text of a column. */
export function textOf(name: string): { says: string; read(row: Row): string | null } {
	return { says: name, read: (row) => textIn(row[name]) };
}

/** Whether a column holds a number. */
export function isNumber(name: string): Condition {
	const { read } = column(name);
	return { says: `${name} is a number`, holds: (row) => read(row) !== null };
}

/** Whether a column holds anything but null, nothing, and blank text. */
export function isThere(name: string): Condition {
	return { says: `${name} is set`, holds: (row) => textIn(row[name]) !== null };
}

/** Whether a row has the figure. */
export function isKnown({ says, read }: Figure): Condition {
	return { says: `${says} is known`, holds: (row) => read(row) !== null };
}

/** A value as text that names something: null for null, nothing, blank text, lists and objects. */
export function textIn(value: unknown): string | null {
	if (typeof value === 'string') return value.trim() === '' ? null : value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

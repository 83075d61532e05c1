import { instantIn as instantOfText, numberIn } from '../../reports';
import type { Row } from '../plan';

/** A number read from a row, null where the row has none. `says` stands for it in formulas. */
export interface Figure {
	says: string;
	read(row: Row): number | null;
}

export interface Condition {
	says: string;
	holds(row: Row): boolean;
}

/** What is added up: rows, or the elements of a list in each row. */
export interface Amount {
	is: 'count' | 'sum' | 'distinct';
	/** For a sum: the number. */
	of?: Figure;
	/** For a distinct count: the text by which two are told apart; null is not counted. */
	by?: { says: string; read(row: Row): string | null };
	/** The list in each row whose elements are counted instead of the rows. */
	each?: string;
	/** All must hold. */
	where?: readonly Condition[];
}

interface Named {
	/** Name of the metric in saved workflows, and of the column in the summary's item. */
	name: string;
	/** Whether it is chosen to begin with. */
	isUsual?: boolean;
}

/** One figure of a summary. A group's figures start at 0; a ratio over nothing is null. */
export type Measure = Named &
	(
		| Amount
		/** `of` ÷ `over` × `times`. */
		| { is: 'ratio'; of: Amount; over: Amount; times?: number }
		/** How often each text of a column comes: `{ text: count }`. */
		| { is: 'tally'; of: string; each?: string; where?: readonly Condition[] }
		/** A table of the elements of a list: one row for each combination of the columns `columns`, with measures of its own. */
		| { is: 'table'; each: string; columns: readonly string[]; measures: readonly Measure[] }
	);

/** The formula of a measure in words, as it stands in docs/formulas.md. */
export function formulaOf(measure: Measure): string {
	switch (measure.is) {
		case 'ratio':
			return `(${amountText(measure.of)}) ÷ (${amountText(measure.over)})${measure.times === undefined ? '' : ` × ${measure.times}`}`;
		case 'tally':
			return `count of each ${measure.of}${ofEach(measure)}`;
		case 'table':
			return `${measure.each} by ${measure.columns.join(', ')}`;
		default:
			return amountText(measure);
	}
}

function amountText(amount: Amount): string {
	const what = { count: 'count', sum: `sum of ${amount.of?.says}`, distinct: `count of distinct ${amount.by?.says}` }[amount.is];
	return `${what}${ofEach(amount)}`;
}

function ofEach({ each, where = [] }: Pick<Amount, 'each' | 'where'>): string {
	const list = each === undefined ? '' : ` over ${each}`;
	return where.length === 0 ? list : `${list} where ${where.map((condition) => condition.says).join(' and ')}`;
}

/** A column's number; text that holds a number counts as one. */
export function column(name: string): Figure {
	return { says: name, read: (row) => numberIn(row[name]) };
}

/** The text of a column. */
export function textOf(name: string): NonNullable<Amount['by']> {
	return { says: name, read: (row) => textIn(row[name]) };
}

/** Whether a column holds this text. */
export function equals(name: string, text: string): Condition {
	return { says: `${name} = ${text}`, holds: (row) => row[name] === text };
}

/** Whether a column holds a number. */
export function isNumber(name: string): Condition {
	return { says: `${name} is a number`, holds: (row) => numberIn(row[name]) !== null };
}

/** Whether a column holds anything but null, nothing, and blank text. */
export function isThere(name: string): Condition {
	return { says: `${name} is set`, holds: (row) => textIn(row[name]) !== null };
}

/** A value as text that names something: null for null, nothing, blank text, lists and objects. */
export function textIn(value: unknown): string | null {
	if (typeof value === 'string') return value.trim() === '' ? null : value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

const isoInstant = /^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:?\d{2})$/;

/** ISO 8601 text with an offset as ms since 1970. Without an offset nobody knows the instant: null. */
export function instantIn(value: unknown): number | null {
	return typeof value === 'string' && isoInstant.test(value) ? instantOfText(value) : null;
}

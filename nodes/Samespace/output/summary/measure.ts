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

interface Counted {
	/** Name of the column in the summary's item. */
	name: string;
	/** The list in each row whose elements are counted instead of the rows. */
	each?: string;
	/** All must hold. */
	where?: readonly Condition[];
}

/** One column of a summary. A group's figures start at 0; a ratio over nothing is null. */
export type Measure =
	| (Counted & { is: 'count' })
	| (Counted & { is: 'sum'; of: Figure })
	/** `of` ÷ `over`, both names of measures beside it, times `times`. */
	| { is: 'ratio'; name: string; of: string; over: string; times?: number }
	/** How many different texts a column has. */
	| (Counted & { is: 'distinct'; of: string })
	/** How often each text of a column comes: `{ text: count }`. */
	| (Counted & { is: 'tally'; of: string })
	/** A table of the elements of a list: one row for each combination of the columns `by`, with measures of its own. */
	| { is: 'table'; name: string; each: string; by: readonly string[]; measures: readonly Measure[] };

/** The formula of a measure in words, as it stands in docs/formulas.md. */
export function formulaOf(measure: Measure): string {
	switch (measure.is) {
		case 'count':
			return `count${ofEach(measure)}`;
		case 'sum':
			return `sum of ${measure.of.says}${ofEach(measure)}`;
		case 'ratio':
			return `${measure.of} ÷ ${measure.over}${measure.times === undefined ? '' : ` × ${measure.times}`}`;
		case 'distinct':
			return `count of different ${measure.of}${ofEach(measure)}`;
		case 'tally':
			return `count of each ${measure.of}${ofEach(measure)}`;
		case 'table':
			return `${measure.each} by ${measure.by.join(', ')}`;
	}
}

function ofEach({ each, where = [] }: Counted): string {
	const list = each === undefined ? '' : ` over ${each}`;
	return where.length === 0 ? list : `${list} where ${where.map((condition) => condition.says).join(' and ')}`;
}

/** A column's number; text that holds a number counts as one. */
export function column(name: string): Figure {
	return { says: name, read: (row) => numberIn(row[name]) };
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
	return { says: `${name} is there`, holds: (row) => textIn(row[name]) !== null };
}

/** The opposite of a condition. */
export function not({ says, holds }: Condition): Condition {
	return { says: `not (${says})`, holds: (row) => !holds(row) };
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

import type { Condition } from '../reading';
import { longestPath, numberReader, phoneKeyOf, valueAt, type RatingBounds, type ReportDefinition, type ReportRecord } from '../reports';
import type { Field } from './field/field';
import { ParameterProblem } from './field/problem';
import { isPlain } from './field/values';

/**
 * What a filter does: what the API is asked for, and what every record must meet whatever it was asked. A filter that the vendor's page
 * does not show is never sent: an API that reads it otherwise than we do would hide rows.
 */
export interface Effect {
	sent?: ReadonlyArray<readonly [name: string, value: unknown]>;
	conditions?: Condition[];
	rating?: RatingBounds;
}

/** A condition that the API is not asked for. */
export function appliedHere(accepts: Condition['accepts']): Condition {
	return { sent: false, accepts };
}

/** Applied here whatever the API does: one of the record's texts must be one of those entered, white space and capitals aside. */
export function textEffect(entered: readonly string[], textsOf: (record: ReportRecord) => readonly unknown[]): Effect {
	const wanted = new Set(entered.map(plainText));
	return wanted.size === 0 ? {} : { conditions: [appliedHere((record) => textsOf(record).some((text) => isPlain(text) && wanted.has(plainText(text))))] };
}

function plainText(value: string | number | boolean): string {
	return String(value).trim().toLowerCase();
}

/** The text of an id that is written as `{ "$oid": "…" }`. */
export function plainId(id: unknown): unknown {
	return typeof id === 'object' && id !== null && Object.hasOwn(id, '$oid') ? (id as { $oid: unknown }).$oid : id;
}

/** The caller or the callee must be one of the numbers: see `phoneKeyOf` for when two are one. */
export function phoneEffect(numbers: readonly string[]): Effect {
	const wanted = new Set(numbers.map(phoneKeyOf));
	const isWanted = (value: unknown): boolean => wanted.has(phoneKeyOf(value) ?? '');
	return numbers.length === 0 ? {} : { conditions: [appliedHere(({ caller, callee }) => isWanted(caller) || isWanted(callee))] };
}

/** Both bounds of a filter, inclusive; null is open. @throws ParameterProblem where the lower one is above the upper one */
export function boundsIn([minField, min]: [Field<unknown>, unknown], [maxField, max]: [Field<unknown>, unknown]): RatingBounds {
	const bounds = { min: (min ?? null) as number | null, max: (max ?? null) as number | null };
	if (bounds.min !== null && bounds.max !== null && bounds.min > bounds.max) {
		throw new ParameterProblem(`'${minField.label}' (${bounds.min}) is above '${maxField.label}' (${bounds.max})`, 'Swap them, or clear one of them.');
	}
	return bounds;
}

/** A condition for each bound that was entered, so that a hint can name the one that a record does not meet. */
export function withinBounds(bounds: RatingBounds, [minField, maxField]: [Field<unknown>, Field<unknown>], within: (bounds: RatingBounds) => Condition['accepts']): Condition[] {
	return [
		...(bounds.min === null ? [] : [{ ...appliedHere(within({ ...bounds, max: null })), label: minField.label }]),
		...(bounds.max === null ? [] : [{ ...appliedHere(within(bounds)), label: maxField.label }]),
	];
}

/** Whether a column holds a number within the bounds. A record without one can't be shown to lie there. */
export function isNumberWithin(column: string, { min, max }: RatingBounds): Condition['accepts'] {
	const numberIn = numberReader(column);
	return (record) => {
		const number = numberIn(record[column]);
		return number !== null && number >= (min ?? -Infinity) && number <= (max ?? Infinity);
	};
}

const timeFields: ReadonlySet<string> = new Set(['start_time', 'end_time']);

/** Filters of the user's own: sent as they are. Those that name a column, with a plain value, are held against the rows too. */
export function customEffect(fields: ReadonlyArray<[name: string, value: unknown]>, report: ReportDefinition): Effect {
	const conditions: Condition[] = [];
	for (const [name, value] of fields) {
		if (timeFields.has(name)) throw new ParameterProblem(`'Custom Filters' contains '${name}'`, 'Remove it. The node sets the times of each request itself.');
		const values = Array.isArray(value) ? (value as unknown[]) : [value];
		const isColumn = name.length <= longestPath && report.columns.some((column) => column.name === name.split('.')[0]);
		const isInRows = report.filters.every(({ field, inRows }) => field !== name || inRows);
		if (isColumn && isInRows && values.length > 0 && values.every(isPlain)) conditions.push(hasText(name, values));
	}
	return { sent: fields, conditions };
}

/** Compared as text, white space aside, since an API may take '12' for 12. What is a list or an object can't be held against a plain value. */
function hasText(path: string, values: readonly unknown[]): Condition {
	const wanted = new Set(values.map((value) => String(value).trim()));
	const isWanted = (value: unknown): boolean => wanted.has(String(value).trim());
	const accepts: Condition['accepts'] = (record) => {
		const value = valueAt(record, path);
		if (Array.isArray(value)) return value.some((element) => !isPlain(element) || isWanted(element));
		if (value === undefined && path.includes('.') && hasListOn(record, path)) return true;
		return isPlain(value) && isWanted(value);
	};
	return { sent: true, filter: path, accepts };
}

/** Whether a dotted path runs into a list, as `csat.answer` does. */
function hasListOn(record: ReportRecord, path: string): boolean {
	let value: unknown = record;
	for (const step of path.split('.')) {
		value = valueAt(value, step);
		if (Array.isArray(value)) return true;
	}
	return false;
}

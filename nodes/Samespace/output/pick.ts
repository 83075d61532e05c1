import { valueAt } from '../reports';
import type { Row } from './plan';

/** Makes a row of just these columns; what a record lacks is null, so that every item has the same keys. */
export function simplifier(columns: readonly string[]): (row: Row) => Row {
	return (row) => {
		const simplified: Row = {};
		for (const column of columns) simplified[column] = row[column] ?? null;
		return simplified;
	};
}

/**
 * Makes a flat row with one key a path, in the order of the paths. A path is a field's name or leads into nested values by
 * dots (`custom_data.crm.id`, `csat.0.answer`); a field whose own name has dots comes first. A missing value is null.
 */
export function pathPicker(paths: readonly string[]): (row: Row) => Row {
	const unique = [...new Set(paths)];
	// fromEntries makes own keys of whatever is typed, `__proto__` too.
	return (row) => Object.fromEntries(unique.map((path) => [path, valueAt(row, path) ?? null]));
}

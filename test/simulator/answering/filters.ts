/** A scalar is matched by equality, a list by membership; the empty list matches everything. */
export type Filters = Record<string, unknown>;

/** Whether a record matches every filter. Names may be paths: `custom_data.dial_id`. */
export function matches(record: object, filters: Filters): boolean {
	return Object.entries(filters).every(([name, wanted]) => {
		if (Array.isArray(wanted) && wanted.length === 0) return true;
		const value = valueAt(record, name);
		return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
	});
}

/** Whether no filter can leave anything out. */
export function filtersNothing(filters: Filters): boolean {
	return Object.values(filters).every((wanted) => Array.isArray(wanted) && wanted.length === 0);
}

function valueAt(record: object, path: string): unknown {
	let value: unknown = record;
	for (const step of path.split('.')) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = (value as Record<string, unknown>)[step];
	}
	return value;
}

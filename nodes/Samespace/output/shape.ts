import { valueAt, type ColumnType } from '../reports';
import { createIsoText } from './calendar';
import { createFollowUps } from './followUps';
import type { OutputPlan, Row, Shape } from './plan';
import { columnsOf, simplifiedOf } from './rows';
import { createSummary } from './summary';

/** What the items of a plan hold. */
export function shapeOf(plan: OutputPlan): Shape {
	switch (plan.output) {
		case 'raw':
			return eachRow(columnsOf(plan), (row) => row);
		case 'simplified':
			return eachRow(simplifiedOf(plan), fieldPicker(simplifiedOf(plan), plan));
		case 'selectedFields':
			return eachRow(plan.fields, fieldPicker(plan.fields, plan));
		case 'summary':
			return createSummary(plan);
		case 'followUps':
			return createFollowUps(plan);
		case 'dashboard':
			throw new Error('a dashboard is a page, not rows');
	}
}

function eachRow(columns: readonly string[], shape: (row: Row) => Row): Shape {
	return { columns, take: (rows) => rows.map(shape), finish: () => [] };
}

/**
 * Makes a flat row with one key a path, in the order of the paths. A path is a column, or leads into nested values by dots
 * (`custom_data.crm.id`, `csat.0.answer`). A missing value is null, so that every item has the same keys. A time is told in the workflow's time
 * zone, so that a row's date is the day that was asked for; a path on the cluster as a whole URL.
 */
function fieldPicker(paths: readonly string[], plan: OutputPlan): (row: Row) => Row {
	const types = typesOf(plan);
	const isoText = createIsoText(plan.timezone);
	const derived = new Map((plan.report.derived ?? []).map((column) => [column.name, column]));
	const readers = [...new Set(paths)].map((path) => ({ path, derived: derived.get(path), shown: readerOf(types.get(path), isoText, plan.origin) }));
	return (row) => {
		const picked: Row = {};
		for (const reader of readers) setOwn(picked, reader.path, reader.shown((reader.derived ? reader.derived.of(row) : valueAt(row, reader.path)) ?? null));
		return picked;
	};
}

/** Makes an own key of whatever was typed, `__proto__` too. */
function setOwn(row: Row, name: string, value: unknown): void {
	if (name === '__proto__') Object.defineProperty(row, name, { value, enumerable: true, configurable: true, writable: true });
	else row[name] = value;
}

function typesOf({ report }: OutputPlan): ReadonlyMap<string, ColumnType> {
	const columns = [...report.columns, ...(report.added ?? []), ...(report.answers?.columns ?? [])];
	return new Map(columns.map(({ name, type }) => [name, type]));
}

function readerOf(type: ColumnType | undefined, isoText: (value: unknown) => unknown, origin: string): (value: unknown) => unknown {
	if (type === 'time') return isoText;
	if (type === 'url') return (value) => (typeof value === 'string' && value.startsWith('/') && !value.startsWith('//') ? origin + value : value);
	return (value) => value;
}

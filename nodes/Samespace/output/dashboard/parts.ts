import type { Range } from '../../reports';
import type { Row } from '../plan';
import type { Bar, Block } from './dashboard';
import { hours, nameIn, periodName, weekdays, wordsOf, type Unit } from './words';

const dayMs = 86_400_000;
const mostDays = 62;
const mostWeeks = 62;
/** The best and the worst of a long list. */
const mostAtAnEnd = 5;

/** A column of a table: a metric, and what it is called here. */
export interface Column {
	metric: string;
	label: string;
	as: Unit;
}

export function metricsOf(columns: readonly Column[]): string[] {
	return columns.map(({ metric }) => metric);
}

/** The calendar group by which a range fits a page. */
export function periodFor({ start, end }: Range): 'day' | 'week' | 'month' {
	const days = (end - start) / dayMs;
	return days <= mostDays ? 'day' : days <= mostWeeks * 7 ? 'week' : 'month';
}

/** 'day', 'week' or 'month', as it is grouped by. */
export function byPeriod(title: string, range: Range, rows: readonly Row[], columns: readonly Column[]): Block {
	const period = periodFor(range);
	return { kind: 'bars', title: `${title} by ${period}`, head: [capitalized(period), ...columns.map(({ label }) => label)], rows: barsOf(rows.map((row) => ({ row, label: unbroken(periodName(row[period])) })), columns) };
}

const capitalized = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** With spaces at which a line does not break. */
const unbroken = (label: string): string => label.replace(/ /g, '\u00a0');

/** Every hour of the day, those without anything too. */
export function byHour(title: string, rows: readonly Row[], columns: readonly Column[]): Block {
	const found = new Map(rows.map((row) => [row.hourOfDay, row]));
	const named = hours.map((label, hour) => ({ row: found.get(hour) ?? {}, label: `${label}:00` }));
	return { kind: 'bars', title: `${title} by hour of day`, head: ['Hour', ...columns.map(({ label }) => label)], rows: barsOf(named, columns) };
}

/** Bars of the first column's figure; a percentage fills its bar at 100. */
export function barsOf(rows: ReadonlyArray<{ row: Row; label: string }>, columns: readonly Column[]): Bar[] {
	const [{ metric, as }] = columns;
	const full = as === 'percent' ? 100 : Math.max(0, ...rows.map(({ row }) => numberAt(row, metric) ?? 0));
	return rows.map(({ row, label }) => {
		const value = numberAt(row, metric);
		return { label, share: value === null || full === 0 ? null : Math.min(1, Math.max(0, value / full)), texts: columns.map((column) => wordsOf(row[column.metric], column.as)) };
	});
}

/** Weekdays × hours. */
export function heatMap(title: string, rows: readonly Row[], metric: string, textOf: (value: number) => string): Block {
	const values = weekdays.map(() => hours.map(() => 0));
	for (const row of rows) {
		const { weekday, hourOfDay } = row;
		if (typeof weekday === 'number' && typeof hourOfDay === 'number') values[weekday - 1][hourOfDay] += numberAt(row, metric) ?? 0;
	}
	return { kind: 'heat', title, isWide: true, rowNames: weekdays, columnNames: hours, values, textOf };
}

/** Groups by one of their figures, the best first; of a long list the best and the worst. What belongs to none of them comes last: it is no competitor. */
export function ranking(title: string, rows: readonly Row[], group: string, { by, none, columns, best = 'high' }: { by: string; none: string; columns: readonly Column[]; best?: 'high' | 'low' }): Block {
	const sign = best === 'high' ? 1 : -1;
	const rated = rows.filter((row) => numberAt(row, by) !== null).sort((a, b) => sign * ((numberAt(b, by) ?? 0) - (numberAt(a, by) ?? 0)));
	const named = rated.filter((row) => isNamed(row[group]));
	const isLong = named.length > 2 * mostAtAnEnd;
	const shown = [...(isLong ? [...named.slice(0, mostAtAnEnd), ...named.slice(-mostAtAnEnd)] : named), ...rated.filter((row) => !isNamed(row[group]))];
	return {
		kind: 'bars',
		title,
		...(isLong && { note: `Top ${mostAtAnEnd} and bottom ${mostAtAnEnd} of ${named.length.toLocaleString('en')}` }),
		head: [capitalized(group), ...columns.map(({ label }) => label)],
		rows: barsOf(shown.map((row) => ({ row, label: nameIn(row[group], none) })), columns),
	};
}

const isNamed = (group: unknown): boolean => nameIn(group, '') !== '';

/** `{ text: count }` as bars. */
export function tallyBars(title: string, tally: unknown, head: readonly [text: string, count: string]): Block {
	const all = Object.entries((tally ?? {}) as { [text: string]: number }).sort(([, one], [, other]) => other - one);
	const entries = all.slice(0, 2 * mostAtAnEnd);
	const columns: Column[] = [{ metric: 'count', label: head[1], as: 'count' }];
	const isLong = all.length > entries.length;
	return { kind: 'bars', title, ...(isLong && { note: `Top ${entries.length} of ${all.length.toLocaleString('en')}` }), head, rows: barsOf(entries.map(([text, count]) => ({ row: { count }, label: nameIn(text, 'None') })), columns) };
}

export function numberAt(row: Row, metric: string): number | null {
	const value = row[metric];
	return typeof value === 'number' ? value : null;
}

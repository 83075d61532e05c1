import { calendarGroups, textsIn, type CalendarGroup, type ReportDefinition } from '../../reports';
import { createPeriodName } from '../calendar';
import { offsetInstantIn } from '../instants';
import type { Row } from '../plan';
import { takeInOrder } from './measures/heap';
import { textIn } from './measures/measure';

const secondMs = 1000;

export type GroupValue = string | number | null;

/** One thing by which rows are told apart. */
export interface Group {
	/** Name of the column in the summary's item. */
	name: string;
	/** The row's group, null where it has none. */
	of(row: Row): GroupValue;
	/** All groups of a row that may be in several: one at least, null where it has none. */
	all?(row: Row): readonly GroupValue[];
	/** Order of two groups, neither of them null. */
	compare(a: GroupValue, b: GroupValue): number;
}

/** @throws Error when the report has no such group */
export function groupNamed(name: string, report: ReportDefinition, timezone: string): Group {
	const groups = new Map<string, string>(Object.entries(report.groups ?? {}));
	const columnName = groups.get(name);
	if (columnName !== undefined) return isList(columnName, report) ? listGroup(name, columnName) : columnGroup(name, (row) => textIn(row[columnName]));
	const calendar = calendarGroups.find((group) => group === name);
	if (calendar === undefined) throw new Error(`expected a group of the report '${report.title}', got '${name}'`);
	return calendarGroup(calendar, report, timezone);
}

/** Whether rows are told apart by their time. */
export function isOfTime(name: string): boolean {
	return calendarGroups.some((group) => group === name);
}

function isList(columnName: string, { columns }: ReportDefinition): boolean {
	return columns.some(({ name, type }) => name === columnName && type === 'json');
}

/** A group for each text of a list: a row counts once in each of its own. */
function listGroup(name: string, columnName: string): Group {
	const all = (row: Row): readonly GroupValue[] => {
		const texts = textsIn(row[columnName]);
		return texts.length === 0 ? [null] : texts;
	};
	return { name, of: (row) => all(row)[0], all, compare: inOrder };
}

/** A group for each value of a column, in the order of numbers or of UTF-16 units. */
export function columnGroup(name: string, of: Group['of']): Group {
	return { name, of, compare: inOrder };
}

/**
 * Totals are read by periods that fit into the group (see `intervalFor`), so the middle of one names its group. Where the cluster's clock is set back,
 * a period may begin or end up to hours off the calendar's, and several hours come as one: that is named by the first of them, a second after its
 * start, because it may begin a second early.
 */
function calendarGroup(group: CalendarGroup, report: ReportDefinition, timezone: string): Group {
	const nameAt = createPeriodName(group, timezone);
	const { timeField } = report;
	const nameOf = (time: unknown): GroupValue => {
		const instant = offsetInstantIn(time);
		return instant === null ? null : nameAt(instant);
	};
	const ofTotals = (row: Row): GroupValue => {
		const start = offsetInstantIn(row.period_start);
		const end = offsetInstantIn(row.period_end);
		if (start === null || end === null) return null;
		return nameAt(group === 'hour' || group === 'hourOfDay' ? Math.min(start + secondMs, end) : (start + end) / 2);
	};
	return {
		name: group,
		of: timeField === null ? ofTotals : (row) => nameOf(row[timeField]),
		compare: group === 'hour' ? inTime() : inOrder,
	};
}

/** The order of hours in time, which their offsets hide. Each is read once: ten years have 87,600. */
function inTime(): Group['compare'] {
	const instants = new Map<GroupValue, number>();
	const instantOf = (hour: GroupValue): number => {
		const instant = instants.get(hour) ?? Date.parse(String(hour));
		instants.set(hour, instant);
		return instant;
	};
	return (a, b) => instantOf(a) - instantOf(b);
}

function inOrder(a: GroupValue, b: GroupValue): number {
	if (a === b) return 0;
	return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** Values of a group, the first one first; null comes last. */
export function valuesInOrder({ compare }: Group, values: Iterable<GroupValue>): Iterable<GroupValue> {
	return takeInOrder([...values], (a, b) => (a === null || b === null ? a !== null : compare(a, b) < 0));
}

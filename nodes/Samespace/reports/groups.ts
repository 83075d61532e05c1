import type { ColumnGroup, ReportDefinition } from './report';

export type CalendarGroup = 'hour' | 'day' | 'week' | 'month' | 'hourOfDay' | 'weekday';

const columnGroups: readonly ColumnGroup[] = ['agent', 'team', 'channel', 'direction', 'status', 'tag'];

/** Every report has these: its records have a time, and totals have the period that they were asked for. */
export const calendarGroups: readonly CalendarGroup[] = ['hour', 'day', 'week', 'month', 'hourOfDay', 'weekday'];

/** Names by which a summary of the report can be grouped, in the order of the form. */
export function groupsOf(report: ReportDefinition): string[] {
	return [...columnGroups.filter((group) => report.groups?.[group] !== undefined), ...calendarGroups];
}

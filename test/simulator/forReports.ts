import type { ReportName } from './dataset/records.ts';

/** Reports for which something holds: all, none, or those listed. */
export type ForReports = boolean | ReportName[];

/** One value for all reports, or one for some of them. */
export type PerReport<T extends string> = T | Partial<Record<ReportName, T>>;

/** Whether a switch holds for a report. */
export function holdsFor(which: ForReports, report: ReportName): boolean {
	return typeof which === 'boolean' ? which : which.includes(report);
}

/** The value for a report, or `otherwise` where none is given for it. */
export function valueFor<T extends string>(given: PerReport<T>, report: ReportName, otherwise: T): T {
	return typeof given === 'string' ? given : (given[report] ?? otherwise);
}

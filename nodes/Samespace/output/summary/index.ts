import type { ReportDefinition } from '../../reports';
import type { OutputPlan, Sink } from '../plan';
import { callMeasures } from './calls';
import { csatMeasures } from './csat';
import { groupNamed } from './group';
import type { Measure } from './measure';
import { productivityMeasures } from './productivity';
import { sessionMeasures } from './sessions';
import { createTable } from './table';

const measures: ReadonlyMap<string, readonly Measure[]> = new Map([
	['getCalls', callMeasures],
	['getSessions', sessionMeasures],
	['getProductivity', productivityMeasures],
	['getCsat', csatMeasures],
]);

const anyMeasures: readonly Measure[] = [{ is: 'count', name: 'records' }];

/** The columns of a report's summary. A report without measures of its own is counted. */
export function measuresOf(report: ReportDefinition): readonly Measure[] {
	return measures.get(report.operation) ?? anyMeasures;
}

/** Figures of the rows of each group. @throws Error when the report has no such group */
export function createSummary({ report, groupBy, timezone }: OutputPlan): Sink {
	const groups = groupBy.map((name) => groupNamed(name, report, timezone));
	const table = createTable(measuresOf(report), groups);
	return {
		take(rows) {
			for (const row of rows) table.add(row);
			return [];
		},
		finish: () => table.rows().map((json) => ({ json })),
	};
}

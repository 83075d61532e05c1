import type { ReportDefinition } from '../../reports';
import type { OutputPlan, Shape } from '../plan';
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

const anyMeasures: readonly Measure[] = [{ name: 'records', isUsual: true, is: 'count' }];

/** The metrics of a report. One without measures of its own is counted. */
export function measuresOf({ operation }: ReportDefinition): readonly Measure[] {
	return measures.get(operation) ?? anyMeasures;
}

/** Figures of the rows of each group. @throws Error when the report has no such group or metric */
export function createSummary({ report, groupBy, metrics, timezone }: OutputPlan): Shape {
	const groups = groupBy.map((name) => groupNamed(name, report, timezone));
	const table = createTable(metrics.map((name) => measureNamed(name, report)), groups);
	return {
		columns: [...groupBy, ...metrics],
		take(rows) {
			for (const row of rows) table.add(row);
			return [];
		},
		finish: () => table.rows(),
	};
}

function measureNamed(name: string, report: ReportDefinition): Measure {
	const measure = measuresOf(report).find((candidate) => candidate.name === name);
	if (measure !== undefined) return measure;
	throw new Error(`expected a metric of the report '${report.title}', got '${name}'`);
}

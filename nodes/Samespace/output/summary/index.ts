import type { ReportDefinition } from '../../reports';
import { isoText } from '../calendar';
import type { OutputPlan, Row, Shape } from '../plan';
import { usualThresholds, type CallThresholds } from '../thresholds';
import { callMeasures } from './calls';
import { csatMeasures } from './csat';
import { groupNamed, type Group } from './group';
import { count } from './measures/amounts';
import { once, usual, type Measure } from './measures/measure';
import type { QuestionScales } from './measures/scales';
import { spreadOf } from './measures/stays';
import { productivityMeasures } from './productivity';
import { sessionMeasures } from './sessions';
import { createTable, type Table } from './table';

export { missedBy } from './calls';
export { createScales } from './measures/scales';
export type { Table } from './table';

/** What figures depend on beside the rows. */
export interface FigureSettings {
	thresholds: CallThresholds;
	/** IANA zone in which instants are written. */
	timezone: string;
	/** Of questions: two tables that are compared must agree on them. */
	scales?: QuestionScales;
}

const usualSettings: FigureSettings = { thresholds: usualThresholds, timezone: 'UTC' };

const measures: ReadonlyMap<string, (settings: FigureSettings) => readonly Measure[]> = new Map([
	['getCalls', ({ thresholds }: FigureSettings) => callMeasures(thresholds)],
	['getSessions', ({ timezone }: FigureSettings) => sessionMeasures((instant) => isoText(instant, timezone))],
	['getProductivity', () => productivityMeasures],
	['getCsat', ({ scales }: FigureSettings) => csatMeasures(scales)],
]);

/** The metrics of a report, new ones each time: some remember rows. One without measures of its own is counted. */
export function measuresOf({ operation }: ReportDefinition, settings: FigureSettings = usualSettings): readonly Measure[] {
	return measures.get(operation)?.(settings) ?? [usual('records', 'All records', count())];
}

/** What a table has a row and a column for. */
export type TablePlan = Pick<OutputPlan, 'report' | 'timezone' | 'thresholds' | 'range'> & Pick<FigureSettings, 'scales'> & { isClipped?: boolean };

/** Makes tables of the same rows, which may come into all of them. @throws Error when the report has no such group or metric */
export function createTables(plan: TablePlan): (groupBy: readonly string[], metrics: readonly string[]) => Table {
	const { report, timezone, range, isClipped } = plan;
	const known = measuresOf(report, plan);
	const groups = new Map<string, Group>();
	const groupOf = (name: string): Group => {
		const group = groups.get(name) ?? onceForEachRow(groupNamed(name, report, timezone));
		groups.set(name, group);
		return group;
	};
	return (groupBy, metrics) =>
		createTable(
			metrics.map((name) => measureNamed(name, known, report)),
			groupBy.map(groupOf),
			spreadOf({ report, timezone, range, groupBy, isClipped }),
		);
}

/** Tables of the same rows ask for the same groups. */
function onceForEachRow(group: Group): Group {
	return { ...group, of: once(group.of) };
}

/** Figures of the rows of each group. @throws Error when the report has no such group or metric */
export function createSummary(plan: OutputPlan): Shape {
	const { groupBy, metrics } = plan;
	const table = createTables(plan)(groupBy, metrics);
	return {
		columns: [...groupBy, ...metrics],
		take(rows: readonly Row[]) {
			for (const row of rows) table.add(row);
			return [];
		},
		finish: () => table.rows(),
	};
}

function measureNamed(name: string, known: readonly Measure[], report: ReportDefinition): Measure {
	const measure = known.find((candidate) => candidate.name === name);
	if (measure !== undefined) return measure;
	throw new Error(`expected a metric of the report '${report.title}', got '${name}'`);
}

import { assertTimezone } from './calendar';
import { createDashboard } from './dashboard';
import { createFiles } from './file';
import type { FileWriter, Output, OutputItem, OutputPlan, Step } from './plan';
import { createRows } from './rows';
import { shapeOf } from './shape';

export { groupsOf } from '../reports';
export type { FileWriter, Output, OutputFile, OutputItem, OutputName, OutputPlan, Row } from './plan';
export { dayOf } from './calendar';
export { columnsOf, simplifiedOf } from './rows';
export { serviceLevelFormulas, usualThresholds, type CallThresholds } from './thresholds';

/**
 * Turns the records of one report into items, as the plan says: records to rows, rows to the output's shape, and that to items or files.
 * Only what the output needs is kept: a summary its figures, files the one being filled, merged totals one row an agent.
 *
 * @throws Error when the plan's time zone is unknown, or a group or metric is none of the report's
 */
export function createOutput(plan: OutputPlan, writeFile: FileWriter): Output {
	assertTimezone(plan.timezone);
	if (plan.output === 'dashboard') return createDashboard(plan, writeFile);
	const rows = createRows(plan);
	const shape = shapeOf(plan);
	const items: Step<OutputItem> = plan.returnAs === 'items' ? itemEach : createFiles(plan, plan.returnAs, shape.columns, writeFile);
	return {
		take: async (records, period) => [...(await items.take(await shape.take(rows.take(records, period))))],
		finish: async () => {
			const last = await items.take(await shape.take(rows.finish()));
			const gathered = await items.take(await shape.finish());
			return [...last, ...gathered, ...(await items.finish())];
		},
		notes: () => shape.notes?.() ?? [],
	};
}

const itemEach: Step<OutputItem> = {
	take: (rows) => rows.map((json) => ({ json })),
	finish: () => [],
};

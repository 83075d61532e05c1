import { assertTimezone } from './calendar';
import { createDashboard } from './dashboard';
import { createFiles } from './file';
import type { FileWriter, Items, Output, OutputPlan } from './plan';
import { createRows } from './rows';
import { shapeOf } from './shape';

export { groupsOf } from '../reports';
export type { FileWriter, Output, OutputFile, OutputItem, OutputName, OutputPlan, Row } from './plan';
export { dayOf } from './calendar';
export { columnsOf, simplifiedOf } from './rows';
export { serviceLevelFormulas, usualThresholds, type CallThresholds } from './thresholds';

/** So many rows become items at once. */
const rowsAtOnce = 500;

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
	const items: Items = plan.returnAs === 'items' ? itemEach : createFiles(plan, plan.returnAs, shape.columns, writeFile);
	return {
		take: async (records, period) => await items.take(shape.take(rows.take(records, period))),
		*finish() {
			for (const last of batchesOf(rows.finish())) yield items.take(shape.take(last));
			for (const gathered of batchesOf(shape.finish())) yield items.take(gathered);
			yield items.finish();
		},
		notes: () => shape.notes?.() ?? [],
	};
}

const itemEach: Items = {
	take: (rows) => rows.map((json) => ({ json })),
	finish: () => [],
};

/** Batches that take a few ms each. */
export function* batchesOf<Item>(rows: Iterable<Item>): Generator<Item[]> {
	let batch: Item[] = [];
	for (const row of rows) {
		if (batch.push(row) < rowsAtOnce) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}

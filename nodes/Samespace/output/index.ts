import { assertTimezone } from './calendar';
import { createFiles } from './file';
import { pathPicker, simplifier } from './pick';
import type { FileWriter, Output, OutputPlan, Row, Sink } from './plan';
import { columnsOf, createRows, simplifiedOf } from './rows';
import { createSummary } from './summary';

export { groupsOf } from '../reports';
export type { FileWriter, Output, OutputFile, OutputItem, OutputName, OutputPlan, Row } from './plan';
export { dayOf } from './calendar';
export { columnsOf } from './rows';

/**
 * Turns the records of one report into items, as the plan says. Nothing is kept but what the output needs: a summary its
 * figures, `file` the file being filled, merged totals one row an agent.
 *
 * @throws Error when the plan's time zone is unknown, or a group is none of the report's
 */
export function createOutput(plan: OutputPlan, writeFile: FileWriter): Output {
	assertTimezone(plan.timezone);
	const rows = createRows(plan);
	const sink = sinkOf(plan, writeFile);
	return {
		take: async (records, period) => await sink.take(rows.take(records, period)),
		finish: async () => {
			const items = await sink.take(rows.finish());
			return items.concat(await sink.finish());
		},
	};
}

function sinkOf(plan: OutputPlan, writeFile: FileWriter): Sink {
	switch (plan.output) {
		case 'raw':
			return itemEach((row) => row);
		case 'simplified':
			return itemEach(simplifier(simplifiedOf(plan)));
		case 'selectedFields':
			return itemEach(pathPicker(plan.fields));
		case 'summary':
			return createSummary(plan);
		case 'file':
			return createFiles(plan, columnsOf(plan), writeFile);
	}
}

function itemEach(shape: (row: Row) => Row): Sink {
	return {
		take: (rows) => rows.map((row) => ({ json: shape(row) })),
		finish: () => [],
	};
}

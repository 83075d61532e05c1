import { answerRows, conversationRow } from './answers';
import { isOfFigures, type OutputPlan, type Rows } from './plan';
import { createMergedRows, createPeriodRows, stampedRows } from './periods';

/**
 * Rows of a plan: the records themselves, a conversation with its answers, one row an answer, or totals with their period.
 * Figures are made of conversations, and of totals before they are merged.
 */
export function createRows(plan: OutputPlan): Rows {
	const { report, output, timezone } = plan;
	if (report.timeField === null) {
		if (isOfFigures(output)) return eachBatch((records, period) => stampedRows(records, period, timezone));
		return plan.mergePeriods ? createMergedRows(report, timezone) : createPeriodRows(report, timezone);
	}
	if (report.answers === undefined) return eachBatch((records) => records);
	const bounds = plan.itemPer === 'answer' ? plan.rating : { min: null, max: null };
	if (plan.itemPer === 'conversation') {
		return eachBatch((records) => records.map((record) => conversationRow(record, bounds)));
	}
	const { field } = report.answers;
	return eachBatch((records) => records.flatMap((record) => answerRows(record, field, bounds)));
}

/** The columns of a plan's rows, those of the vendor's page first. */
export function columnsOf({ report, itemPer, mergePeriods }: Pick<OutputPlan, 'report' | 'itemPer' | 'mergePeriods'>): string[] {
	const { columns, added = [], answers } = report;
	const isItemPerAnswer = answers !== undefined && itemPer === 'answer';
	const all = [...columns, ...(isItemPerAnswer ? answers.columns : added)].map((column) => column.name);
	return all.filter((name) => {
		if (name === 'merged_periods') return mergePeriods;
		return !isItemPerAnswer || name !== answers.field;
	});
}

/** The columns of a plan's simplified rows. */
export function simplifiedOf(plan: Pick<OutputPlan, 'report' | 'itemPer' | 'mergePeriods'>): string[] {
	const { report, itemPer } = plan;
	const columns = new Set([...columnsOf(plan), ...(plan.report.derived ?? []).map(({ name }) => name)]);
	const simplified = itemPer === 'answer' && report.answers ? report.answers.simplified : report.simplified;
	return simplified.filter((name) => columns.has(name));
}

function eachBatch(take: Rows['take']): Rows {
	return { take, finish: () => [] };
}

import { instantIn } from '../../reports';
import type { FileWriter, Output, OutputItem, OutputPlan, Row } from '../plan';
import { createRows } from '../rows';
import { createTables, type Table } from '../summary';
import { callDashboard } from './calls';
import { csatDashboard } from './csat';
import type { Block, Dashboard, Gathered } from './dashboard';
import { renderPage } from './page';
import { productivityDashboard } from './productivity';
import { sessionDashboard } from './sessions';

const dashboards: ReadonlyMap<string, Dashboard> = new Map([
	['getCalls', callDashboard],
	['getSessions', sessionDashboard],
	['getProductivity', productivityDashboard],
	['getCsat', csatDashboard],
]);

const anyDashboard: Dashboard = { keys: [{ metric: 'records', label: 'Records', as: 'count' }], tables: () => ({}), blocks: () => [] };

/** What is gathered of one period. */
interface Period {
	keys: Table;
	tables: ReadonlyArray<readonly [name: string, table: Table]>;
	others: readonly Gathered[];
}

/**
 * One HTML page of a report's figures, with those of the period before to compare them with. Figures alone are kept while records come, so
 * memory does not grow with them.
 */
export function createDashboard(plan: OutputPlan, writeFile: FileWriter): Output {
	const dashboard = dashboards.get(plan.report.operation) ?? anyDashboard;
	const rows = createRows(plan);
	const { before } = plan;
	const current = startPeriod(dashboard, plan);
	const former = before === null ? null : startPeriod({ ...dashboard, tables: () => ({}), others: undefined }, { ...plan, range: before });
	let records = 0;

	const take = (batch: readonly Row[]): void => {
		for (const row of batch) {
			const at = timeOf(row, plan);
			// What has no time can't be shown to lie before.
			if (at === null || at >= plan.range.start) {
				records += plan.isWanted(row) ? 1 : 0;
				addTo(current, row, plan);
			} else if (former !== null && before !== null && at >= before.start && at <= before.end) addTo(former, row, plan);
		}
	};

	return {
		take: async (batch, period) => {
			take(rows.take(batch, period));
			return await Promise.resolve([]);
		},
		async finish() {
			take(rows.finish());
			const html = renderPage({ dashboard, plan, key: keysOf(current), before: former && keysOf(former), blocks: blocksOf(dashboard, plan, current) });
			return [await itemOf(html, records, plan, writeFile)];
		},
		notes: () => [],
	};
}

/** When a row lies in time. Totals are told by the middle of their period, which may begin or end a little off the one that was asked for. */
function timeOf(row: Row, { report: { timeField } }: OutputPlan): number | null {
	if (timeField !== null) return instantIn(row[timeField]);
	const [start, end] = [instantIn(row.period_start), instantIn(row.period_end)];
	return start === null || end === null ? null : (start + end) / 2;
}

function startPeriod({ keys, tables, others }: Dashboard, plan: OutputPlan): Period {
	const tableOf = createTables(plan);
	return {
		keys: tableOf([], keys.map(({ metric }) => metric)),
		tables: Object.entries(tables(plan)).map(([name, { groupBy, metrics }]) => [name, tableOf(groupBy, metrics)] as const),
		others: others?.(plan) ?? [],
	};
}

function addTo({ keys, tables, others }: Period, row: Row, { isWanted }: OutputPlan): void {
	for (const other of others) other.take(row);
	if (!isWanted(row)) return;
	keys.add(row);
	for (const [, table] of tables) table.add(row);
}

const keysOf = ({ keys }: Period): Row => keys.rows()[0];

function blocksOf({ blocks }: Dashboard, plan: OutputPlan, { tables, others }: Period): Block[] {
	const rows = new Map(tables.map(([name, table]) => [name, table.rows()]));
	return [...blocks((name) => rows.get(name) ?? [], plan), ...others.flatMap((other) => other.blocks())];
}

async function itemOf(html: string, records: number, { report, fileLabel }: OutputPlan, writeFile: FileWriter): Promise<OutputItem> {
	const reportName = report.title.toLowerCase();
	const name = `samespace-${reportName}-dashboard${fileLabel ? `-${fileLabel}` : ''}.html`;
	const mimeType = 'text/html';
	const file = await writeFile({ name, mimeType, rows: records, content: Buffer.from(html) });
	return { json: { file_name: name, mime_type: mimeType, report: reportName, records, html }, file };
}


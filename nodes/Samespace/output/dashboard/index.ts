import type { FileWriter, Output, OutputItem, OutputPlan, Row } from '../plan';
import { createRows } from '../rows';
import { createScales, createTables, type FigureSettings, type Table } from '../summary';
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
 * One HTML page of a report's figures, with those of the period before to compare them with. Figures alone are kept while records come.
 */
export function createDashboard(plan: OutputPlan, writeFile: FileWriter): Output {
	const dashboard = dashboards.get(plan.report.operation) ?? anyDashboard;
	const rows = createRows(plan);
	const { before } = plan;
	const scales = createScales();
	const current = startPeriod(dashboard, { ...plan, scales });
	const former = before === null ? null : startPeriod({ ...dashboard, tables: () => ({}), others: undefined }, { ...plan, scales, range: before });
	let records = 0;
	return {
		take(batch, period, part) {
			for (const row of rows.take(batch, period)) {
				if (part !== 'before') records += addTo(current, row, plan);
				else if (former !== null) addTo(former, row, plan);
			}
			return Promise.resolve([]);
		},
		*finish() {
			const html = renderPage({ dashboard, plan, key: keysOf(current), before: former && keysOf(former), blocks: blocksOf(dashboard, plan, current) });
			yield itemOf(html, records, plan, writeFile);
		},
		notes: () => [],
	};
}

function startPeriod({ keys, tables, others }: Dashboard, plan: OutputPlan & Pick<FigureSettings, 'scales'>): Period {
	const tableOf = createTables({ ...plan, isClipped: true });
	return {
		keys: tableOf([], keys.map(({ metric }) => metric)),
		tables: Object.entries(tables(plan)).map(([name, { groupBy, metrics }]) => [name, tableOf(groupBy, metrics)] as const),
		others: others?.(plan) ?? [],
	};
}

/** How many records it counts. */
function addTo({ keys, tables, others }: Period, row: Row, { isWanted }: OutputPlan): number {
	for (const other of others) other.take(row);
	if (!isWanted(row)) return 0;
	keys.add(row);
	for (const [, table] of tables) table.add(row);
	return 1;
}

const keysOf = ({ keys }: Period): Row => [...keys.rows()][0];

function blocksOf({ blocks }: Dashboard, plan: OutputPlan, { tables, others }: Period): Block[] {
	const rows = new Map(tables.map(([name, table]) => [name, [...table.rows()]]));
	return [...blocks((name) => rows.get(name) ?? [], plan), ...others.flatMap((other) => other.blocks())];
}

async function itemOf(html: string, records: number, { report, fileLabel }: OutputPlan, writeFile: FileWriter): Promise<OutputItem[]> {
	const reportName = report.title.toLowerCase();
	const name = `samespace-${reportName}-dashboard${fileLabel ? `-${fileLabel}` : ''}.html`;
	const mimeType = 'text/html';
	const file = await writeFile({ name, mimeType, rows: records, content: Buffer.from(html) });
	return [{ json: { file_name: name, mime_type: mimeType, report: reportName, records, html }, file }];
}

import { numberIn, type ReportDefinition, type ReportRecord } from '../reports';
import type { Row } from './plan';
import { averages, sums } from './summary/productivity';

/** One agent's rows so far. */
interface Agent {
	row: Row;
	rows: number;
	/** As in `sums`; null while no row had the figure. */
	sums: Array<number | null>;
	/** As in `averages`: average × conversations, and those conversations. */
	totals: number[];
	weights: number[];
}

export interface Merge {
	add(record: ReportRecord): void;
	/** One row an agent, in the order in which they first came, and from how many rows it was made. */
	finish(): Array<{ row: Row; rows: number }>;
}

/**
 * Merges each agent's totals over several periods: counts and times are summed, an average becomes
 * sum(average × conversations) ÷ sum(conversations) over the conversations that it averages over (see `averages`), and
 * null where these are none. A single row stays as it was sent.
 *
 * A text is the latest one. A field that the report does not define is kept while all rows agree and else null, because
 * nobody knows how to add it up.
 */
export function createMerge(report: ReportDefinition): Merge {
	const agents = new Map<unknown, Agent>();
	const defined = new Set(report.columns.map((column) => column.name));
	return {
		add(record) {
			const key = record[report.id] ?? record.user ?? record;
			const agent = agents.get(key) ?? startAgent(record);
			agents.set(key, agent);
			agent.row = agreed(agent.row, record, defined);
			agent.rows += 1;
			addFigures(agent, record);
		},
		finish: () => Array.from(agents.values(), (agent) => ({ row: mergedRow(agent), rows: agent.rows })),
	};
}

function startAgent(row: Row): Agent {
	return {
		row,
		rows: 0,
		sums: sums.map(() => null),
		totals: averages.map(() => 0),
		weights: averages.map(() => 0),
	};
}

function addFigures(agent: Agent, record: ReportRecord): void {
	sums.forEach((name, at) => {
		const value = numberIn(record[name]);
		if (value !== null) agent.sums[at] = (agent.sums[at] ?? 0) + value;
	});
	averages.forEach(({ name, over }, at) => {
		const value = numberIn(record[name]);
		const weight = over.read(record);
		if (value === null || weight === null) return;
		agent.totals[at] += value * weight;
		agent.weights[at] += weight;
	});
}

function agreed(before: Row, row: Row, defined: ReadonlySet<string>): Row {
	if (before === row) return row;
	const both: Row = { ...before, ...row };
	for (const field of Object.keys(both)) {
		if (!defined.has(field) && !Object.is(before[field], row[field])) both[field] = null;
	}
	return both;
}

function mergedRow({ row, rows, ...figures }: Agent): Row {
	if (rows === 1) return row;
	const merged: Row = { ...row };
	sums.forEach((name, at) => {
		merged[name] = figures.sums[at];
	});
	averages.forEach(({ name }, at) => {
		merged[name] = figures.weights[at] === 0 ? null : figures.totals[at] / figures.weights[at];
	});
	return merged;
}

import { idOf, type ReportDefinition, type ReportRecord } from '../reports';
import type { Row } from './plan';
import { column } from './summary/measures/measure';
import { averages, sums } from './summary/productivity';

const summed = sums.map(column);
const averaged = averages.map(({ name, over }) => ({ average: column(name), over }));

/** One agent's rows so far. */
interface Agent {
	/** The first row; from the second one on a copy, with the latest of the fields that the report defines. */
	row: Row;
	rows: number;
	/** Fields that the report does not define, and how many rows had them; those that differ are left out. */
	others: Map<string, { value: unknown; rows: number }>;
	/** As in `sums`; null while no row had the figure. */
	sums: Array<number | null>;
	/** As in `averages`: average × conversations, and those conversations. */
	totals: number[];
	weights: number[];
}

export interface Merge {
	add(record: ReportRecord): void;
	/** One row an agent, in the order in which they first came, and from how many rows it was made; made when it is taken. */
	finish(): Iterable<{ row: Row; rows: number }>;
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
			const key = idOf(record, report) ?? record.user ?? record;
			const agent = agents.get(key) ?? startAgent(record);
			agents.set(key, agent);
			agent.rows += 1;
			addFields(agent, record, defined);
			addFigures(agent, record);
		},
		*finish() {
			for (const agent of agents.values()) yield { row: mergedRow(agent), rows: agent.rows };
		},
	};
}

function startAgent(row: Row): Agent {
	return {
		row,
		rows: 0,
		others: new Map(),
		sums: sums.map(() => null),
		totals: averages.map(() => 0),
		weights: averages.map(() => 0),
	};
}

function addFigures(agent: Agent, record: ReportRecord): void {
	summed.forEach(({ read }, at) => {
		const value = read(record);
		if (value !== null) agent.sums[at] = (agent.sums[at] ?? 0) + value;
	});
	averaged.forEach(({ average, over }, at) => {
		const value = average.read(record);
		const weight = over.read(record);
		if (value === null || weight === null) return;
		agent.totals[at] += value * weight;
		agent.weights[at] += weight;
	});
}

/** In a time that grows with the record alone: a cluster may send thousands of rows with fields of their own. */
function addFields(agent: Agent, record: ReportRecord, defined: ReadonlySet<string>): void {
	if (agent.rows === 2) agent.row = { ...agent.row };
	for (const field of Object.keys(record)) {
		if (defined.has(field)) {
			if (agent.rows > 1) agent.row[field] = record[field];
			continue;
		}
		const other = agent.others.get(field);
		if (other === undefined) agent.others.set(field, { value: record[field], rows: 1 });
		else if (isSame(other.value, record[field])) other.rows += 1;
	}
}

function isSame(one: unknown, other: unknown): boolean {
	const areObjects = [one, other].every((value) => typeof value === 'object' && value !== null);
	return areObjects ? JSON.stringify(one) === JSON.stringify(other) : Object.is(one, other);
}

function mergedRow({ row, rows, others, ...figures }: Agent): Row {
	if (rows === 1) return row;
	const agreed = Array.from(others, ([field, other]) => [field, other.rows === rows ? other.value : null] as const);
	const merged: Row = { ...row, ...Object.fromEntries(agreed) };
	sums.forEach((name, at) => {
		merged[name] = figures.sums[at];
	});
	averages.forEach(({ name }, at) => {
		merged[name] = figures.weights[at] === 0 ? null : figures.totals[at] / figures.weights[at];
	});
	return merged;
}

import { notSeenText } from './finding.ts';
import { reportNames } from './reports.ts';
import type { FoundRow } from './runProbes.ts';

const heads = ['#', 'Unknown', 'Report', 'What this cluster does', 'How it was seen'];

/** The findings as a Markdown table, by number; reports that do the same share a row. */
export function markdownTable(rows: readonly FoundRow[]): string {
	const groups = new Map<string, FoundRow & { names: string[] }>();
	for (const row of rows) {
		const key = JSON.stringify([row.unknowns, row.does, row.how]);
		const group = groups.get(key) ?? { ...row, names: [] };
		group.names.push(row.report);
		groups.set(key, group);
	}
	const sorted = [...groups.values()].sort((a, b) => numberOf(a) - numberOf(b));
	const lines = sorted.map(({ unknowns, title, names, does, how }) => [
		unknowns,
		title,
		names.length === reportNames.length ? 'all' : names.join(', '),
		does,
		how,
	]);
	return [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

/** How much was seen, in one sentence. */
export function summaryOf(rows: readonly FoundRow[], requests: number): string {
	const seen = rows.filter(({ does }) => does !== notSeenText).length;
	return `${seen} of ${rows.length} questions answered, with ${requests} requests. The table holds no value of any record.`;
}

function numberOf({ unknowns }: FoundRow): number {
	return Number(/\d+/.exec(unknowns)?.[0]);
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

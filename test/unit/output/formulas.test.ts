/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the page is read from the disk */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { measuresOf } from '../../../nodes/Samespace/output/summary';
import type { Measure } from '../../../nodes/Samespace/output/summary/measures/measure';
import { averages, sums } from '../../../nodes/Samespace/output/summary/productivity';
import { serviceLevelFormulas, usualThresholds } from '../../../nodes/Samespace/output/thresholds';
import { serviceLevelFormulaField } from '../../../nodes/Samespace/parameters/options';
import { calls, reports } from '../../../nodes/Samespace/reports';
import { rowsOf, run, vendorProductivity } from './vendor';

const page = readFileSync(join(__dirname, '../../../docs/formulas.md'), 'utf8');
const lines = page.split('\n');
const head = lines.findIndex((line) => line.startsWith('| report'));

/** The table's rows: report, field, formula, source. */
const documented = lines
	.slice(head + 2, lines.indexOf('', head))
	.map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));

/** As it stands in the page, but for the source. */
const keyOf = ([report, field, formula]: string[]): string => `| ${report} | ${field} | ${formula} |`;

function documentedOf(wanted: (report: string) => boolean): string[] {
	return documented.filter(([report]) => wanted(report)).map(keyOf);
}

function linesOf(report: string, measures: readonly Measure[], prefix = ''): string[] {
	return measures.flatMap((measure) => {
		const line = keyOf([report, `\`${prefix}${measure.name}\`${measure.isUsual && prefix === '' ? ' *' : ''}`, measure.amount.says]);
		return [line, ...linesOf(report, measure.amount.measures ?? [], `${measure.name}[].`)];
	});
}

const titles: string[] = reports.map((report) => report.title);

it('every figure of a summary is documented with its formula, and nothing else is', () => {
	const defined = reports.flatMap((report) => linesOf(report.title, measuresOf(report)));
	expect(defined.length).toBeGreaterThan(60);
	expect(documentedOf((report) => titles.includes(report))).toEqual(defined);
});

it('so is every figure of merged productivity', () => {
	const name = 'Productivity, merged';
	const defined = [
		...sums.map((field) => keyOf([name, `\`${field}\``, `sum of ${field}`])),
		...averages.map(({ name: field, over: { says } }) =>
			keyOf([
				name,
				`\`${field}\``,
				`(sum of ${field} × ${says}) ÷ (sum of ${says} where ${field} is a number)`,
			]),
		),
	];
	expect(documentedOf((report) => report === name)).toEqual(defined);
});

it('and every column that the node adds to a record', () => {
	const added = reports.flatMap((report) => (report.added ?? []).map(({ name }) => `\`${name}\``));
	const others = documented.filter(([report]) => !titles.includes(report) && report !== 'Productivity, merged');
	expect(others.map(([, field]) => field).sort()).toEqual(added.sort());
});

it('every field of a follow-up is documented, in its order', async () => {
	const { files } = await run({ output: 'followUps', returnAs: 'csv' }, []);
	const columns = String(files[0].content).trim().split(',');
	const [, table] = page.split('## Follow-ups')[1].split('|---|---|');
	const described = table.split('\n\n')[0].trim().split('\n').flatMap((line) => line.split('|')[1].match(/\w+/g) ?? []);
	expect(described).toEqual(columns);
});

it.each(serviceLevelFormulas)('the service level %s is told by the name that the form gives it', (formula) => {
	const field = serviceLevelFormulaField.property().options as Array<{ name: string; value: string }>;
	expect(page).toContain(`*${String(field.find(({ value }) => value === formula)?.name)}*:`);
	const said = measuresOf(calls, { thresholds: { ...usualThresholds, serviceLevelFormula: formula }, timezone: 'UTC' }).find(({ name }) => name === 'service_level_percent');
	expect(said?.amount.says).toMatch(formula === 'withoutAbandons' ? / − / : formula === 'abandonsFor' ? / \+ / : /÷ \(count where direction = in\)/);
});

it('every documented line has a source', () => {
	expect(documented.filter((cells) => cells.length !== 4 || cells[3] === '')).toEqual([]);
});

it('every number of the vendor’s productivity row is a sum or an average', () => {
	const numbers = Object.entries(vendorProductivity).filter(([, value]) => typeof value === 'number');
	expect([...sums, ...averages.map(({ name }) => name)].sort()).toEqual(numbers.map(([name]) => name).sort());
});

it.each(reports)('$title: no two metrics have one name, and a handful is chosen to begin with', async (report) => {
	const names = measuresOf(report).map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(measuresOf(report).filter(({ isUsual }) => isUsual).length).toBeLessThanOrEqual(11);
	const [row] = await rowsOf({ report, output: 'summary' });
	expect(Object.keys(row)).toEqual(names);
});

/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the page is read from the disk */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { filters } from '../../../nodes/Samespace/parameters/filters';
import { reports } from '../../../nodes/Samespace/reports';

const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');

/** The rows below a table's head, as cells. */
function tableBelow(head: string): string[][] {
	const [, below = ''] = readme.split(`${head}\n`);
	const rows = below.split('\n').slice(1);
	const end = rows.findIndex((line) => !line.startsWith('|'));
	return rows.slice(0, end).map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
}

it("the README's table of filters has just those of the form, and the reports that have them", () => {
	const documented = tableBelow('| filter | reports | what it does |').map(([label, which]) => [label, which]);
	const defined = filters.flatMap((filter) => {
		const which = reports.filter((report) => filter.isOf(report)).map(({ title }) => title);
		return filter.fields.map(({ label }) => [label, which.join(', ')]);
	});
	expect(documented.sort()).toEqual(defined.sort());
});

import * as fc from 'fast-check';

import { createOutput } from '../../nodes/Samespace/output';
import { calls } from '../../nodes/Samespace/reports';
import { parseCsv } from '../unit/output/parseCsv.ts';
import { planOf } from '../unit/output/vendor.ts';
import { tallyOf } from './support/tally.ts';

const counted = tallyOf('cells of CSV files');

/** The text of a CSV file whose only row has this note. */
async function fileOf(note: unknown, escapeFormulas = true): Promise<string> {
	counted();
	let text = '';
	const output = createOutput(planOf({ report: { ...calls, columns: [{ name: '_id', type: 'text' }, { name: 'notes', type: 'text' }] }, returnAs: 'csv', escapeFormulas }), async ({ content }) => void (text = content.toString()));
	await output.take([{ _id: 'a', notes: note }], { start: 0, end: 0 });
	for (const made of output.finish()) await made;
	return text;
}

/** What stands in a cell as a spreadsheet reads it that separates by semicolons: a quote counts only where a cell begins. */
function cellsBySemicolon(text: string): string[] {
	const cells: string[] = [];
	for (let at = 0; at <= text.length; at += 1) {
		let cell = '';
		if (text[at] === '"') {
			for (at += 1; at < text.length && !(text[at] === '"' && text[at + 1] !== '"'); at += 1) {
				if (text[at] === '"') at += 1;
				cell += text[at];
			}
			at += 1;
		}
		for (; at < text.length && !';\r\n'.includes(text[at]); at += 1) cell += text[at];
		cells.push(cell);
	}
	return cells;
}

const isNumber = (cell: string): boolean => /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell);
const runs = (cell: string): boolean => /^[=+\-@＝＋－＠\t\r\n]/.test(cell) && !isNumber(cell);
const runsSplit = (cell: string): boolean => /^[\s"\ufeff]*[=+\-@＝＋－＠]/.test(cell) && !isNumber(cell.replace(/"$/, ''));

it.each([
	['=1+1', "'=1+1"],
	['@SUM(A1)', "'@SUM(A1)"],
	['\n=1+1', "'\n'=1+1"],
	['-1\n', "'-1\n"],
	['\r\n=1', "'\r\n'=1"],
	['\n', "'\n"],
	['\tx', "'\tx"],
	['＝1+1', "'＝1+1"],
	['＋1x', "'＋1x"],
	['－1x', "'－1x"],
	['＠SUM', "'＠SUM"],
	['x;=cmd|calc', "x;'=cmd|calc"],
	['x;;@y', "x;;'@y"],
	['x\n=1;+2x', "x\n'=1;'+2x"],
	['x\t=1', "x\t'=1"],
	['x;-1', "x;'-1"],
	['-5', '-5'],
	['+918530610172', '+918530610172'],
	['a-b;c', 'a-b;c'],
])('%j becomes %j', async (note, cell) => {
	expect(parseCsv(await fileOf(note))[1][1]).toBe(cell);
	expect(parseCsv(await fileOf(note, false))[1][1]).toBe(note);
});

it('a list or an object does not bypass the escaping of formulas', async () => {
	expect(parseCsv(await fileOf(['x;=1']))[1][1]).toBe(`["x;'=1"]`);
	expect(parseCsv(await fileOf(['x;=1'], false))[1][1]).toBe('["x;=1"]');
});

it('whatever a note holds, no spreadsheet finds a formula in it, with commas or with semicolons between cells', async () => {
	const letters = fc.constantFrom('=', '+', '-', '@', '＝', '＠', ';', ',', '\t', '\r', '\n', '"', "'", ' ', 'x', '1', '|', '\ufeff');
	await fc.assert(
		fc.asyncProperty(fc.string({ unit: letters, maxLength: 14 }), async (note) => {
			const text = await fileOf(note);
			expect(parseCsv(text)[1].filter(runs)).toEqual([]);
			expect(cellsBySemicolon(text).filter(runsSplit)).toEqual([]);
			expect(parseCsv(await fileOf(note, false))[1][1]).toBe(note);
		}),
		{ numRuns: 4_000 },
	);
}, 300_000);

it('a note of a million semicolons is written at once', async () => {
	expect((await fileOf(';='.repeat(1_000_000))).length).toBeGreaterThan(2_000_000);
}, 300_000);

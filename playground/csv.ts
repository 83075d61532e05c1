/** RFC 4180 text as rows of cells; quoted cells may hold commas, quotes and line breaks. */
export function parseCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
	const body = text.replace(/^\uFEFF/, '');
	while (cell.lastIndex < body.length) {
		const at = cell.lastIndex;
		const match = cell.exec(body);
		if (match === null) throw new Error(`Invalid CSV at character ${at}: ${body.slice(at, at + 40)}`);
		row.push(match[1]?.replaceAll('""', '"') ?? match[2]);
		if (match[3] === ',' && cell.lastIndex < body.length) continue;
		if (match[3] === ',') row.push('');
		rows.push(row);
		row = [];
	}
	return rows;
}

/** The same, each row as an object by the column names of the first. */
export function readCsv(text: string): Array<{ [column: string]: string }> {
	const [head = [], ...rows] = parseCsv(text);
	return rows.map((row) => Object.fromEntries(head.map((column, index) => [column, row[index]])));
}

/** Rows as a table for the terminal: the first is the head, long cells are cut, and columns that do not fit are left out. */
export function formatTable([head = [], ...rows]: string[][], width: number): string {
	const widest = 20;
	const cut = (text: string): string => {
		const line = text.replace(/\s+/g, ' ');
		return line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
	};
	const columns = head.map((name, index) => [name, ...rows.map((row) => row[index] ?? '')].map(cut));
	const widths = columns.map((column) => Math.max(...column.map(cellsOf)));
	let used = 0;
	const shown = columns.filter((_, index) => (used += widths[index] + 2) <= width);
	const line = (at: number): string =>
		shown.map((column, index) => column[at] + ' '.repeat(widths[index] - cellsOf(column[at]))).join('  ').trimEnd();
	const rule = shown.map((_, index) => '─'.repeat(widths[index])).join('  ');
	const left = head.length - shown.length;
	const note = left > 0 ? [`… and ${left} more columns: ${head.slice(-left).join(', ')}`] : [];
	return [line(0), rule, ...rows.map((_, index) => line(index + 1)), ...note].join('\n');
}

/** How many cells of a terminal a text takes: East Asian letters two, combining marks none. */
function cellsOf(text: string): number {
	const wide = text.match(/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
	const marks = text.match(/\p{Mn}/gu)?.length ?? 0;
	return text.length + wide - marks;
}

import { csvHeader, csvLine } from './csv';
import type { FileWriter, Items, OutputItem, OutputPlan, Row } from './plan';

/** Text waits in pieces of this many UTF-16 units before it becomes bytes. */
const pieceUnits = 65_536;
/** No more room is kept free for lines that may come than these bytes. */
const mostReserved = 64 * 1024 * 1024;

interface FileFormat {
	mimeType: string;
	header(columns: readonly string[]): string;
	line(row: Row, columns: readonly string[], escapeFormulas: boolean): string;
}

type FormatName = Exclude<OutputPlan['returnAs'], 'items'>;

/**
 * CSV: RFC 4180 in UTF-8 without a byte order mark; the header and the columns are those of the plan in every file, and
 * fields beside them are left out. NDJSON: each row whole as JSON, each line ended by a line feed.
 */
const formats: { readonly [Name in FormatName]: FileFormat } = {
	csv: {
		mimeType: 'text/csv',
		header: csvHeader,
		line: csvLine,
	},
	ndjson: {
		mimeType: 'application/x-ndjson',
		header: () => '',
		line: (row) => `${JSON.stringify(row)}\n`,
	},
};

/**
 * Puts rows into files of `rowsPerFile` rows and passes on each file as soon as it is full, so that one at most is in memory.
 * Files are called `samespace-calls-part-001.csv` and so on. Without any row there is one file too, so that the next
 * node always finds one: a header in CSV, nothing in NDJSON.
 */
export function createFiles(plan: OutputPlan, format: FormatName, columns: readonly string[], writeFile: FileWriter): Items {
	const { header, line } = formats[format];
	const close = closer(plan, format, writeFile);
	let parts = 0;
	let content = createBytes(header(columns), plan.rowsPerFile);
	let rows = 0;

	async function closeFile(): Promise<OutputItem> {
		const full = { part: (parts += 1), rows, content: content.finish() };
		content = createBytes(header(columns), plan.rowsPerFile);
		rows = 0;
		return await close(full);
	}

	return {
		async take(batch) {
			const items: OutputItem[] = [];
			for (const row of batch) {
				content.add(line(row, columns, plan.escapeFormulas));
				rows += 1;
				if (rows >= plan.rowsPerFile) items.push(await closeFile());
			}
			return items;
		},
		finish: async () => (rows > 0 || parts === 0 ? [await closeFile()] : []),
	};
}

/** What is in a file, where it is no records. */
const kinds: ReadonlyMap<OutputPlan['output'], string> = new Map([
	['summary', '-summary'],
	['followUps', '-follow-ups'],
]);

/** Names a full file, writes it, and makes the item that tells of it. */
function closer({ report, output, fileLabel }: OutputPlan, format: FormatName, writeFile: FileWriter) {
	const { mimeType } = formats[format];
	const reportName = report.title.toLowerCase();
	const kind = kinds.get(output) ?? '';
	return async ({ part, rows, content }: { part: number; rows: number; content: Buffer }): Promise<OutputItem> => {
		const label = fileLabel ? `-${fileLabel}` : '';
		const name = `samespace-${reportName}${kind}${label}-part-${String(part).padStart(3, '0')}.${format}`;
		const file = await writeFile({ name, mimeType, rows, content });
		return { json: { file_name: name, mime_type: mimeType, rows, report: reportName, part }, file };
	};
}

/**
 * UTF-8 of text that comes line by line, kept as bytes: they do not count against the heap. They are whole at any time, and once the first
 * lines are known there is room for all: to join the pieces of a large file, or to move it to a larger place, would hold up everything else.
 */
function createBytes(start: string, mostLines: number): { add(line: string): void; finish(): Buffer } {
	let bytes = Buffer.alloc(0);
	let length = 0;
	let lines = 0;
	let text = start;
	const flush = (room: (needed: number) => number): void => {
		const needed = length + Buffer.byteLength(text);
		if (needed > bytes.length) {
			const larger = Buffer.allocUnsafeSlow(room(needed));
			bytes.copy(larger, 0, 0, length);
			bytes = larger;
		}
		length += bytes.write(text, length);
		text = '';
	};
	const roomForAll = (needed: number): number => Math.max(2 * bytes.length, needed, Math.min(mostReserved, Math.ceil((1.1 * needed * mostLines) / lines)));
	return {
		add(line) {
			text += line;
			lines += 1;
			if (text.length >= pieceUnits) flush(roomForAll);
		},
		finish() {
			flush((needed) => needed);
			return 2 * length < bytes.length ? Buffer.from(bytes.subarray(0, length)) : bytes.subarray(0, length);
		},
	};
}

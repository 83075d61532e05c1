import { csvHeader, csvLine } from './csv';
import type { FileWriter, OutputItem, OutputPlan, Row, Step } from './plan';

/** Text waits in pieces of this many UTF-16 units before it becomes bytes. */
const pieceUnits = 65_536;

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
export function createFiles(plan: OutputPlan, format: FormatName, columns: readonly string[], writeFile: FileWriter): Step<OutputItem> {
	const { header, line } = formats[format];
	const close = closer(plan, format, writeFile);
	let parts = 0;
	let content = createBytes(header(columns));
	let rows = 0;

	async function closeFile(): Promise<OutputItem> {
		const full = { part: (parts += 1), rows, content: content.finish() };
		content = createBytes(header(columns));
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
 * UTF-8 of text that comes bit by bit, kept as bytes: they do not count against the heap. They are whole at any time: to join the pieces of a
 * large file at its end would hold up everything else.
 */
function createBytes(start: string): { add(text: string): void; finish(): Buffer } {
	let bytes = Buffer.alloc(0);
	let length = 0;
	let text = start;
	const flush = (): void => {
		const needed = length + Buffer.byteLength(text);
		if (needed > bytes.length) {
			const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * bytes.length, pieceUnits));
			bytes.copy(larger, 0, 0, length);
			bytes = larger;
		}
		length += bytes.write(text, length);
		text = '';
	};
	return {
		add(more) {
			text += more;
			if (text.length >= pieceUnits) flush();
		},
		finish() {
			flush();
			return bytes.subarray(0, length);
		},
	};
}

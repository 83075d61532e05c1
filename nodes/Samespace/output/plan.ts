import type { Range, RatingBounds, ReportDefinition, ReportRecord } from '../reports';
import type { CallThresholds } from './thresholds';

/** What an item holds: a record, or figures about records. */
export type Row = { [column: string]: unknown };

export type OutputName = 'simplified' | 'raw' | 'selectedFields' | 'summary' | 'followUps' | 'dashboard';

/** Whether an output is made of figures: of conversations and totals as they came. */
export function isOfFigures(output: OutputName): boolean {
	return output === 'summary' || output === 'dashboard';
}

/** How records become items. */
export interface OutputPlan {
	report: ReportDefinition;
	output: OutputName;
	/** For `selectedFields`: columns or dotted paths, in the order of the item. */
	fields: readonly string[];
	/** For `summary`: names out of `groupsOf(report)`; none gives one row. */
	groupBy: readonly string[];
	/** For `summary`: names out of `measuresOf(report)`, in the order of the item. */
	metrics: readonly string[];
	/** For figures of calls. */
	thresholds: CallThresholds;
	/** The range that was asked for: what has not ended is counted up to its end. */
	range: Range;
	/** For a dashboard: the period that the range is compared with, and the filters as people read them. */
	before: Range | null;
	filterTexts: readonly string[];
	/** Whether the filters take a record, where the output must see the others too. */
	isWanted(record: ReportRecord): boolean;
	/** For follow-ups: only numbers that were first missed up to here, in ms since 1970. */
	followUpsUntil: number;
	/** IANA zone of the workflow: of calendar groups, of the stamps of a period, and of the times that people read. */
	timezone: string;
	/** Scheme and host of the cluster, which its paths begin with. */
	origin: string;
	/** For a report with answers: what an item is. */
	itemPer: 'conversation' | 'answer';
	/** Answers outside are left out where each answer is an item. Conversations are chosen before, by the reading. */
	rating: RatingBounds;
	/** For a report of totals: one row an agent, merged over the periods. */
	mergePeriods: boolean;
	returnAs: 'items' | 'csv' | 'ndjson';
	/** For CSV: whether what a spreadsheet would run gets a `'` in front. */
	escapeFormulas: boolean;
	/** What tells the files of this plan from those of others, in their names. */
	fileLabel?: string;
	rowsPerFile: number;
}

/** A file that is full, or the last one. */
export interface OutputFile {
	name: string;
	mimeType: string;
	/** Records in it, the header aside. */
	rows: number;
	content: Buffer;
}

/** Puts a file where n8n keeps binary data. What it gives becomes the item's `file`. */
export type FileWriter = (file: OutputFile) => Promise<unknown>;

export interface OutputItem {
	json: Row;
	/** For a file: what the file writer gave. */
	file?: unknown;
}

/** Takes batches one after the other, in order. */
export interface Output {
	/**
	 * Items that are ready with this batch. Totals are stamped with the period that was asked for; other reports ignore it. The
	 * records may be passed on as they are: do not change them afterwards.
	 *
	 * @param part whether they are of the range, or of the period that it is compared with
	 */
	take(records: readonly ReportRecord[], period: Range, part?: 'range' | 'before'): Promise<readonly OutputItem[]>;
	/** What was waiting for the end: merged rows, a summary, the last file. Once, after the last batch. Await each piece before you take the next: it is made only then. */
	finish(): Iterable<readonly OutputItem[] | Promise<readonly OutputItem[]>>;
	/** What a user should know of the items, once they are finished. */
	notes(): string[];
}

/** The rows that every output of a plan starts from: what `raw` shows; and then, step by step, what its items hold. */
export interface Rows {
	/** Rows that are ready with this batch. */
	take(records: readonly ReportRecord[], period: Range): readonly Row[];
	/** Rows that were waiting for the last batch. */
	finish(): Iterable<Row>;
}

/** What the rows of an output become: their columns are known beforehand, as the head of a CSV file needs it. */
export interface Shape {
	columns: readonly string[];
	take(rows: readonly Row[]): readonly Row[];
	/** What was waiting for the last row. */
	finish(): Iterable<Row>;
	/** What a user should know of the rows, once they are finished. */
	notes?(): string[];
}

/** Makes items of rows. */
export interface Items {
	take(rows: readonly Row[]): readonly OutputItem[] | Promise<readonly OutputItem[]>;
	/** What was waiting for the last row. */
	finish(): readonly OutputItem[] | Promise<readonly OutputItem[]>;
}

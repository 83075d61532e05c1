/** A record as Samespace sends it, dates as ISO 8601 text. */
export type ReportRecord = { [field: string]: unknown };

/** What a column holds. `time` is ISO 8601 text, `duration` a number of seconds, `url` a path on the cluster, `json` a list or an object. */
export type ColumnType = 'text' | 'number' | 'duration' | 'time' | 'url' | 'json';

export interface Column {
	/** The field's name in the API. */
	name: string;
	type: ColumnType;
}

/** A column that is worked out from a record. */
export interface DerivedColumn extends Column {
	of(record: ReportRecord): unknown;
}

/** One field of the form by which a report can be narrowed. */
export interface FilterDefinition {
	/** Name of the filter in saved workflows: never changes. */
	parameter: 'type' | 'direction' | 'channel' | 'status' | 'teamName' | 'userDisplayName';
	/** Name in the API's `filters`, and of the column that it narrows. */
	field: string;
	/**
	 * How Samespace documents the filter: as one text, as a list, as a list that is always sent (`[]` = all), or not at all.
	 * A filter that is not documented is not sent: an API that reads it otherwise than we do would hide rows.
	 */
	sentAs: 'text' | 'list' | 'listAlways' | 'notSent';
	/** Whether the rows carry the column, so that the filter can be held against what came back. */
	inRows: boolean;
}

/** What a report IS. The form and the reading follow from it. */
export interface ReportDefinition {
	/** Name of the operation in saved workflows: never changes. */
	operation: string;
	/** As in 'Get Calls'. */
	title: string;
	/** As in 'Get calls'. */
	rowsAre: string;
	/** What the report is, in the list of operations. */
	description: string;
	path: string;
	/** The field that tells two records apart. */
	id: string;
	/** What the vendor's page shows for this report. A cluster may refuse everything else (U18). */
	shown: { paging: boolean; times: boolean; filters: readonly string[] };
	/** The field by which a record lies in a date range, or null where rows are totals over the range. */
	timeField: string | null;
	/** How `start_time` and `end_time` are written: ISO 8601, or `YYYY-MM-DD HH:mm:ss` in the cluster's zone. */
	timeFormat: 'iso' | 'clusterText';
	filters: readonly FilterDefinition[];
	/** Every field of the vendor's page, in its order. */
	columns: readonly Column[];
	/** Columns that the node adds to each record, after those of the vendor's page. */
	added?: readonly Column[];
	/** Columns that can be chosen beside those of the API. They are not in `raw`. */
	derived?: readonly DerivedColumn[];
	/** The columns of the simplified output: with those that are added, ten at most. */
	simplified: readonly string[];
	/** The column behind each name by which a summary can be grouped; see groups.ts for the calendar's. */
	groups?: { readonly [group in ColumnGroup]?: string };
	/** For records that last: their start, their end and how many seconds lie between. They are counted in every hour and day that they span. */
	span?: { from: string; to: string; seconds: string };
	/** Where a record holds a list of survey answers that can be items of their own. */
	answers?: AnswersDefinition;
}

/** Names in saved workflows: they never change. */
export type ColumnGroup = 'agent' | 'team' | 'channel' | 'direction' | 'status' | 'tag';

export interface AnswersDefinition {
	/** The column of the report that holds the list. */
	field: string;
	/** What each answer is taken apart into. */
	columns: readonly Column[];
	/** The columns of the simplified output where each answer is an item: ten at most. */
	simplified: readonly string[];
}

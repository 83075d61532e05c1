/** A stretch of time, ISO 8601, both ends inclusive, and the records in it. */
export interface TimeWindow {
	start: string;
	end: string;
	records: number;
}

/** What every contender is to do: read the calls of a cluster from `start` to `end`, all columns, into an array of items. */
export interface Task {
	/** Scheme, host and port. */
	url: string;
	apiKey: string;
	start: string;
	end: string;
	/**
	 * The same range, cut for those who cannot cut it themselves: no longer than a month, without an overlap, with the
	 * number of records in each. This node is given neither.
	 */
	windows: readonly TimeWindow[];
	pageSize: number;
}

/** What a contender gives for each record, as n8n's nodes do. */
export interface Item {
	json: object;
	pairedItem?: unknown;
}

export const contenderIds = ['node4', 'node8', 'http', 'http5000', 'httpAtOnce', 'loop', 'floor4', 'floor8', 'keep4', 'keep8'] as const;

/** `count4` reads as this node does and keeps nothing, so it is no contender where items are wanted. */
export type ContenderId = (typeof contenderIds)[number] | 'count4';

/** The path of the call report. */
export const callsPath = '/manage/api/analytics/sessions';

/** The header that carries the key. */
export const keyHeader = 'x-api-key';

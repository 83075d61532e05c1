/** What a run did, for its hint. */
export interface Statistics {
	/** Records that came out. */
	records: number;
	windows: number;
	requests: number;
	retries: number;
	/** Rows that came more than once. */
	duplicates: number;
	/** Rows that came although no filter or date range asked for them. */
	outside: number;
	/** Windows that were read again because rows and total differed. */
	rereads: number;
	/** Rows that are no records and were passed over. */
	strange: number;
}

/** All zero. */
export function emptyStatistics(): Statistics {
	return { records: 0, windows: 0, requests: 0, retries: 0, duplicates: 0, outside: 0, rereads: 0, strange: 0 };
}

import type { LoggedRequest } from '../simulator/index.ts';

/** What a reading asked of the cluster. */
export interface RequestCounts {
	requests: number;
	/** The most rows that a page skipped. */
	deepestSkip: number;
	/** Rows that the database passed over or sent, for all pages. */
	walked: number;
	/** The most requests under way at once. */
	peakConcurrency: number;
}

/** Counts the requests of a log. */
export function countsOf({ requests, walked, peakConcurrency }: { requests: LoggedRequest[]; walked: number; peakConcurrency: number }): RequestCounts {
	const skips = requests.map(({ body }) => (body as { skip?: number }).skip ?? 0);
	return { requests: requests.length, deepestSkip: skips.reduce((most, skip) => Math.max(most, skip), 0), walked, peakConcurrency };
}

/** The least number of requests by which records can be read: one even if there are none. */
export function leastRequests(records: number, pageSize: number): number {
	return Math.max(1, Math.ceil(records / pageSize));
}

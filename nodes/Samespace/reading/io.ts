import type { ReportDefinition } from '../reports';
import type { Outcome } from './failure';
import type { ConcurrencyLimiter } from './pacing/concurrency';
import type { Pace } from './pacing/pace';
import type { Behavior } from './pages/behavior';
import type { Restrictions, SentRequest } from './pages/restrictions';

/** The outside world, handed in. */
export interface ReadingIo {
	/** Sends one request, once, and gives the parsed body of a success. Never throws. */
	fetchPage(report: ReportDefinition, request: SentRequest): Promise<Outcome<unknown>>;
	/** How the cluster has been seen to answer for a report; what is learned is written there. */
	behaviorOf(report: ReportDefinition): Behavior;
	/** Ms since 1970. */
	now(): number;
	/** Waits; ends early, without an error, when the signal fires. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
	/** Fires when the user presses Stop or another input item fails. */
	signal?: AbortSignal;
	/** Bounds the requests under way; shared by all readings of one execution. */
	limiter: ConcurrencyLimiter;
	/** How often the cluster may be asked; shared by all executions. */
	pace: Pace;
	/** Counted up as the reading goes on. */
	statistics: Statistics;
}

/** What a run did, for its hints, and for tests. */
export interface Statistics {
	/** Records that came out. */
	records: number;
	windows: number;
	requests: number;
	retries: number;
	/** Rows that came more than once. */
	duplicates: number;
	/** Rows in the date range that a filter left out, by the filter's label. A row counts for the first filter that it does not match. */
	filtered: Map<string, number>;
	/** Matching records that were left out before the first one. */
	skipped: number;
	/** What of this run's requests was lowered or left out because the cluster refuses it, where anything was. */
	restrictions: Map<ReportDefinition, Restrictions>;
	/** Rows that are no records and were passed over. */
	strange: number;
}

/** All zero. */
export function emptyStatistics(): Statistics {
	return { records: 0, windows: 0, requests: 0, retries: 0, duplicates: 0, filtered: new Map(), skipped: 0, restrictions: new Map(), strange: 0 };
}

import type { ReportDefinition } from '../reports';
import type { Outcome } from './failure';
import type { Lanes } from './lanes';
import type { Contact, SentRequest } from './contact';
import type { Statistics } from './statistics';

/** The outside world, handed in. */
export interface ReadingIo {
	/** Sends one request, once, and gives the parsed body of a success. Never throws. */
	fetchPage(report: ReportDefinition, request: SentRequest): Promise<Outcome<unknown>>;
	/** What is known of the cluster's way with a report; what is learnt is written there. */
	contactWith(report: ReportDefinition): Contact;
	/** Ms since 1970. */
	now(): number;
	/** Waits; ends early, without an error, when the signal fires. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
	/** Fires when the user presses Stop. */
	signal?: AbortSignal;
	/** Bounds the requests under way; shared by all readings of one execution. */
	lanes: Lanes;
	/** Counted up as the reading goes on. */
	statistics: Statistics;
}

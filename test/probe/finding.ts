import type { ReportName } from './reports.ts';
import type { ReportNotes } from './reportNotes.ts';

/** What one probe found for one report. Words and shapes only: no value of a record may get in here. */
export type Finding = { does: string; how: string };

/** One unknown of the contract (or two that are one question) and how to look at it. */
export type Probe = {
	unknowns: string;
	title: string;
	reports: readonly ReportName[];
	/** Asks that must come first: what others build on, or the first of two looks. */
	early?: (notes: ReportNotes) => Promise<unknown>;
	look: (notes: ReportNotes) => Promise<Finding> | Finding;
};

export const notSeenText = 'not seen';

/** A probe that could not tell, and why. */
export function notSeen(reason: string): Finding {
	return { does: notSeenText, how: reason };
}

import type { TotalError } from '../switches.ts';

/** What a wrong total is made from. `asked` and `sameAsked` count from 1; the functions count rows when it is called for. */
export type TotalFacts = {
	/** The right one: all rows of the query. */
	total: number;
	/** Rows of this page. */
	pageRows: number;
	/** How often the report was asked, and how often with the same filters and times. */
	asked: number;
	sameAsked: number;
	unfiltered: () => number;
	timesOnly: () => number;
	requestsAgo: (requests: number) => number;
	secondsAgo: (seconds: number) => number;
};

/** What an answer says its total is (U13, U17); undefined where it says nothing. */
export function totalSent(error: TotalError | null, facts: TotalFacts): unknown {
	if (error === null) return facts.total;
	if (typeof error === 'string') return byWord[error](facts);
	if ('cappedAt' in error) return Math.min(facts.total, error.cappedAt);
	if ('lowAtFirst' in error) return facts.sameAsked <= error.lowAtFirst ? half(facts.total) : facts.total;
	return 'lagsRequests' in error ? facts.requestsAgo(error.lagsRequests) : facts.secondsAgo(error.lagsSeconds);
}

const byWord: Record<Extract<TotalError, string>, (facts: TotalFacts) => unknown> = {
	drift: ({ total, asked }) => total + ((asked - 1) % 3),
	tooHigh: ({ total }) => total + 5,
	tooLow: ({ total }) => half(total),
	missing: () => undefined,
	textNumber: ({ total }) => String(total),
	textWord: () => 'many',
	negative: () => -1,
	null: () => null,
	pageRows: ({ pageRows }) => pageRows,
	unfiltered: ({ unfiltered }) => unfiltered(),
	timesOnly: ({ timesOnly }) => timesOnly(),
};

function half(total: number): number {
	return Math.floor(total / 2);
}

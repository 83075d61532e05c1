import { Chance } from './chance';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export type EventName = 'callCompleted' | 'sessionActivity' | 'csatReceived';

/** How one run goes: times in ms, instants in ms since 1970, chances from 0 to 1. */
export interface Scenario {
	event: EventName;
	start: number;
	end: number;
	/** Between two records, on average, bursts apart. */
	meanGapMs: number;
	/** How late a record may appear at most after the time that it is listed under, in order to be found. */
	lookbackMs: number;
	settleMs: number;
	/** How long the cluster takes to fill in a record after its last change. */
	draftMs: number;
	maxItems: number;
	pollEveryMs: number;
	apiOrder: 'oldestFirst' | 'newestFirst' | 'none';
	/** Whether a call is listed while it is still running. */
	showsUnfinished: boolean;
	/** How much this machine's clock may be ahead of the cluster's, and behind. */
	aheadMs: number;
	behindMs: number;
	/** That a request fails; that a reading takes long; that n8n is killed between two polls. */
	faults: number;
	slowness: number;
	restarts: number;
	/** Reads after which the time of a poll is used up. */
	readsPerPoll: number;
	outages: Array<{ from: number; to: number }>;
	/** The workflow is switched off. */
	pause: { from: number; to: number } | null;
}

/** A month or more of everything that can happen, by chance. */
export function scenarioOf(chance: Chance): Scenario {
	const start = Date.UTC(2026, 0, 5) + chance.between(0, dayMs);
	const pause = chance.happens(0.15) ? start + chance.between(dayMs, 20 * dayMs) : null;
	const end = start + 30 * dayMs + (pause === null ? 0 : 40 * dayMs);
	const pollEveryMs = chance.between(30, 240) * minuteMs;
	const meanGapMs = chance.between(30, 90) * minuteMs;
	const settleMs = chance.between(30, 120) * 1000;
	const draftMs = Math.floor(settleMs * chance.oneOf([0.1, 0.4]));
	return {
		event: chance.oneOf(['callCompleted', 'sessionActivity', 'csatReceived']),
		start,
		end,
		meanGapMs,
		lookbackMs: chance.between(190, 420) * minuteMs,
		settleMs,
		draftMs,
		maxItems: Math.ceil(Math.max(1, (2 * pollEveryMs) / meanGapMs) * chance.oneOf([1, 3, 100])),
		pollEveryMs,
		apiOrder: chance.oneOf(['oldestFirst', 'newestFirst', 'none']),
		showsUnfinished: chance.happens(0.5),
		aheadMs: chance.oneOf([0, settleMs - draftMs]),
		behindMs: chance.oneOf([0, 1000, 10 * minuteMs]),
		faults: chance.oneOf([0, 0.02, 0.2]),
		slowness: chance.oneOf([0, 0.05, 0.3]),
		restarts: chance.oneOf([0, 0.01, 0.05]),
		readsPerPoll: chance.oneOf([1, 3, Infinity]),
		outages: Array.from({ length: chance.between(0, 3) }, () => {
			const from = chance.between(start + dayMs, end);
			return { from, to: from + chance.between(minuteMs, 9 * hourMs) };
		}),
		pause: pause === null ? null : { from: pause, to: pause + 40 * dayMs },
	};
}

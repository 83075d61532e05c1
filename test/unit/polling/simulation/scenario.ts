import { Chance } from './chance';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export type EventName = 'callCompleted' | 'callMissed' | 'sessionActivity' | 'csatReceived';

export const teams = ['A', 'B', 'C'] as const;

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
	/** Whether a call is listed while it is still running. */
	showsUnfinished: boolean;
	/** How much this machine's clock may be ahead of the cluster's, and behind. */
	aheadMs: number;
	behindMs: number;
	/** That a request fails; that a reading takes long; that n8n is killed between two polls. */
	faults: number;
	slowness: number;
	restarts: number;
	/** Records that come together, and how many times that uses up the time of a poll. */
	batchSize: number;
	batchesPerPoll: number;
	outages: Array<{ from: number; to: number }>;
	/** This machine's clock is wrong for a while, by so much. */
	jumps: Array<{ from: number; to: number; byMs: number }>;
	/** The filter is changed on the active workflow: teams that are polled for before and after. */
	change: { at: number; before: readonly string[]; after: readonly string[] } | null;
	/** n8n keeps the state with each poll, but for an activation that emits nothing; else only where something is emitted. */
	isDurable: boolean;
	/** Whether an open login's end is refreshed as it goes on (U23). */
	hasHeartbeats: boolean;
	/** The workflow is switched off. */
	pause: { from: number; to: number } | null;
}

/** Three weeks or more of everything that can happen, by chance. */
export function scenarioOf(chance: Chance): Scenario {
	const start = Date.UTC(2026, 0, 5) + chance.between(0, dayMs);
	const pause = chance.happens(0.15) ? start + chance.between(dayMs, 15 * dayMs) : null;
	const end = start + 21 * dayMs + (pause === null ? 0 : 40 * dayMs);
	const pollEveryMs = chance.between(30, 240) * minuteMs;
	const meanGapMs = chance.between(30, 90) * minuteMs;
	const settleMs = chance.between(30, 120) * 1000;
	const draftMs = Math.floor(settleMs * chance.oneOf([0.1, 0.4]));
	const jumps = chance.happens(0.5) ? jumpsIn(start, end, chance) : [];
	const changeAt = chance.between(start + dayMs, end - dayMs);
	// What was there when the filter was changed can't be told by a clock that is wrong just then.
	const isCalm = jumps.every(({ from, to }) => changeAt < from - dayMs || changeAt > to + dayMs);
	return {
		event: chance.oneOf(['callCompleted', 'callMissed', 'sessionActivity', 'csatReceived']),
		start,
		end,
		meanGapMs,
		lookbackMs: chance.between(190, 420) * minuteMs,
		settleMs,
		draftMs,
		maxItems: Math.ceil(Math.max(1, (2 * pollEveryMs) / meanGapMs) * chance.oneOf([1, 3, 100])),
		pollEveryMs,
		showsUnfinished: chance.happens(0.5),
		aheadMs: chance.oneOf([0, settleMs - draftMs]),
		behindMs: chance.oneOf([0, 1000, 10 * minuteMs]),
		faults: chance.oneOf([0, 0.02, 0.2]),
		slowness: chance.oneOf([0, 0.05, 0.3]),
		restarts: chance.oneOf([0, 0.01, 0.05]),
		batchSize: chance.oneOf([1, 10, 1000]),
		batchesPerPoll: chance.oneOf([1, 5, Infinity]),
		outages: Array.from({ length: chance.between(0, 3) }, () => {
			const from = chance.between(start + dayMs, end);
			return { from, to: from + chance.between(minuteMs, 9 * hourMs) };
		}),
		pause: pause === null ? null : { from: pause, to: pause + 40 * dayMs },
		jumps,
		change: isCalm && chance.happens(0.3) ? { at: changeAt, ...chance.oneOf([widened, switched]) } : null,
		isDurable: chance.happens(0.5),
		// By a clock that is ahead, an end that is refreshed would seem to stand still.
		hasHeartbeats: jumps.length === 0 && chance.happens(0.5),
	};
}

const widened = { before: ['A'], after: ['A', 'B'] };
const switched = { before: ['A', 'B'], after: ['B', 'C'] };

/** By minutes, hours or days, both ways, for one poll or for days. At the start only ahead: else what was there before would be new. */
function jumpsIn(start: number, end: number, chance: Chance): Scenario['jumps'] {
	const jumps = Array.from({ length: chance.between(1, 4) }, () => {
		const from = chance.between(start + hourMs, end - 4 * dayMs);
		const size = chance.oneOf([5 * minuteMs, 50 * minuteMs, 3 * hourMs, 24 * hourMs, 6 * dayMs]);
		return { from, to: from + chance.oneOf([4 * hourMs, 12 * hourMs, 3 * dayMs]), byMs: chance.oneOf([-1, 1]) * chance.between(minuteMs, size) };
	});
	return chance.happens(0.2) ? [{ from: start, to: start + chance.between(hourMs, dayMs), byMs: chance.between(minuteMs, 2 * dayMs) }, ...jumps] : jumps;
}

/** By how much this machine's clock is wrong at an instant, where it jumped. */
export function jumpAt({ jumps }: Scenario, at: number): number {
	return jumps.find(({ from, to }) => at >= from && at < to)?.byMs ?? 0;
}

/** The teams that are polled for at an instant. */
export function teamsAt({ change }: Scenario, at: number): readonly string[] {
	if (change === null) return teams;
	return at < change.at ? change.before : change.after;
}

import { minuteMs, secondMs } from '../times.ts';
import type { Window } from '../times.ts';

/**
 * One way in which a server may compare a record's time with the two that it is sent (U5, U27). `recordsToo`: the
 * record's own time is cut or rounded as well.
 */
export type Reading = {
	unitMs: 1 | 1000 | 60_000;
	rounding: 'cut' | 'round';
	recordsToo: boolean;
	startInclusive: boolean;
	endInclusive: boolean;
};

/** A record's times; `whole`: it counts only if it ends in the window too (U20). */
export type Mark = { startMs: number; endMs: number; whole: boolean };

const yesNo = [true, false];

/** Every reading; milliseconds leave nothing to cut. */
export const allReadings: readonly Reading[] = yesNo.flatMap((startInclusive) =>
	yesNo.flatMap((endInclusive) => [
		{ unitMs: 1, rounding: 'cut', recordsToo: false, startInclusive, endInclusive } as const,
		...([secondMs, minuteMs] as Array<1000 | 60_000>).flatMap((unitMs) =>
			(['cut', 'round'] as const).flatMap((rounding) =>
				yesNo.map((recordsToo) => ({ unitMs, rounding, recordsToo, startInclusive, endInclusive })),
			),
		),
	]),
);

/** Whether a server of this reading gives the record for the window. */
export function gives(reading: Reading, { startMs, endMs, whole }: Mark, window: Window): boolean {
	return liesIn(reading, startMs, window) && (!whole || liesIn(reading, endMs, window));
}

function liesIn({ unitMs, rounding, recordsToo, startInclusive, endInclusive }: Reading, ms: number, window: Window): boolean {
	const half = rounding === 'round' && unitMs > 1 ? unitMs / 2 : 0;
	const seen = (at: number): number => Math.floor((at + half) / unitMs) * unitMs;
	const [at, from, to] = [recordsToo ? seen(ms) : ms, seen(window.startMs), seen(window.endMs)];
	return (startInclusive ? at >= from : at > from) && (endInclusive ? at <= to : at < to);
}

/** Windows with one edge close to the record, from the finest step that the report's times allow. */
export function candidates({ startMs, endMs, whole }: Mark, stepMs: 1 | 1000): Window[] {
	const far = 2 * minuteMs;
	const starts = edgesNear(startMs, stepMs).map((edge) => ({ startMs: edge, endMs: endMs + far }));
	const last = whole ? endMs : startMs;
	const ends = edgesNear(last, stepMs).map((edge) => ({ startMs: ceil(startMs - far, stepMs), endMs: edge }));
	return [...starts, ...ends]
		.map((window) => ({ startMs: window.startMs, endMs: ceil(window.endMs, stepMs) }))
		.filter((window) => window.endMs >= window.startMs);
}

/** The window whose answer tells the remaining readings apart best; undefined: none tells any apart. */
export function nextWindow(remaining: readonly Reading[], mark: Mark, windows: readonly Window[]): Window | undefined {
	let best: Window | undefined;
	let bestScore = 0;
	for (const window of windows) {
		const given = remaining.filter((reading) => gives(reading, mark, window)).length;
		const score = Math.min(given, remaining.length - given);
		if (score > bestScore) [best, bestScore] = [window, score];
	}
	return best;
}

/** The readings that agree with what came. */
export function afterAnswer(remaining: readonly Reading[], mark: Mark, window: Window, came: boolean): Reading[] {
	return remaining.filter((reading) => gives(reading, mark, window) === came);
}

function edgesNear(ms: number, stepMs: 1 | 1000): number[] {
	const anchors = [secondMs, minuteMs].flatMap((unit) => {
		const low = Math.floor(ms / unit) * unit;
		return [low - unit / 2, low, low + unit / 2, low + unit, low + 1.5 * unit];
	});
	const near = [ms, ...anchors].flatMap((at) => [at - stepMs, at, at + stepMs]);
	return [...new Set(near.filter((at) => at % stepMs === 0))];
}

function ceil(ms: number, stepMs: number): number {
	return Math.ceil(ms / stepMs) * stepMs;
}

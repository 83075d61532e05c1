import { mix } from './chance.ts';
import type { WorkingTime } from './traffic.ts';

const halfHourMs = 1_800_000;
const dayMs = 86_400_000;

/** When record i starts: never decreasing in i, computed from (seed, i) alone. Milliseconds since 1970. */
export type Timeline = { count: () => number; at: (index: number) => number };

export type TimelineShape = {
	seed: number;
	firstMs: number;
	/** Milliseconds of working time between records. */
	stepMs: number;
	working: WorkingTime;
	count: () => number;
};

/**
 * Spreads records evenly over working time, with jitter. Where a record's slot holds a midnight (UTC) it starts exactly on it; some
 * start exactly on a half hour, and some share their predecessor's millisecond: windows and sort orders must cope.
 */
export function timeline({ seed, firstMs, stepMs, working, count }: TimelineShape): Timeline {
	const firstWorkingMs = working.of(firstMs);
	const slot = (index: number) => Math.floor(working.toReal(firstWorkingMs + index * stepMs));
	const inOwnSlot = (index: number) => {
		const low = slot(index);
		const high = slot(index + 1);
		const midnight = Math.ceil(low / dayMs) * dayMs;
		if (midnight < high) return midnight;
		const chance = mix(seed, index);
		const halfHour = Math.ceil(low / halfHourMs) * halfHourMs;
		if (halfHour < high && chance % 6 === 0) return halfHour;
		return low + Math.floor((chance / 4294967296) * (high - low));
	};
	const at = (index: number) => inOwnSlot(index % 37 === 5 ? index - 1 : index);
	return { count, at };
}

/** The first index whose time is at or after `ms` (after it, when `after`). */
export function firstIndexFrom(
	times: { length: number; at: (i: number) => number },
	ms: number,
	after = false,
): number {
	let low = 0;
	let high = times.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const time = times.at(middle);
		if (time < ms || (after && time === ms)) low = middle + 1;
		else high = middle;
	}
	return low;
}

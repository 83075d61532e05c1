import { IANAZone } from 'luxon';

import type { Range } from './range';

const dayMs = 24 * 60 * 60_000;
const minuteMs = 60_000;
const secondMs = 1000;
/** Nowhere were clocks ever changed twice within three days (tz database 2025b), so two days hold one change at most. */
const stepMs = 2 * dayMs;

/**
 * Where a zone's clocks are set back, they show the same times twice. Each stretch runs from the first showing of the first such
 * time to the last showing of the last one, `end` not included: within it a text without an offset stands for two instants, outside
 * for one. An hour that is repeated makes a stretch of two.
 *
 * @returns those that touch the range or the second after it, oldest first: texts without an offset have whole seconds
 */
export function repeatedHours({ start, end }: Range, zone: string): Range[] {
	const clock = IANAZone.create(zone);
	const offsetMs = (instant: number): number => Math.round(clock.offset(instant) * minuteMs);
	const found: Range[] = [];
	let before = offsetMs(start - dayMs);
	for (let from = start - dayMs; from < end + dayMs; from += stepMs) {
		const after = offsetMs(from + stepMs);
		if (after < before) {
			const change = changeBetween(from, from + stepMs, offsetMs);
			found.push({ start: change - (before - after), end: change + (before - after) });
		}
		before = after;
	}
	return found.filter((hours) => hours.start < end + secondMs && hours.end > start);
}

/** The first instant with the offset of `to`, where that of `from` is another. */
function changeBetween(from: number, to: number, offsetMs: (instant: number) => number): number {
	const after = offsetMs(to);
	let [earlier, later] = [from, to];
	while (later - earlier > 1) {
		const middle = Math.floor((earlier + later) / 2);
		if (offsetMs(middle) === after) later = middle;
		else earlier = middle;
	}
	return later;
}

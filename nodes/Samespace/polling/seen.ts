import { instantIn, isoOf } from '../reports';
import { fingerprintLength } from './fingerprint';

/** Fingerprints remembered at most: with their times at most 230 KiB of JSON, however long the look-back. */
export const maxSeen = 25_000;

/** Stretches of time into which the look-back is divided at most, and how short one of them may be. */
const maxStretches = 1000;
const leastStretchMs = 60_000;

const fingerprints = /^[A-Za-z0-9+/]*$/;

/** The fingerprint of each record handed on, and a time at which or before which it is listed, in ms since 1970. */
export type Seen = Map<string, number>;

/** The same for JSON: fingerprints, written one after the other, under the end of the stretch of time that they lie in. */
export type SeenText = { [end: string]: string };

/** Writes down what was seen, oldest first. Times are rounded up to the end of a stretch, so nothing is forgotten early. */
export function writeSeen(seen: Seen, lookbackMs: number): SeenText {
	const stretchMs = Math.max(leastStretchMs, Math.ceil(lookbackMs / maxStretches));
	const stretches = new Map<number, string[]>();
	for (const [fingerprint, time] of seen) {
		const end = Math.ceil(time / stretchMs) * stretchMs;
		const stretch = stretches.get(end);
		if (stretch) stretch.push(fingerprint);
		else stretches.set(end, [fingerprint]);
	}
	const ordered = [...stretches].sort(([a], [b]) => a - b);
	return Object.fromEntries(ordered.map(([end, texts]) => [isoOf(end), texts.join('')]));
}

/** Reads what `writeSeen` wrote; null if it is anything else. */
export function readSeen(text: unknown): Seen | null {
	if (typeof text !== 'object' || text === null) return null;
	const seen: Seen = new Map();
	for (const [end, joined] of Object.entries(text)) {
		const time = instantIn(end);
		if (time === null || typeof joined !== 'string') return null;
		if (joined.length % fingerprintLength !== 0 || !fingerprints.test(joined)) return null;
		for (let at = 0; at < joined.length; at += fingerprintLength) seen.set(joined.slice(at, at + fingerprintLength), time);
	}
	return seen;
}

/**
 * Forgets what lies before `since`, and the oldest while there are more than `maxSeen`; but nothing from `cursor` on, as
 * that must be read again. Gives back the instant from which on everything handed on is remembered.
 */
export function trimSeen(seen: Seen, since: number, cursor: number): number {
	forgetBefore(seen, since);
	const surplus = seen.size - maxSeen;
	if (surplus <= 0) return since;
	const times = [...seen.values()].sort((a, b) => a - b);
	const newSince = Math.max(since, Math.min(times[surplus - 1] + 1, cursor));
	forgetBefore(seen, newSince);
	return newSince;
}

function forgetBefore(seen: Seen, since: number): void {
	for (const [fingerprint, time] of seen) {
		if (time < since) seen.delete(fingerprint);
	}
}

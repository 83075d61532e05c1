import { instantIn, isoOf } from '../reports';
import { hashOf } from '../reports/hash';

/** Ids remembered at most: with their times at most 230 KiB of JSON, however long the look-back. */
export const mostEmitted = 25_000;

/** Stretches of time into which the look-back is divided at most, and how short one of them may be. */
const mostStretches = 1000;
const leastStretchMs = 60_000;

/** Characters of an id: 48 bits in base64. */
const idLength = 8;
const ids = /^[A-Za-z0-9+/]*$/;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** It never changes: ids outlive the process in the trigger's state. */
const storedSeed = 0x41c6ce57;

/** A text in a repeated hour may be read as an hour later once the look-back no longer reaches the first one (U28). */
const repeatedMs = 2 * 3_600_000;

/** The id of everything that was emitted, or that counts as such, and a time at which or before which it is listed, in ms since 1970. */
export type Emitted = Map<string, number>;

/** The same for JSON: ids, written one after the other, under the end of the stretch of time that they lie in. */
export type EmittedText = { [end: string]: string };

/** A text, however long, in 8 base64 characters, 24 bits of each word. With 25,000 of them remembered, a new key is taken for an old one once in 10^10. */
export function shortIdOf(key: string): string {
	const { low, high } = hashOf(key, storedSeed);
	return base64Of(low >>> 8) + base64Of(high >>> 8);
}

function base64Of(bits24: number): string {
	return [18, 12, 6, 0].map((shift) => alphabet[(bits24 >>> shift) & 63]).join('');
}

/** Writes down what was emitted, oldest first. Times are rounded up to the end of a stretch, so nothing is forgotten early. */
export function writeEmitted(emitted: Emitted, lookbackMs: number): EmittedText {
	const stretchMs = Math.max(leastStretchMs, Math.ceil(lookbackMs / mostStretches));
	const stretches = new Map<number, string[]>();
	for (const [id, time] of emitted) {
		const end = Math.ceil(time / stretchMs) * stretchMs;
		const stretch = stretches.get(end);
		if (stretch) stretch.push(id);
		else stretches.set(end, [id]);
	}
	const ordered = [...stretches].sort(([a], [b]) => a - b);
	return Object.fromEntries(ordered.map(([end, texts]) => [isoOf(end), texts.join('')]));
}

/** Reads what `writeEmitted` wrote; null if it is anything else. */
export function readEmitted(text: unknown): Emitted | null {
	if (typeof text !== 'object' || text === null) return null;
	const emitted: Emitted = new Map();
	for (const [end, joined] of Object.entries(text)) {
		const time = instantIn(end);
		if (time === null || typeof joined !== 'string') return null;
		if (joined.length % idLength !== 0 || !ids.test(joined)) return null;
		for (let at = 0; at < joined.length; at += idLength) emitted.set(joined.slice(at, at + idLength), time);
	}
	return emitted;
}

/**
 * Forgets what is more than two hours older than `since` (U28), and the oldest if there are more than `mostEmitted`, but nothing from `cursor` on,
 * because that is read again. Returns the time from which everything emitted is remembered.
 */
export function trimEmitted(emitted: Emitted, since: number, cursor: number): number {
	forgetBefore(emitted, since - repeatedMs);
	const surplus = emitted.size - mostEmitted;
	if (surplus <= 0) return since;
	const times = [...emitted.values()].sort((a, b) => a - b);
	const newSince = Math.max(since, Math.min(times[surplus - 1] + 1, cursor));
	forgetBefore(emitted, newSince);
	return newSince;
}

function forgetBefore(emitted: Emitted, since: number): void {
	for (const [id, time] of emitted) {
		if (time < since) emitted.delete(id);
	}
}

const { imul } = Math;

/** Two words below 2^32. `low` is never 0, so that 0 can stand for a free place. */
export interface Hash {
	low: number;
	high: number;
}

/**
 * The seed for whatever stays in this process. Nobody outside knows it, so nobody can choose texts that fall together and make
 * every look-up long. What is stored needs a seed of its own that stays the same.
 */
export const processSeed = Math.floor(Math.random() * 2 ** 32) | 0;

/**
 * A text in 64 bits: two 32-bit multiplicative hashes over its UTF-16 units, mixed at the end as in MurmurHash3's finalizer. With
 * one seed it is the same in every process and release: triggers keep it in their state. Not in the room's index, whose getters
 * would make each call a tenth slower.
 *
 * @param seed a whole number, of which the lowest 32 bits count
 */
export function hashOf(text: string, seed: number): Hash {
	let low = seed ^ text.length;
	let high = imul(seed, 0x9e3779b1) ^ text.length;
	for (let at = 0; at < text.length; at += 1) {
		const unit = text.charCodeAt(at);
		low = imul(low ^ unit, 0x9e3779b1);
		// A product carries only upwards, so the top is turned to the bottom.
		low = (low << 13) | (low >>> 19);
		high = imul(high ^ unit, 0x85ebca77);
		high = (high << 17) | (high >>> 15);
	}
	return { low: mix(low ^ imul(high, 0x27d4eb2f)) || 1, high: mix(high) };
}

function mix(word: number): number {
	let mixed = word ^ (word >>> 16);
	mixed = imul(mixed, 0x85ebca6b);
	mixed ^= mixed >>> 13;
	mixed = imul(mixed, 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}

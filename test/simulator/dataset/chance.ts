/** Mixes two 32-bit numbers into one that looks random (murmur3's finaliser); unsigned. */
export function mix(a: number, b: number): number {
	let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit number for a text, the same on every run. */
export function mixText(text: string): number {
	let h = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
	return mix(h, text.length);
}

/** A stream of chance that depends on its seed alone, so record i never depends on record i−1. */
export class Chance {
	private state: number;

	constructor(seed: number) {
		this.state = seed | 0;
	}

	/** An unsigned 32-bit number (mulberry32). */
	bits(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return (t ^ (t >>> 14)) >>> 0;
	}

	/** A fraction in [0, 1). */
	fraction(): number {
		return this.bits() / 4294967296;
	}

	/** A whole number in [low, high]. */
	between(low: number, high: number): number {
		return low + Math.floor(this.fraction() * (high - low + 1));
	}

	happens(probability: number): boolean {
		return this.fraction() < probability;
	}

	/** One of a non-empty list. */
	pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.fraction() * list.length)] as T;
	}
}

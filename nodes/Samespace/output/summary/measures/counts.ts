import { processSeed } from '../../../reports/hash';

const firstCapacity = 8;

/** What is counted in a cell is a whole number below this. */
export const codes = 2 ** 26;

/**
 * Counts whole numbers ('codes') in the cells of a table: 12 bytes for each that comes in a cell, however often, in one open-addressing table
 * for all cells. A Map for each cell of a large table would take ten times as much.
 */
export class Counts {
	private keys = new Float64Array(firstCapacity);

	private times = new Uint32Array(firstCapacity);

	private size = 0;

	/** All keys in order, once somebody asks; a new one makes it stale. */
	private ordered: Float64Array | null = null;

	/** @param wanted the code, 0 to `codes` − 1; values outside count as the nearest one */
	add(cell: number, wanted: number): void {
		if (this.size * 4 >= this.keys.length * 3) this.grow();
		const code = Math.min(Math.max(wanted, 0), codes - 1);
		const key = keyOf(cell, code);
		const slot = slotOf(this.keys, key, hashOf(cell, code));
		if (this.keys[slot] === 0) {
			this.keys[slot] = key;
			this.size += 1;
			this.ordered = null;
		}
		this.times[slot] += 1;
	}

	/** Every code of a cell with its count, in the order of codes. */
	of(cell: number): Array<[code: number, count: number]> {
		const ordered = (this.ordered ??= this.keys.filter((key) => key !== 0).sort());
		const [first, end] = [keyOf(cell, 0), keyOf(cell + 1, 0)];
		const found: Array<[number, number]> = [];
		for (let at = firstFrom(ordered, first); at < ordered.length && ordered[at] < end; at += 1) {
			const code = ordered[at] - first;
			found.push([code, this.times[slotOf(this.keys, ordered[at], hashOf(cell, code))]]);
		}
		return found;
	}

	private grow(): void {
		const { keys, times } = this;
		this.keys = new Float64Array(keys.length * 2);
		this.times = new Uint32Array(keys.length * 2);
		for (let at = 0; at < keys.length; at += 1) {
			if (keys[at] === 0) continue;
			const cell = Math.floor((keys[at] - 1) / codes);
			const slot = slotOf(this.keys, keys[at], hashOf(cell, keys[at] - 1 - cell * codes));
			this.keys[slot] = keys[at];
			this.times[slot] = times[at];
		}
	}
}

/** 1 and more: 0 is a free slot. */
function keyOf(cell: number, code: number): number {
	return cell * codes + code + 1;
}

/** Where the key is, or the free slot where it belongs. */
function slotOf(keys: Float64Array, key: number, hash: number): number {
	const mask = keys.length - 1;
	let slot = hash & mask;
	while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
	return slot;
}

/** MurmurHash3's finalizer: with the seed of the process, nobody can choose codes that fall together. */
function hashOf(cell: number, code: number): number {
	const word = (code | 0) ^ Math.imul(cell + 1, 0x9e3779b1) ^ processSeed;
	const first = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
	const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
	return second ^ (second >>> 16);
}

/** The index of the first key that is not below the wanted one. */
function firstFrom(ordered: Float64Array, wanted: number): number {
	let [low, high] = [0, ordered.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (ordered[middle] < wanted) low = middle + 1;
		else high = middle;
	}
	return low;
}

import { processSeed } from '../../../reports/hash';
import { Numbers } from './numbers';

const firstCapacity = 8;

/** What is counted in a cell is a whole number below this. */
export const codes = 2 ** 26;

/** Each code with how often it came, in the order of codes. */
export type CodeCounts = ReadonlyArray<readonly [code: number, count: number]>;

/**
 * Counts whole numbers ('codes') in the cells of a table: about 30 bytes for each that comes in a cell, however often, in one open-addressing table
 * for all cells. A Map for each cell of a large table would take ten times as much.
 */
export class Counts {
	private keys = new Float64Array(firstCapacity);

	private times = new Uint32Array(firstCapacity);

	/** A cell's latest slot, and before each slot that cell's earlier one; counted from 1. */
	private latest = new Numbers();

	private earlier = new Uint32Array(firstCapacity);

	private size = 0;

	/** What was asked for last: several figures of a row are made of it. */
	private last: { cell: number; found: CodeCounts } | null = null;

	/** @param wanted the code, 0 to `codes` − 1; values outside count as the nearest one */
	add(cell: number, wanted: number): void {
		if (this.size * 4 >= this.keys.length * 3) this.grow();
		this.last = null;
		const code = Math.min(Math.max(wanted, 0), codes - 1);
		const slot = slotOf(this.keys, keyOf(cell, code), hashOf(cell, code));
		if (this.keys[slot] === 0) {
			this.size += 1;
			this.begin(slot, cell, code);
		}
		this.times[slot] += 1;
	}

	/** Every code of a cell with its count, in the order of codes. */
	of(cell: number): CodeCounts {
		if (this.last?.cell !== cell) this.last = { cell, found: this.countsIn(cell) };
		return this.last.found;
	}

	private countsIn(cell: number): CodeCounts {
		const keys: number[] = [];
		for (let slot = this.latest.at(cell); slot > 0; slot = this.earlier[slot - 1]) keys.push(this.keys[slot - 1]);
		const first = keyOf(cell, 0);
		return Array.from(Float64Array.from(keys).sort(), (key) => [key - first, this.times[slotOf(this.keys, key, hashOf(cell, key - first))]] as const);
	}

	private begin(slot: number, cell: number, code: number): void {
		this.keys[slot] = keyOf(cell, code);
		this.earlier[slot] = this.latest.at(cell);
		this.latest.set(cell, slot + 1);
	}

	private grow(): void {
		const { keys, times } = this;
		this.keys = new Float64Array(keys.length * 2);
		this.times = new Uint32Array(keys.length * 2);
		this.earlier = new Uint32Array(keys.length * 2);
		this.latest = new Numbers();
		for (let at = 0; at < keys.length; at += 1) {
			if (keys[at] === 0) continue;
			const cell = Math.floor((keys[at] - 1) / codes);
			const code = keys[at] - 1 - cell * codes;
			const slot = slotOf(this.keys, keys[at], hashOf(cell, code));
			this.begin(slot, cell, code);
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

import { idOf, type ReportDefinition, type ReportRecord } from '../reports';
import { hashOf, processSeed } from '../reports/hash';

const firstCapacity = 1024;

/**
 * A set of ids that takes 16 to 32 bytes each, however long they are: it keeps 64-bit hashes in one typed array (open
 * addressing). Two ids of a million share a hash once in 40 million reports; the window then does not add up, which is
 * an error and no silent loss.
 */
export class IdSet {
	private slots = new Uint32Array(firstCapacity * 2);

	private count = 0;

	get size(): number {
		return this.count;
	}

	/** Adds an id; true when it was not there before. */
	add(id: string): boolean {
		const { low, high } = hashOf(id, processSeed);
		return this.addHash(low, high);
	}

	/** Adds all ids of another set. */
	addAll({ slots }: IdSet): void {
		for (let at = 0; at < slots.length; at += 2) if (slots[at] !== 0) this.addHash(slots[at], slots[at + 1]);
	}

	has(id: string): boolean {
		const hash = hashOf(id, processSeed);
		return this.slots[this.find(hash.low, hash.high)] !== 0;
	}

	private addHash(low: number, high: number): boolean {
		if (this.count * 4 >= this.slots.length) this.grow();
		const slot = this.find(low, high);
		if (this.slots[slot] !== 0) return false;
		this.slots[slot] = low;
		this.slots[slot + 1] = high;
		this.count += 1;
		return true;
	}

	/** The slot that holds the hash, or the free one where it belongs. A slot is free while its first word is 0. */
	private find(low: number, high: number): number {
		const mask = this.slots.length - 1;
		let slot = (low * 2) & mask;
		while (this.slots[slot] !== 0 && (this.slots[slot] !== low || this.slots[slot + 1] !== high)) {
			slot = (slot + 2) & mask;
		}
		return slot;
	}

	private grow(): void {
		const old = this.slots;
		this.slots = new Uint32Array(old.length * 2);
		for (let at = 0; at < old.length; at += 2) {
			if (old[at] === 0) continue;
			const slot = this.find(old[at], old[at + 1]);
			this.slots[slot] = old[at];
			this.slots[slot + 1] = old[at + 1];
		}
	}
}

/**
 * What tells each row of a page from every other record. A row without an id is told by all it holds; rows of one page
 * that are alike are different records, since an API does not list one record twice on a page.
 */
export function keysOf(rows: readonly ReportRecord[], report: ReportDefinition): string[] {
	const alike = new Map<string, number>();
	return rows.map((row) => {
		const id = idOf(row, report);
		const key = id ?? JSON.stringify(row);
		const before = alike.get(key) ?? 0;
		alike.set(key, before + 1);
		return before === 0 && id !== null ? key : `${key}#${before}`;
	});
}

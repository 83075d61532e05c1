import { hashOf, processSeed } from '../../../reports/hash';

const firstCapacity = 64;

/**
 * Counts different texts, for many groups in one set of about 16 bytes a text, however long they are: it keeps 53-bit
 * fingerprints of group and text in one typed array (open addressing). Among a million, the chance that two share one, so that
 * the count is one short, is 1 in 18,000.
 */
export interface Distinct {
	/** Whether the text is new in the group. */
	add(group: number, text: string): boolean;
}

export function createDistinct(): Distinct {
	let slots = new Float64Array(firstCapacity);
	let count = 0;
	return {
		add(group, text) {
			if (count * 2 >= slots.length) slots = grown(slots);
			const fingerprint = fingerprintOf(group, text);
			const slot = slotOf(slots, fingerprint);
			if (slots[slot] === fingerprint) return false;
			slots[slot] = fingerprint;
			count += 1;
			return true;
		},
	};
}

function grown(slots: Float64Array): Float64Array<ArrayBuffer> {
	const larger = new Float64Array(slots.length * 2);
	for (const fingerprint of slots) {
		if (fingerprint !== 0) larger[slotOf(larger, fingerprint)] = fingerprint;
	}
	return larger;
}

/** Where the fingerprint is, or the free slot (0) where it belongs. */
export function slotOf(slots: Float64Array, fingerprint: number): number {
	const mask = slots.length - 1;
	let slot = (fingerprint >>> 0) & mask;
	while (slots[slot] !== 0 && slots[slot] !== fingerprint) slot = (slot + 1) & mask;
	return slot;
}

/** 1 to 2^53. Groups that are numbered side by side have seeds far apart, or texts that differ in a letter could make up for it. */
export function fingerprintOf(group: number, text: string): number {
	const { low, high } = hashOf(text, Math.imul(group + 1, 0x9e3779b1) ^ processSeed);
	return 2 ** 32 * (0x1fffff & high) + low + 1;
}

import { fingerprintOf, slotOf } from './distinct';

const firstCapacity = 64;

/** The latest number (an instant) stored for each text: about 32 bytes a text, however long. */
export interface Latest {
	/** Stores the value and returns the one before it. */
	replace(text: string, value: number): number | null;
}

export function createLatest(): Latest {
	let slots = new Float64Array(firstCapacity);
	let values = new Float64Array(firstCapacity);
	let count = 0;

	function grow(): void {
		const [before, valuesBefore] = [slots, values];
		slots = new Float64Array(before.length * 2);
		values = new Float64Array(before.length * 2);
		before.forEach((fingerprint, at) => {
			if (fingerprint === 0) return;
			const slot = slotOf(slots, fingerprint);
			slots[slot] = fingerprint;
			values[slot] = valuesBefore[at];
		});
	}

	return {
		replace(text, value) {
			if (count * 2 >= slots.length) grow();
			const fingerprint = fingerprintOf(0, text);
			const slot = slotOf(slots, fingerprint);
			const before = slots[slot] === fingerprint ? values[slot] : null;
			if (before === null) count += 1;
			slots[slot] = fingerprint;
			values[slot] = value;
			return before;
		},
	};
}

import { fingerprintOf, slotOf } from './distinct';

const firstCapacity = 64;

/** The latest number (an instant) stored for each text: about 32 bytes a text, however long. */
export interface Latest {
	/** Stores the value and returns the one before it; null where there is none, or it may have been forgotten. */
	replace(text: string, value: number): number | null;
}

/** @param kept what lies further than this behind the last value may be forgotten, so that memory doesn't grow for ever */
export function createLatest(kept: number): Latest {
	let slots = new Float64Array(firstCapacity);
	let values = new Float64Array(firstCapacity);
	let count = 0;

	function makeRoom(oldest: number): void {
		const [before, valuesBefore] = [slots, values];
		const stays = (at: number): boolean => before[at] !== 0 && valuesBefore[at] >= oldest;
		count = 0;
		for (let at = 0; at < before.length; at += 1) if (stays(at)) count += 1;
		const capacity = count * 4 > before.length ? before.length * 2 : before.length;
		[slots, values] = [new Float64Array(capacity), new Float64Array(capacity)];
		for (let at = 0; at < before.length; at += 1) {
			if (!stays(at)) continue;
			const slot = slotOf(slots, before[at]);
			slots[slot] = before[at];
			values[slot] = valuesBefore[at];
		}
	}

	return {
		replace(text, value) {
			if (count * 2 >= slots.length) makeRoom(value - kept);
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

import { mix } from '../dataset/chance.ts';
import type { Selection } from '../dataset/recordStore.ts';
import type { Order } from '../switches.ts';

/** The rows of an oldest-first selection in another order (U8). `salt` decides which shuffle. */
export function ordered<T>(rows: Selection<T>, order: Order, salt: number): Selection<T> {
	const { length, at } = rows;
	if (order === 'oldestFirst' || length < 2) return rows;
	if (order === 'newestFirst') return { length, at: (i) => at(length - 1 - i) };
	// i → (factor·i + shift) mod length visits each row once when factor and length have no common divisor.
	const shift = mix(salt, 1) % length;
	let factor = (mix(salt, 2) % length) + 1;
	while (commonDivisor(factor, length) > 1) factor++;
	return { length, at: (i) => at((factor * i + shift) % length) };
}

function commonDivisor(a: number, b: number): number {
	return b === 0 ? a : commonDivisor(b, a % b);
}

import { instantIn } from '../reports';

const isoInstant = /^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:?\d{2})$/;

/** A row has three times at most that figures ask for again and again. */
const slots = 4;
const texts = new Array<string>(slots).fill('');
const instants = new Array<number | null>(slots).fill(null);
let next = 0;

/** ISO 8601 text with an offset as ms since 1970. Without an offset nobody knows the instant: null. The last few texts are read once. */
export function offsetInstantIn(value: unknown): number | null {
	if (typeof value !== 'string') return null;
	const known = texts.indexOf(value);
	if (known >= 0) return instants[known];
	const instant = isoInstant.test(value) ? instantIn(value) : null;
	next = (next + 1) % slots;
	texts[next] = value;
	instants[next] = instant;
	return instant;
}

const bytes = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

/** A 32-bit number as eight hex digits. */
export function hex8(value: number): string {
	return `${bytes[value >>> 24]}${bytes[(value >>> 16) & 255]}${hex4(value)}`;
}

/** A number's low 16 bits as four hex digits. */
export function hex4(value: number): string {
	return `${bytes[(value >>> 8) & 255]}${bytes[value & 255]}`;
}

/**
 * A 24-digit ObjectId: seconds of the start, a salt, the record's index.
 * The index travels in the id, so a record is found again without keeping a table of a million ids.
 */
export function objectId(startMs: number, salt: number, index: number): string {
	return hex8(Math.floor(startMs / 1000)) + hex8(salt) + hex8(index);
}

/** A version-1-like uuid with the record's index in its last eight digits. */
export function uuid(first: number, second: number, index: number): string {
	return `${hex8(first)}-${hex4(second >>> 16)}-11eb-${hex4(second)}-${hex4(first >>> 9)}${hex8(index)}`;
}

/** The index that an id or uuid made here carries; a number that means nothing for any other text. */
export function indexIn(id: string): number {
	return Number.parseInt(id.slice(-8), 16);
}

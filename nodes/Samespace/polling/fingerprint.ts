import { hashOf } from '../reports/hash';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** It never changes: fingerprints outlive the process in the trigger's state. */
const storedSeed = 0x41c6ce57;

/** Characters of a fingerprint: 48 bits in base64. */
export const fingerprintLength = 8;

/** A key in 8 base64 characters, 24 bits of each word. With 25,000 of them remembered, a new key is taken for an old one once in 10^10. */
export function fingerprintOf(key: string): string {
	const { low, high } = hashOf(key, storedSeed);
	return base64Of(low >>> 8) + base64Of(high >>> 8);
}

function base64Of(bits24: number): string {
	return (
		alphabet[bits24 >>> 18] +
		alphabet[(bits24 >>> 12) & 63] +
		alphabet[(bits24 >>> 6) & 63] +
		alphabet[bits24 & 63]
	);
}

const { imul } = Math;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Characters of a fingerprint: 48 bits in base64. */
export const fingerprintLength = 8;

/**
 * A key in 8 base64 characters. With 25,000 of them remembered, a new key is taken for an old one once in 10^10.
 *
 * Two 32-bit multiplicative hashes over the UTF-16 units, mixed at the end as in MurmurHash3's finalizer (the scheme of
 * bryc's cyrb53, public domain); 24 bits of each are kept.
 */
export function fingerprintOf(key: string): string {
	let low = 0xdeadbeef ^ key.length;
	let high = 0x41c6ce57 ^ key.length;
	for (let at = 0; at < key.length; at += 1) {
		const unit = key.charCodeAt(at);
		low = imul(low ^ unit, 0x9e3779b1);
		high = imul(high ^ unit, 0x5f356495);
	}
	low = imul(low ^ (low >>> 16), 0x85ebca6b) ^ imul(high ^ (high >>> 13), 0xc2b2ae35);
	high = imul(high ^ (high >>> 16), 0x85ebca6b) ^ imul(low ^ (low >>> 13), 0xc2b2ae35);
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

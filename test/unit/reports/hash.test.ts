import * as fc from 'fast-check';

import { hashOf } from '../../../nodes/Samespace/reports/hash';

const word = 2 ** 32;
const anySeed = fc.nat({ max: word - 1 });

function joined(text: string, seed = 7): string {
	const { low, high } = hashOf(text, seed);
	return `${low} ${high}`;
}

describe('a hash', () => {
	it('is two whole numbers below 2^32, of which the first is never 0', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), anySeed, (text, seed) => {
				for (const part of Object.values(hashOf(text, seed))) expect(Number.isInteger(part) && part >= 0 && part < word).toBe(true);
				expect(hashOf(text, seed).low).toBeGreaterThan(0);
			}),
		);
		expect(hashOf('', 0)).toEqual({ low: 1, high: 0 });
	});

	// Triggers of saved workflows hold fingerprints made of it: another hash would hand everything on again.
	it.each([
		['', 0x41c6ce57, { low: 1560712017, high: 730549709 }],
		['a', 0x41c6ce57, { low: 3882832128, high: 1158574264 }],
		['5ff4093743e9410210f60350', 0x41c6ce57, { low: 2113028369, high: 1235171408 }],
		['Zoë 日本', 1, { low: 1859826282, high: 2251483901 }],
	])('of %j is the same in every release', (text, seed, expected) => {
		expect(hashOf(text, seed)).toEqual(expected);
	});

	it('is another with another seed', () => {
		fc.assert(fc.property(fc.string(), anySeed, anySeed, (text, a, b) => a === b || joined(text, a) !== joined(text, b)));
	});

	it('tells 400,000 texts apart that differ in little, and each word is as different as chance makes it', () => {
		const count = 400_000;
		const texts = Array.from({ length: count }, (_, n) => (n % 2 === 0 ? `65a3f0c2e4b0a1d2c3${n.toString(16).padStart(6, '0')}` : `call-${n}`));
		const hashes = texts.map((text) => hashOf(text, 7));
		expect(new Set(hashes.map(({ low, high }) => `${low} ${high}`)).size).toBe(count);
		for (const part of ['low', 'high'] as const) {
			// Of 2^32 values drawn n times, about n²/2^33 are drawn again: 19.
			expect(new Set(hashes.map((hash) => hash[part])).size).toBeGreaterThan(count - 60);
			// Tables take the lowest bits: of 2^16 places, about 65,389 are taken.
			expect(new Set(hashes.map((hash) => hash[part] & 0xffff)).size).toBeGreaterThan(65_300);
		}
	});

	it('tells texts apart that hold the same letters in another order, or differ only in length', () => {
		const texts = ['', '\0', '\0\0', 'ab', 'ba', 'aab', 'aba', 'baa', 'AB', 'ab ', ' ab', 'ab\0', 'a\u{1f600}', 'a\ud83d'];
		expect(new Set(texts.map((text) => joined(text))).size).toBe(texts.length);
	});
});

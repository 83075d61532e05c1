import * as fc from 'fast-check';

import { Texts } from '../../../nodes/Samespace/output/followUps/texts';

const cell = fc.nat({ max: 20 });
const text = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('', '\ud800', 'ÿ', 'x'.repeat(3000)));

it('each cell has the text that it was given last, whatever the others were given', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(cell, text), { maxLength: 200 }), (given) => {
			const texts = new Texts();
			for (const [at, some] of given) texts.set(at, some);
			const last = new Map(given);
			for (let at = 0; at <= 21; at += 1) expect(texts.at(at)).toBe(last.get(at) ?? '');
		}),
	);
});

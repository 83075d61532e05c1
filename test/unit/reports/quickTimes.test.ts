import * as fc from 'fast-check';

import { instantIn } from '../../../nodes/Samespace/reports';

/** What the language itself makes of a text. */
const truth = (text: string): number | null => (Number.isNaN(Date.parse(text)) ? null : Date.parse(text));

const pair = fc.integer({ min: 0, max: 99 }).map((part) => String(part).padStart(2, '0'));
const year = fc.integer({ min: 0, max: 9999 }).map((part) => String(part).padStart(4, '0'));

it('times as the API sends them are read as the language reads them, right or wrong', () => {
	fc.assert(
		fc.property(year, fc.array(pair, { minLength: 5, maxLength: 5 }), fc.integer({ min: 0, max: 999 }), (years, [month, day, hour, minute, second], ms) => {
			const text = `${years}-${month}-${day}T${hour}:${minute}:${second}.${String(ms).padStart(3, '0')}Z`;
			expect(instantIn(text)).toBe(truth(text));
		}),
		{ numRuns: 20_000 },
	);
	fc.assert(
		fc.property(fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) }), (instant) => {
			expect(instantIn(new Date(instant).toISOString())).toBe(instant);
		}),
		{ numRuns: 20_000 },
	);
});

it.each(['2026-02-30T10:00:00.000Z', '2026-02-29T10:00:00.000Z', '2026-13-01T00:00:00.000Z', '2026-01-01T24:00:00.000Z', '0000-01-01T00:00:00.000Z', '2026-00-01T00:00:00.000Z', '2026-04-31T01:00:00.000Z', '2026-01-01T10:60:00.000Z'])('%s, too', (text) => {
	expect(instantIn(text)).toBe(truth(text));
});

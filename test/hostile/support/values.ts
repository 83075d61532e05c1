import * as fc from 'fast-check';
import { DateTime } from 'luxon';

/** The names that every object inherits, and those of functions. */
export const inheritedNames = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'call', 'apply', 'bind', 'arguments', 'caller', 'length', 'name'];

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

const circular: { self?: unknown } = {};
circular.self = circular;

const throwing = new Proxy(
	{},
	{
		// fast-check looks for symbols when it prints a value.
		get: (_, key) => {
			if (typeof key === 'string') throw new TypeError('no get');
		},
		ownKeys: () => {
			throw new RangeError('no keys');
		},
	},
);

/** Values that no form of n8n's makes, and expressions, imports and AI agents do. */
export const oddValues: readonly unknown[] = [
	...[undefined, null, true, false, 0, -0, -1, 1.5, NaN, Infinity, -Infinity, 2 ** 53, 1e308, 10n, Symbol('s')],
	...['', ' ', '\u0000', '\ud800', '\u202e', '[]', '{}', '[', 'null', 'true', '={{ 1 }}', "'", '"', '<script>', '../..', '%00', '\r\nx: y'],
	...['1'.repeat(80_000) + 'x', ' '.repeat(80_000) + 'x', 'a,'.repeat(50_000), '[' + '1,'.repeat(50_000) + '1]', '.'.repeat(50_000), '['.repeat(100_000)],
	...['2026-03-01', '0026-01-01', '1970-01-01', '+275760-09-13', '9999-12-31', '2026-02-30', '12:30', 'yesterday'],
	...[{}, [], [[]], [{}], [null], [undefined], [NaN], { toString: 'x' }, { toString: () => { throw new Error('no text'); } }],
	...[{ valueOf: 1, toString: null }, { toJSON: 'x' }, { toJSON: () => { throw new Error('no JSON'); } }, Object.create(null), circular, throwing],
	...[{ length: 1e9 }, { toMillis: () => NaN }, { toMillis: () => { throw new Error('no time'); } }, { toMillis: 5 }, { then: 1 }, { json: {} }],
	...[JSON.parse('{"__proto__":{"polluted":true}}'), JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'), nested(100_000)],
	...[new Date(NaN), new Date(0), DateTime.invalid('x'), DateTime.fromISO('2026-03-02T00:00:00Z'), new Map([[1, 2]]), new Set([1]), Buffer.from('x')],
	...[() => 'x', class Foo {}, Promise.resolve(1), new Error('x'), /x/, new Array(5), Array.from({ length: 20_000 }, () => 'x')],
	...inheritedNames,
];

/** Those of them that a saved workflow can hold. */
export const oddJson: readonly unknown[] = oddValues.filter(isJson).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

function isJson(value: unknown): boolean {
	try {
		return JSON.stringify(value) !== undefined;
	} catch {
		return false;
	}
}

/** Odd values, lists and objects of them, and what fast-check makes of anything. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(...oddValues) },
	{ weight: 1, arbitrary: fc.array(fc.constantFrom(...oddValues), { maxLength: 4 }) },
	{ weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...inheritedNames, 'a', 'start_time'), fc.constantFrom(...oddValues), { maxKeys: 3 }) },
	{ weight: 2, arbitrary: fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true, key: fc.constantFrom(...inheritedNames, 'x') }) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);

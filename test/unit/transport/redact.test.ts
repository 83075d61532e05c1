import * as fc from 'fast-check';

import { withoutKey } from '../../../nodes/Samespace/transport';
import { presentable, withoutEcho } from '../../../nodes/Samespace/transport/redact';

const key = 'Voice@7c2f"quoted"\\and more#&<%/é';
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const html = (text: string): string => text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
const named = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const hex = (text: string): string => html(text).replace(/&#(\d+);/g, (_, code) => `&#x${Number(code).toString(16)};`);
const url = encodeURIComponent;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Ways in which a server may write a text. */
const writings: { [name: string]: (text: string) => string } = {
	plain: (text) => text,
	'in upper case': (text) => text.toUpperCase(),
	'in lower case': (text) => text.toLowerCase(),
	'as JSON': json,
	'as JSON in JSON': (text) => json(json(text)),
	'as JSON in JSON in JSON': (text) => json(json(json(text))),
	'as JSON with \\u': (text) => text.replace(/[^a-z0-9]/gi, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`),
	'in a URL': url,
	'in a form': (text) => url(text).replaceAll('%20', '+'),
	'in a URL in a URL': (text) => url(url(text)),
	'in a URL, in lower case': (text) => url(text).toLowerCase(),
	'as HTML': html,
	'as HTML with names': named,
	'as HTML with hex': hex,
	'as HTML in HTML': (text) => named(html(text)),
	'as HTML in JSON': (text) => json(html(text)),
	'as JSON in a URL': (text) => url(json(text)),
	'in base64': base64,
	'in base64 behind a name': (text) => base64(`u:${text}`),
	'in base64 behind another name': (text) => base64(`us:${text}!`),
	'in base64 of Latin-1': (text) => Buffer.from(text, 'latin1').toString('base64'),
	'in base64url': (text) => Buffer.from(text).toString('base64url'),
	'in base64 in a URL': (text) => url(base64(text)),
	'in hex': (text) => Buffer.from(text).toString('hex'),
};

describe('a key that the API sends back', () => {
	it.each(Object.entries(writings))('%s is not shown', (_, write) => {
		const shown = withoutKey(`no such key: ${write(key)} (sorry)`, key);
		expect(shown).toMatch(/^no such key: [^ ]*\*\*\*.*\(sorry\)$/s);
		// Neighbours have a part in the first and the last characters of base64: no more than that may be left.
		expect(shown.length).toBeLessThan('no such key:  (sorry)'.length + 14);
	});

	it('is not shown if the text ends with only a part of it', () => {
		const keys = fc.string({ unit: fc.constantFrom(...'abcXYZ019!#$%&*@^.,;:"\\/+-_= é'), minLength: 8, maxLength: 60 }).map((text) => text.trim());
		fc.assert(
			fc.property(keys, fc.string({ maxLength: 30 }), fc.nat({ max: 60 }), (secret, before, length) => {
				fc.pre(secret.length >= 8);
				const kept = secret.slice(0, Math.max(4, length));
				fc.pre(/[a-z0-9]/i.test(kept));
				const shown = withoutKey(before + kept, secret);
				expect(shown.endsWith(kept)).toBe(false);
				expect(shown).toContain('***');
			}),
		);
	});

	it('is not shown wherever it stands, however it is written', () => {
		const keys = fc.string({ unit: fc.constantFrom(...'abcdefXYZ0123456789!#$%&@^"\\/+'), minLength: 16, maxLength: 40 });
		const words = fc.string({ unit: fc.constantFrom(...'ghijk nop'), maxLength: 40 });
		fc.assert(
			fc.property(keys, words, words, fc.constantFrom(...Object.values(writings)), (secret, before, after, write) => {
				// Of a key with fewer letters and digits nothing could be told from ordinary text.
				fc.pre((secret.match(/[a-z0-9]/gi) ?? []).length >= 3);
				const written = write(secret);
				expect(withoutKey(`${before} ${written} ${after}`, secret)).not.toContain(written);
			}),
		);
	});

	it('leaves a text alone that does not hold it', () => {
		expect(withoutKey('Voice is busy at 10:00 (100 %)', key)).toBe('Voice is busy at 10:00 (100 %)');
		expect(withoutKey('', key)).toBe('');
		expect(withoutKey('anything', '')).toBe('anything');
	});
});

describe('a record that repeats the key', () => {
	const lines = (length: number): string => 'call her back. '.repeat(Math.ceil(length / 15)).slice(0, length);

	it.each([0, 4_990, 5_000, 5_010, 9_000, 60_000])('comes without it, %i characters into a text, and with all else', (at) => {
		const notes = `${lines(at)} ${key} ${lines(3_000)}`;
		const body = withoutEcho([{ notes }], JSON.stringify([{ notes }]), key);
		expect(body).toEqual([{ notes: notes.replace(key, '***') }]);
	});

	it.each(Object.entries(writings))('comes without it behind a long text: %s', (_, write) => {
		const written = write(key);
		const notes = `${lines(7_000)} ${written} `;
		expect(JSON.stringify(withoutEcho([{ notes }], notes, key))).not.toContain(written);
	});

	it('comes whole, however long it is, and whatever words of the key stand in it', () => {
		const words = lines(2_000_000).replaceAll('back', 'Voic');
		const notes = `${key} ${words} ${key}`;
		expect(withoutEcho([{ notes }], notes, key)).toEqual([{ notes: `*** ${words} ***` }]);
	});
});

describe('what a server said is shown', () => {
	it.each([
		['limit must be at most [100, 500]', 'limit must be at most [100, 500]'],
		['start_time 2026-11-24T10:00:00Z is after 2026-11-01', 'start_time 2026-11-24T10:00:00Z is after 2026-11-01'],
		['no call of +91 85306 10172 today', 'no call of (number) today'],
		['no call of 0091-8530-610172', 'no call of (number)'],
		['no call of +٩١٨٥٣٠٦١٠١٧٢', 'no call of (number)'],
		['cannot store {"caller":"ann","notes":"call her"}', 'cannot store'],
		['cannot store ["ann","call her"]', 'cannot store'],
		['{"notes":"call her"}', '(data)'],
		['two\n  lines\u0000\u202e', 'two lines'],
		['x'.repeat(500), 'x'.repeat(200)],
	])('%j as %j', (said, shown) => {
		expect(presentable(said, key)).toBe(shown);
	});
});

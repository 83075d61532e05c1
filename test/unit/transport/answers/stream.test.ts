/* eslint-disable @n8n/community-nodes/no-restricted-imports -- bodies as Node's HTTP client gives them */
import { Readable } from 'node:stream';
import * as fc from 'fast-check';

import { readText } from '../../../../nodes/Samespace/transport/answers/stream';

const wholeText = (bytes: Buffer): string => new TextDecoder().decode(bytes);

function piecesOf(bytes: Buffer, pieceBytes: number): Readable {
	const pieces: Buffer[] = [];
	for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
	return Readable.from(pieces, { objectMode: false });
}

it('a body of several megabytes is the same text as in one piece, wherever it is cut', async () => {
	const characters = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 9 });
	await fc.assert(
		fc.asyncProperty(characters, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 30_000, max: 700_000 }), async (words, shift, pieceBytes) => {
			const bytes = Buffer.from('x'.repeat(shift) + words.join('').repeat(Math.ceil(2_600_000 / words.join('').length)));
			expect((await readText(piecesOf(bytes, pieceBytes), Infinity)) === wholeText(bytes)).toBe(true);
		}),
		{ numRuns: 20 },
	);
}, 60_000);

it.each([
	['bytes that are no UTF-8', Buffer.alloc(2_600_000, 0xff)],
	['nothing but continuations', Buffer.alloc(2_600_000, 0x80)],
	['a character that breaks off at the end', Buffer.concat([Buffer.alloc(2_600_000, 'x'), Buffer.from([0xf0, 0x9f])])],
	['the same, where the text is one part', Buffer.concat([Buffer.alloc(70_000, 'x'), Buffer.from([0xf0, 0x9f])])],
	['nothing', Buffer.alloc(0)],
])('%s', async (_, bytes) => {
	expect((await readText(piecesOf(bytes, 65_536), Infinity)) === wholeText(bytes)).toBe(true);
});

it('only a byte order mark at the beginning is left out', async () => {
	const bytes = Buffer.from(`\uFEFF${'x'.repeat(524_287 - 2)}\uFEFF${'y'.repeat(2_000_000)}\uFEFF`);
	expect((await readText(piecesOf(bytes, 524_288), Infinity)) === wholeText(bytes)).toBe(true);
});

it('a body that is larger than allowed is not read on', async () => {
	let sent = 0;
	const endless = Readable.from((function* () {
		for (;;) {
			sent += 1;
			yield Buffer.alloc(65_536, 'x');
		}
	})());
	expect(await readText(endless, 1_000_000)).toBeNull();
	expect(sent).toBeLessThan(40);
});

/* eslint-disable @n8n/community-nodes/no-restricted-globals -- chooses how the expressions are checked, before that is loaded */
import ts from 'typescript';

import { openSources, partsOf } from './support/sources.ts';
import { tallyOf } from './support/tally.ts';

const counted = tallyOf('long texts for regular expressions');

// The checker's JavaScript: no other process, and the same answer on every machine.
process.env.RECHECK_BACKEND = 'pure';
// eslint-disable-next-line @typescript-eslint/no-require-imports -- after the line above
const { checkSync } = require('recheck') as typeof import('recheck');

const { files } = openSources();
const literals = files.flatMap((file) =>
	[...partsOf(file)].filter(ts.isRegularExpressionLiteral).map((literal) => ({ file: file.fileName, text: literal.text })),
);

const length = 100_000;
/** What grows: a text of one kind, and an end that does not fit. */
const kinds = ['0', 'a', 'A', '-', '+', '.', ' ', '\t', '\r\n', '"', "'", '\\', '/', '<', '>', '=', '@', '&', '&#', '%', '%2', '%25', ';', ':', '_', '(', '[', '{', 'é', '٣', '０', '2026-', '2026-11-24T', '00:', '1.', '.1', '<title', 'filename=', 'SURVEY_ANSWER_', ' 1', '1 ', '-1'];
const texts = kinds.flatMap((kind) => {
	const long = kind.repeat(Math.ceil(length / kind.length));
	return [`${long}x`, `x${long}`, `${long}\n`, `+1${long}!`, `<title>${long}`, `2026-01-01T${long}`, `SURVEY_ANSWER_1:${long}`];
});

it('there are regular expressions to check, and none is put together at run time', () => {
	expect(literals.length).toBeGreaterThan(20);
	for (const file of files) expect(file.text).not.toMatch(/\bRegExp\(/);
});

describe.each(literals)('$text of $file', ({ text }) => {
	const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(text) as RegExpExecArray;

	it('takes a time in proportion to the text, by its structure', () => {
		// Without a time of its own it gives up after ten seconds, as on a busy machine.
		const result = checkSync(source, flags, { timeout: 240_000 }) as { status: string; complexity?: { type: string } };
		expect({ status: result.status, complexity: result.complexity?.type }).toEqual({ status: 'safe', complexity: expect.stringMatching(/^(safe|linear)$/) as string });
	}, 300_000);

	// A quadratic expression takes minutes for all of these, a linear one milliseconds.
	it('is through with long hostile texts', () => {
		const expression = new RegExp(source, flags);
		for (const hostile of texts) {
			expression.lastIndex = 0;
			expression.test(hostile);
			if (flags.includes('g')) hostile.replace(expression, '');
			counted();
		}
	}, 300_000);
});

it('a number or a time that customers typed is read at once, however long it is', async () => {
	const { numberIn } = await import('../../nodes/Samespace/reports');
	for (const hostile of texts) {
		expect(numberIn(hostile)).toBeNull();
		counted();
	}
}, 300_000);

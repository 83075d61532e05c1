/** HTML that is finished: nothing in it is escaped again. */
export class Html {
	constructor(readonly text: string) {}
}

type Part = Html | string | number | null | undefined | readonly Html[];

/** HTML out of a template: every value that is not `Html` itself is escaped, so that a name or a note can be anything. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
	return new Html(texts.map((text, at) => text + (at < parts.length ? written(parts[at]) : '')).join(''));
}

function written(part: Part): string {
	if (part === null || part === undefined) return '';
	if (part instanceof Html) return part.text;
	if (typeof part === 'object') return part.map(({ text }) => text).join('');
	return escaped(String(part));
}

const entities: ReadonlyMap<string, string> = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['"', '&quot;'],
	["'", '&#39;'],
]);

/** Lone surrogates, and invisible characters that change the direction of text. */
const unsafeCharacters = /[\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

/** Text for HTML, in elements and in quoted attributes. */
export function escaped(text: string): string {
	return text
		.replace(unsafeCharacters, '')
		.replace(/\p{Cc}/gu, ' ')
		.replace(/[&<>"']/g, (sign) => entities.get(sign) ?? '');
}

/**
 * Takes the API key out of a text that a server sent, in whatever form it stands there.
 *
 * A server that repeats a key may have put it through JSON, a URL, HTML or base64, once or several times, and may have cut it.
 * So text and key are brought to plain forms first: escapes are undone, one layer after the other, and case, white space and the
 * characters in which escapes and the alphabets of base64 differ are left out. What then has eight characters in a row in
 * common with the key is replaced in the text as it was sent.
 */
export function withoutKey(text: string, apiKey: string): string {
	// Three characters are in every text, and are nobody's secret.
	if (apiKey.length < shortestCut) return text;
	const searched = text.slice(0, mostSearched);
	const isKey = new Uint8Array(searched.length);
	const windows = windowsOf(apiKey);
	const lengths = new Set(Array.from(windows, (window) => window.length));
	for (const plain of plainsOf(searched)) {
		const mark = (from: number, to: number): void => void isKey.fill(1, plain.starts[from], plain.ends[to - 1]);
		for (const length of lengths) {
			for (let at = 0; at + length <= plain.text.length; at += 1) if (windows.has(plain.text.slice(at, at + length))) mark(at, at + length);
		}
		const cut = lengthOfCutKey(plain.text, apiKey);
		if (cut > 0) mark(plain.text.length - cut, plain.text.length);
	}
	return masked(searched, isKey);
}

/**
 * The text of a report less the key, should a record repeat it, as in the headers of a request that somebody kept. A look at the text
 * is all that an ordinary page costs. Short keys may be ordinary words, and stay.
 */
export function withoutEcho(page: string, apiKey: string): string {
	const written = JSON.stringify(apiKey).slice(1, -1);
	return apiKey.length >= shortestEchoed && page.includes(written) ? page.replaceAll(written, '***') : page;
}

/** What a server said, fit to be shown: in one line, without the key, without phone numbers and without data, cut to 200 characters. */
export function presentable(said: string, apiKey: string): string {
	const line = withoutKey(said, apiKey)
		.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
		.trim();
	// What follows a brace is JSON that the message quotes: it may be a record.
	const words = line.split(/[{<]|\[ ?["'{]/, 1)[0].trim() || '(data)';
	return words.replace(dateOrPhoneNumber, (digits) => (isoDate.test(digits) ? digits : '(number)')).slice(0, longestShown);
}

const mostSearched = 5_000;
const longestShown = 200;
const windowLength = 8;
const shortestCut = 4;
const shortestEchoed = 16;
const mostLayers = 5;

const isoDate = /^\d{4}-\d\d-\d\d/;
/** Seven digits or more, grouped as people and systems group them. */
const dateOrPhoneNumber = /\+?\p{Nd}(?:[\s().\-/\u2010-\u2015]{0,3}\p{Nd}){6,}/gu;

/** A text in plain form, and where each of its characters began and ended in the text as it was. */
interface Plain {
	text: string;
	starts: number[];
	ends: number[];
}

/** One character of a text, and where it began and ended. */
type Piece = [character: string, start: number, end: number];

const namedEntities: ReadonlyMap<string, string> = new Map(
	Object.entries({
		...{ quot: '"', apos: "'", amp: '&', lt: '<', gt: '>', excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')' },
		...{ ast: '*', midast: '*', comma: ',', period: '.', colon: ':', semi: ';', equals: '=', quest: '?', commat: '@', lsqb: '[', lbrack: '[' },
		...{ bsol: '\\', rsqb: ']', rbrack: ']', hat: '^', grave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|', rcub: '}', rbrace: '}' },
	}),
);

/** Escapes, each at the place where the search stands: `%2B`, `&#43;`, `&#x2b;`, `&plus;`, `\u002b`, `\x2b`, `\"`. */
const escapes = /%([0-9a-f]{2})|&#(\d{1,7});?|&#x([0-9a-f]{1,6});?|&([a-z]{2,8});|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|\\(["'\\/])/iy;
/** White space, and what differs between an escape and its sense, or between the alphabets of base64. */
const dropped = /[\s\\+\-_/=]/;

/** The text in plain form, with as many layers of escapes undone as it has: none, one, two … */
function plainsOf(text: string): Plain[] {
	let pieces: Piece[] = Array.from({ length: text.length }, (_, at) => [text[at], at, at + 1]);
	const plains = [plainOf(pieces)];
	for (let layer = 0; layer < mostLayers; layer += 1) {
		const before = pieces.length;
		pieces = unescaped(pieces);
		if (pieces.length === before) break;
		plains.push(plainOf(pieces));
	}
	return plains;
}

function plainOf(pieces: readonly Piece[]): Plain {
	const kept = pieces.filter(([character]) => !dropped.test(character));
	return {
		text: kept.map(([character]) => lower(character)).join(''),
		starts: kept.map(([, start]) => start),
		ends: kept.map(([, , end]) => end),
	};
}

function unescaped(pieces: readonly Piece[]): Piece[] {
	const text = pieces.map(([character]) => character).join('');
	const result: Piece[] = [];
	for (let at = 0; at < text.length; ) {
		escapes.lastIndex = at;
		const found = escapes.exec(text);
		const character = found && characterOf(found);
		if (character) result.push([character, pieces[at][1], pieces[at + found[0].length - 1][2]]);
		else result.push(pieces[at]);
		at += character ? found[0].length : 1;
	}
	return result;
}

/** One UTF-16 unit, since a piece is one; a key has no others. */
function characterOf([, percent, decimal, hex, name, unit, point, byte, escaped]: RegExpExecArray): string | undefined {
	if (escaped !== undefined) return escaped;
	if (name !== undefined) return namedEntities.get(name.toLowerCase());
	const code = decimal === undefined ? parseInt(percent ?? hex ?? unit ?? point ?? byte, 16) : Number(decimal);
	return code <= 0xffff ? String.fromCharCode(code) : undefined;
}

function lower(character: string): string {
	const small = character.toLowerCase();
	return small.length === 1 ? small : character;
}

/** The key in plain form: as text, as its UTF-8 bytes (a URL has those), as hex and as base64 at each of the three places in a group. */
function formsOf(apiKey: string): string[] {
	const bytes = Buffer.from(apiKey, 'utf8');
	const latin = Buffer.from(apiKey, 'latin1');
	const base64 = [bytes, latin].flatMap((sent) => [0, 1, 2].map((before) => base64Within(sent, before)));
	const encoded = [bytes.toString('hex'), latin.toString('hex'), ...base64].filter((form) => form.length >= windowLength);
	return [apiKey, bytes.toString('latin1'), ...encoded].flatMap((form) => plainsOf(form).map((plain) => plain.text));
}

/** The base64 of a text that stands behind `before` other bytes, less the characters that its neighbours have a part in. */
function base64Within(bytes: Buffer, before: number): string {
	const bits = bytes.length * 8;
	const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
	return text.slice(Math.ceil((before * 8) / 6), Math.floor((before * 8 + bits) / 6));
}

/** Every eight characters in a row of every form; a key that is shorter, whole. */
function windowsOf(apiKey: string): Set<string> {
	const windows = new Set<string>();
	for (const form of formsOf(apiKey)) {
		const length = Math.min(windowLength, form.length);
		for (let at = 0; length > 0 && at + length <= form.length; at += 1) windows.add(form.slice(at, at + length));
	}
	return windows;
}

/** How much of the key's beginning, four characters or more of it, stands at the end of a text that was cut there. */
function lengthOfCutKey(text: string, apiKey: string): number {
	for (let length = Math.min(apiKey.length, 2 * windowLength); length >= shortestCut; length -= 1) {
		for (const { text: start } of plainsOf(apiKey.slice(0, length))) if (start !== '' && text.endsWith(start)) return start.length;
	}
	return 0;
}

function masked(text: string, isKey: Uint8Array): string {
	let result = '';
	for (let at = 0; at < text.length; at += 1) {
		if (!isKey[at]) result += text[at];
		else if (!isKey[at - 1]) result += '***';
	}
	return result;
}

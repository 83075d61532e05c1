/**
 * Takes the API key out of a text that a server sent, in whatever form it stands there.
 *
 * A server that repeats a key may have put it through JSON, a URL, HTML or base64, once or several times, and may have cut or
 * spaced it. So text and key are brought to plain forms first: escapes are undone, one layer after the other, and only letters and
 * digits are kept, without case. Where then a stretch of the key of eight characters stands, it is replaced in the text as it was sent.
 */
export function withoutKey(text: string, apiKey: string): string {
	// Three characters are in every text, and are nobody's secret.
	if (apiKey.length < shortestCut) return text;
	const searched = text.slice(0, mostSearched);
	return masked(searched, keyIn(searched, apiKey, true)).replaceAll(apiKey, '***');
}

/** Where the key stands in a text: 1 for each of its characters. Its end may have cut the key. */
function keyIn(text: string, apiKey: string, isEnd: boolean): Uint8Array {
	const isKey = new Uint8Array(text.length);
	const stretches = stretchesOf(apiKey);
	const lengths = new Set(Array.from(stretches, (stretch) => stretch.length));
	for (const plain of plainsOf(text)) {
		const mark = (from: number, to: number): void => void isKey.fill(1, plain.starts[from], plain.ends[to - 1]);
		for (const length of lengths) {
			for (let at = 0; at + length <= plain.text.length; at += 1) if (stretches.has(plain.text.slice(at, at + length))) mark(at, at + length);
		}
		const cut = isEnd ? lengthOfCutKey(plain.text, apiKey) : 0;
		if (cut > 0) mark(plain.text.length - cut, plain.text.length);
	}
	return isKey;
}

/**
 * A report less the key, should a record repeat it, as in the headers of a request that somebody kept: in texts, in place. A look for a
 * piece of each of its forms is all that an ordinary page costs. Short keys may be ordinary words, and stay.
 */
export function withoutEcho(body: unknown, page: string, apiKey: string): unknown {
	if (apiKey.length < shortestEchoed) return body;
	const pieces = piecesOf(apiKey);
	if (!pieces.some((piece) => page.includes(piece))) return body;
	return mappedTexts(body, (text) => (pieces.some((piece) => text.includes(piece)) ? withoutKeyAnywhere(text, apiKey, pieces) : text));
}

/** A text of any length without the key: in parts that overlap by more than a stretch of the key takes. Behind them it is only looked for as pages repeat it. */
function withoutKeyAnywhere(text: string, apiKey: string, pieces: readonly string[]): string {
	// A key has no blank: cut there, it stands on one side whole.
	const blank = text.length > mostEchoed ? text.lastIndexOf(' ', mostEchoed) : -1;
	const searched = text.slice(0, blank < mostEchoed - partOverlap ? mostEchoed : blank);
	const isKey = new Uint8Array(searched.length);
	for (let from = 0; from === 0 || from + partOverlap < searched.length; from += mostSearched - partOverlap) {
		const isEnd = from + mostSearched >= searched.length;
		keyIn(searched.slice(from, from + mostSearched), apiKey, isEnd).forEach((is, at) => (isKey[from + at] ||= is));
	}
	const rest = [apiKey, ...pieces].reduce((left, piece) => left.replaceAll(piece, '***'), text.slice(searched.length));
	return masked(searched, isKey).replaceAll(apiKey, '***') + rest;
}

/**
 * What a server said, fit to be shown: in one line of at most 200 characters, with its escapes undone; without the key, phone numbers,
 * data that it quotes, and long tokens, which may be a key in a form that nobody thought of.
 */
export function presentable(said: string, apiKey: string): string {
	const [line] = lineOf(withoutKey(said, apiKey)).split(quotedData, 1);
	const words = withoutKey(line, apiKey)
		.replace(dateOrPhoneNumber, (digits) => (isoDate.test(digits) ? digits : '(number)'))
		.replace(longToken, (token) => (letter.test(token) && digit.test(token) && !isoTime.test(token) ? '(token)' : token))
		.trim();
	return (words || '(data)').slice(0, longestShown);
}

const mostSearched = 5_000;
/** Of a text that repeats the key. It takes time to search it, and nobody writes as much. */
const mostEchoed = 100_000;
const partOverlap = 2_000;
const longestShown = 200;
const stretchLength = 8;
/** A stretch with fewer letters and digits is found in any text. */
const leastLetters = 5;
const fewestLetters = 3;
const shortestCut = 4;
/** A longer beginning has stretches of its own. */
const longestCut = 64;
const shortestEchoed = 16;
const mostLayers = 8;

/** JSON or markup that a message quotes: it may be a record. */
const quotedData = /\{ ?["'\\]|\[ ?["'{\\]|<[a-z/!?]/i;
const isoDate = /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
/** Seven digits or more, grouped as people and systems group them. */
const dateOrPhoneNumber = /\+?\p{Nd}(?:[\s().,\-/\u2010-\u2015]{0,3}\p{Nd}){6,}/gu;
/** Long runs without a blank; those that hold both letters and digits may be keys. */
const longToken = /[^\s"'(),]{20,}/g;
const letter = /\p{L}/u;
const digit = /\p{N}/u;
const isoTime = /^\d{4}-\d\d-\d\dT[\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?[.;:]?$/;

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
		...{ nbsp: ' ', plus: '+', sol: '/', lowbar: '_', hyphen: '-', dash: '-', bsol: '\\', rsqb: ']', rbrack: ']', hat: '^', grave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|', rcub: '}', rbrace: '}' },
	}),
);

/** Escapes, each at the place where the search stands: `%2B`, `%u002b`, `&#43;`, `&#x2b;`, `&plus;`, `\u002b`, `\x2b`, `\053`, `\"`, `\n`. */
const escapes =
	/%u([0-9a-f]{4})|%([0-9a-f]{2})|&#0{0,5}(\d{1,7});?|&#x0{0,5}([0-9a-f]{1,6});?|&([a-z]{2,8});|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|\\([0-7]{3})|\\(["'\\/nrt])/iy;
const spaces: ReadonlySet<string> = new Set(['n', 'r', 't', 'N', 'R', 'T']);
/** What is left of a text in plain form. */
const kept = /[\p{L}\p{N}]/u;

/** The text as it is, then with one layer of its escapes undone, with two … */
function* layersOf(text: string): Generator<Piece[]> {
	let pieces: Piece[] = Array.from({ length: text.length }, (_, at) => [text[at], at, at + 1]);
	for (let layer = 0; layer <= mostLayers; layer += 1) {
		yield pieces;
		const before = pieces.length;
		pieces = unescaped(pieces);
		if (pieces.length === before) return;
	}
}

/** The text in plain form, at each layer of its escapes. */
function plainsOf(text: string): Plain[] {
	return Array.from(layersOf(text), plainOf);
}

function plainOf(pieces: readonly Piece[]): Plain {
	const letters = pieces.filter(([character]) => kept.test(character));
	return {
		text: letters.map(([character]) => lower(character)).join(''),
		starts: letters.map(([, start]) => start),
		ends: letters.map(([, , end]) => end),
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
function characterOf([, percentU, percent, decimal, hex, name, unit, point, byte, octal, escaped]: RegExpExecArray): string | undefined {
	if (escaped !== undefined) return spaces.has(escaped) ? ' ' : escaped;
	if (name !== undefined) return namedEntities.get(name.toLowerCase());
	if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
	const code = decimal === undefined ? parseInt(percentU ?? percent ?? hex ?? unit ?? point ?? byte, 16) : Number(decimal);
	return code <= 0xffff ? String.fromCharCode(code) : undefined;
}

/** Without case, and full-width letters as the others. */
function lower(character: string): string {
	const small = character.normalize('NFKC').toLowerCase();
	return small.length === 1 ? small : character;
}

/** A text in one line, with all layers of its escapes undone. */
function lineOf(text: string): string {
	const line = [...layersOf(text)].at(-1)?.map(([character]) => character).join('') ?? '';
	return line.replace(/[\p{Cc}\p{Cf}]+/gu, '').replace(/\s+/g, ' ').trim();
}

/** The key as it may be encoded as a whole: its UTF-8 bytes (a URL has those), hex, and base64 at each of the three places in a group. */
function encodedForms(apiKey: string): string[] {
	const bytes = Buffer.from(apiKey, 'utf8');
	const latin = Buffer.from(apiKey, 'latin1');
	const base64 = [bytes, latin].flatMap((sent) => [0, 1, 2].map((before) => base64Within(sent, before)));
	const forms = [bytes.toString('hex'), latin.toString('hex'), ...base64].filter((form) => form.length >= stretchLength);
	// For a key of ASCII the two encodings are one, and each form costs a look through every page.
	return [...new Set(forms)];
}

/** The base64 of a text that stands behind `before` other bytes, less the characters that its neighbours have a part in. */
function base64Within(bytes: Buffer, before: number): string {
	const bits = bytes.length * 8;
	const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
	return text.slice(Math.ceil((before * 8) / 6), Math.floor((before * 8 + bits) / 6));
}

/** Every eight characters in a row of the key and of its encoded forms, in plain form; a key of little else than punctuation, whole. */
function stretchesOf(apiKey: string): Set<string> {
	const stretches = new Set<string>();
	for (const form of [apiKey, Buffer.from(apiKey, 'utf8').toString('latin1'), ...encodedForms(apiKey)]) {
		for (const { text, starts } of plainsOf(form)) {
			// A key of little else than punctuation is looked for whole.
			if (text.length < leastLetters && text.length >= fewestLetters) stretches.add(text);
			// Counted in the key as it is: a stretch of 'ab-c-d-e' has five letters.
			for (let from = 0, to = 0; from < text.length; from += 1) {
				while (to < text.length && (to - from < leastLetters || starts[to] < starts[from] + stretchLength)) to += 1;
				if (to - from >= leastLetters) stretches.add(text.slice(from, to));
			}
		}
	}
	return stretches;
}

/** A piece of each form without any character that an escape would change; of the key itself, its longest. */
function piecesOf(apiKey: string): string[] {
	const own = longestRun(apiKey);
	const encoded = encodedForms(apiKey).map(longestRun).filter((run) => run.length >= stretchLength);
	return [own.length >= leastLetters ? own : JSON.stringify(apiKey).slice(1, -1), ...encoded];
}

function longestRun(text: string): string {
	return text.split(/[^a-z0-9]+/i).reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

/** The same value with each of its texts mapped, names of fields aside. */
function mappedTexts(value: unknown, map: (text: string) => string): unknown {
	if (typeof value === 'string') return map(value);
	if (typeof value !== 'object' || value === null) return value;
	const fields = value as { [key: string]: unknown };
	for (const key of Object.keys(fields)) fields[key] = mappedTexts(fields[key], map);
	return value;
}

/** How much of the key's beginning, four characters or more of it, stands at the end of a text that was cut there. */
function lengthOfCutKey(text: string, apiKey: string): number {
	for (let length = Math.min(apiKey.length, longestCut); length >= shortestCut; length -= 1) {
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

/** How much of a page for browsers is searched for its title. */
const headLength = 10_000;
const mostKeys = 10;
/** A gateway's message is a line or two. Longer text is a document: it may be records in another format. */
const longestMessage = 500;
const mostNesting = 3;

const title = /<title[^<>]{0,200}>([^<]{1,200})/i;
/** A field's name. Anything else that stands where a name belongs may be a record's value, such as a phone number or a person. */
const fieldName = /^[a-z_$][A-Za-z0-9_$-]{0,29}$/;
/** What servers speak of when they refuse or fail. Other text, such as the middle of a page, is not shown: it may be about people. */
const serverWords =
	/upstream|gateway|proxy|time[d-]? ?out|unavailable|overload|too (?:many|long|large|big|short)|rate|limit|must|exceed|expected|missing|required|wrong|fail|maximum|minimum|busy|throttl|maintenance|forbidden|denied|unauthori[sz]ed|api|key|token|not found|no such|no (?:data|records?|results?|calls?)|error|invalid|bad request|refused|connection|server|request|cloudflare/i;

/**
 * Says what an answer is that is not a report, for an error: the top-level keys of JSON, or its kind and size. Never a value: answers
 * hold people's phone numbers and words.
 */
export function shapeOf(body: unknown): string {
	if (typeof body === 'string') return shapeOfText(body.trim());
	if (Array.isArray(body)) return `a list with ${counted(body.length, 'element')}`;
	if (typeof body === 'object' && body !== null) return shapeOfObject(body);
	return body === undefined || body === null ? 'nothing' : `a ${typeof body}`;
}

/** 'No data', 'No calls were found for this period', but not 'No data source is reachable'. */
const wordsOfNothing = /^no (?:data|records?|results?|rows?|sessions?|calls?)(?: (?:(?:is|are|was|were) )?(?:found|available|present|returned|match\w*|exists?|to (?:show|report)|for|in|between|within)\b.*)?[.!]?$/i;

/** Whether words say that there is nothing to report, as some clusters do in place of an empty list (U19). */
export function saysNothing(words: unknown): boolean {
	return typeof words === 'string' && words.length <= 100 && wordsOfNothing.test(words.trim());
}

const wordsOfFault = /error|fail|exception|time[d-]? ?out|unavailable|try again|refused|denied|overload|too many/i;

const wordsOfNoFault = /\b(?:no|without|0|zero)(?: \w{1,20})? (?:errors?|fail\w{0,10}|exceptions?)/gi;

/** Whether words that stand in place of rows tell of a fault (U26). */
export function saysFault(words: unknown): boolean {
	return typeof words === 'string' && words.length <= longestMessage && wordsOfFault.test(words.replace(wordsOfNoFault, ''));
}

/** What a server says went wrong: the `message` or `error` of JSON, or a gateway's line of text. Not that of a record. */
export function messageIn(body: unknown, nesting = 0): string | undefined {
	if (typeof body === 'string') return messageInText(body.trim());
	if (typeof body !== 'object' || body === null || nesting > mostNesting || Object.hasOwn(body, '_id')) return undefined;
	const { message, error, errors }: { message?: unknown; error?: unknown; errors?: unknown } = { ...body };
	for (const words of [message, error]) if (typeof words === 'string' && words.trim() !== '') return words.trim();
	return messageIn(error, nesting + 1) ?? (Array.isArray(errors) ? messageIn(errors[0], nesting + 1) : undefined);
}

function messageInText(text: string): string | undefined {
	const isLine = text.length <= longestMessage && !/^[<{["']|["']\s*[:,]/.test(text) && (text.match(/[,;|]/g) ?? []).length <= 2;
	return isLine && serverWords.test(text) ? text : undefined;
}

/** The title of a page for browsers, such as 'Sign in' or '502 Bad Gateway'. */
export function titleIn(body: unknown): string | undefined {
	if (typeof body !== 'string' || !body.trimStart().startsWith('<')) return undefined;
	return title.exec(body.slice(0, headLength))?.[1].trim() || undefined;
}

function shapeOfText(text: string): string {
	if (text === '') return 'nothing';
	const size = counted(text.length, 'character');
	if (text.startsWith('<')) return `a web page (${size})`;
	return text.startsWith('{') || text.startsWith('[') ? `truncated or malformed JSON (${size})` : `text that is not JSON (${size})`;
}

function shapeOfObject(body: object): string {
	const keys = Object.keys(body);
	if (keys.length === 0) return 'an empty JSON object';
	const named = keys.filter((key) => fieldName.test(key)).slice(0, mostKeys);
	const others = keys.length - named.length;
	const parts = named.map((key) => `"${key}"`);
	if (others > 0) parts.push(counted(others, 'other'));
	return `a JSON object with ${counted(keys.length, 'key')} (${parts.join(', ')})`;
}

function counted(count: number, one: string): string {
	return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}

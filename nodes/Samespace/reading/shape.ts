/** How much of a page for browsers is searched for its title. */
const headLength = 10_000;
const mostKeys = 10;
/** A gateway's message is a line or two. Longer text is a document: it may be records in another format. */
const longestMessage = 500;
const mostNesting = 3;

const title = /<title[^<>]{0,200}>([^<]{1,200})/i;
/** A field's name. Anything else that stands where a name belongs may be a record's value, such as a phone number. */
const fieldName = /^[A-Za-z_$][A-Za-z0-9_$-]{0,39}$/;

/**
 * Says what an answer is that is not a report, for an error: the title of a page for browsers, the top-level keys of JSON.
 * Never a value: answers hold people's phone numbers and words.
 */
export function shapeOf(body: unknown): string {
	if (typeof body === 'string') return shapeOfText(body.trim());
	if (Array.isArray(body)) return `a list with ${counted(body.length, 'element')}`;
	if (typeof body === 'object' && body !== null) return shapeOfObject(body);
	return body === undefined || body === null ? 'nothing' : `a ${typeof body}`;
}

/** What a server says went wrong: the `message` or `error` of JSON, or a gateway's line of text. */
export function messageIn(body: unknown, nesting = 0): string | undefined {
	if (typeof body === 'string') return messageInText(body.trim());
	if (typeof body !== 'object' || body === null || nesting > mostNesting) return undefined;
	const { message, error, errors }: { message?: unknown; error?: unknown; errors?: unknown } = { ...body };
	for (const words of [message, error]) if (typeof words === 'string' && words.trim() !== '') return words.trim();
	return messageIn(error, nesting + 1) ?? (Array.isArray(errors) ? messageIn(errors[0], nesting + 1) : undefined);
}

function messageInText(text: string): string | undefined {
	const isData = text === '' || text.length > longestMessage || /^[<{[]/.test(text);
	return isData ? undefined : text;
}

function titleOf(page: string): string | undefined {
	return title.exec(page.slice(0, headLength))?.[1].trim() || undefined;
}

function shapeOfText(text: string): string {
	if (text === '') return 'nothing';
	const size = counted(text.length, 'character');
	const titled = titleOf(text);
	if (text.startsWith('<')) return titled ? `a web page titled "${titled}"` : `a web page (${size})`;
	return text.startsWith('{') || text.startsWith('[') ? `JSON that breaks off or is malformed (${size})` : `text that is not JSON (${size})`;
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

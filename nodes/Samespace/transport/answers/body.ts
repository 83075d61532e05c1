/** Text that is shorter than this can't hold enough objects to matter. */
const shortText = 4 * 1024 * 1024;
/** A record of a contact centre takes some hundred characters and a few objects; each takes fifty bytes of memory or more. */
const mostObjects = 2_000_000;

/** Whether a text holds more lists and objects than any report, and would take gigabytes once parsed, as `[{},{},…` does. */
export function isBomb(text: string): boolean {
	if (text.length < shortText) return false;
	let objects = 0;
	for (let at = 0; at < text.length; at += 1) {
		const unit = text.charCodeAt(at);
		if (unit === 0x7b || unit === 0x5b) objects += 1;
	}
	return objects > mostObjects;
}

/** Deeper than any record of a contact centre. JSON.stringify and n8n itself give up at some thousands. */
const mostLevels = 100;
const tooDeep = '(nested too deeply)';

/**
 * Parses the text of an answer: JSON, with Mongo's extended JSON (`{"$oid": …}`, `{"$date": …}`) made plain, wherever it
 * stands, and what is nested too deeply to be handled replaced by a text that says so. Text that isn't JSON stays as it is.
 */
export function parseBody(text: string): unknown {
	return plainBody(parseJson(text), text);
}

/** The value of a JSON text; text that isn't JSON stays as it is. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** A parsed text as `parseBody` gives it. */
export function plainBody(body: unknown, text: string): unknown {
	// Most clusters wrap nothing, and a look at the text is cheaper than going through all fields.
	const isExtended = text.includes('$oid') || text.includes('$date');
	return isExtended || isDeeperThan(body, mostLevels) ? plain(body, mostLevels) : body;
}

function isDeeperThan(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (levels === 0) return true;
	const fields = value as { [key: string]: unknown };
	for (const key in fields) if (isDeeperThan(fields[key], levels - 1)) return true;
	return false;
}

function plain(value: unknown, levels: number): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (levels === 0) return tooDeep;
	const { $oid: id, $date: date } = value as { $oid?: unknown; $date?: unknown };
	if (typeof id === 'string') return id;
	const instant = dateIn(date);
	if (instant !== undefined) return instant;
	const fields = value as { [key: string]: unknown };
	for (const key of Object.keys(fields)) fields[key] = plain(fields[key], levels - 1);
	return value;
}

/** `$date` holds ISO text, a number of ms, or that number as text in `$numberLong`; undefined where it holds anything else. */
function dateIn(date: unknown): string | number | undefined {
	if (typeof date === 'string') return date;
	const long = typeof date === 'object' && date !== null && '$numberLong' in date ? date.$numberLong : undefined;
	const instant = typeof long === 'string' || typeof long === 'number' ? Number(long) : date;
	if (typeof instant !== 'number') return undefined;
	const parsed = new Date(instant);
	return Number.isNaN(parsed.getTime()) ? instant : parsed.toISOString();
}

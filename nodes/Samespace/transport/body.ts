/**
 * Parses the text of an answer: JSON, with Mongo's extended JSON (`{"$oid": …}`, `{"$date": …}`) made plain, wherever it
 * stands. A text that is no JSON stays as it is.
 */
export function parseBody(text: string): unknown {
	try {
		const body: unknown = JSON.parse(text);
		// Most clusters wrap nothing, and a look at the text is cheaper than going through all fields.
		return text.includes('$oid') || text.includes('$date') ? plain(body) : body;
	} catch {
		return text;
	}
}

function plain(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if ('$oid' in value) return String(value.$oid);
	if ('$date' in value) return isoDate(value.$date);
	const fields = value as { [key: string]: unknown };
	for (const key of Object.keys(fields)) fields[key] = plain(fields[key]);
	return value;
}

/** `$date` holds ISO text, a number of ms, or that number as text in `$numberLong`. */
function isoDate(date: unknown): unknown {
	if (typeof date === 'object' && date !== null && '$numberLong' in date) return isoDate(Number(date.$numberLong));
	if (typeof date !== 'number') return date;
	const parsed = new Date(date);
	return Number.isNaN(parsed.getTime()) ? date : parsed.toISOString();
}

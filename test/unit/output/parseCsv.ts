/** A strict reader of RFC 4180, by its grammar and independent of the writer. @throws on a stray quote or an open one */
export function parseCsv(text: string): string[][] {
	const records: string[][] = [];
	let at = 0;
	while (at < text.length) {
		const record: string[] = [];
		for (;;) {
			const field = text[at] === '"' ? quotedField(text, at) : bareField(text, at);
			record.push(field.value);
			at = field.end;
			if (text[at] !== ',') break;
			at += 1;
		}
		if (text.slice(at, at + 2) !== '\r\n') throw new Error(`expected CRLF at ${at}, got ${text.slice(at, at + 20)}`);
		at += 2;
		records.push(record);
	}
	return records;
}

function bareField(text: string, start: number): { value: string; end: number } {
	let end = start;
	while (end < text.length && !',"\r\n'.includes(text[end])) end += 1;
	return { value: text.slice(start, end), end };
}

function quotedField(text: string, start: number): { value: string; end: number } {
	let value = '';
	for (let at = start + 1; ; at += 1) {
		const quote = text.indexOf('"', at);
		if (quote === -1) throw new Error(`the quote at ${start} stays open`);
		value += text.slice(at, quote);
		if (text[quote + 1] !== '"') return { value, end: quote + 1 };
		value += '"';
		at = quote + 1;
	}
}

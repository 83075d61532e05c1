import type { Row } from '../wire/answer.ts';

export type Writing = 'numbers' | 'text of digits' | 'hh:mm:ss' | 'other text' | 'a mixture';

/** How the fields of these names are written in rows (U22); undefined where none of them is there. */
export function writingOf(rows: readonly Row[], fields: readonly string[]): Writing | undefined {
	const kinds = new Set(rows.flatMap((row) => fields.flatMap((field) => kindOf(row[field]) ?? [])));
	if (kinds.size > 1) return 'a mixture';
	return [...kinds][0];
}

function kindOf(value: unknown): Writing | undefined {
	if (typeof value === 'number') return 'numbers';
	if (typeof value !== 'string' || value === '') return undefined;
	if (/^-?\d+(\.\d+)?$/.test(value)) return 'text of digits';
	return /^\d+:\d\d:\d\d$/.test(value) ? 'hh:mm:ss' : 'other text';
}

export type ExtendedJson = { oid: boolean; dateText: boolean; dateLong: boolean };

/** Which forms of Mongo's extended JSON are in a value (U14), however deep. */
export function extendedJsonIn(value: unknown, found: ExtendedJson = { oid: false, dateText: false, dateLong: false }): ExtendedJson {
	if (typeof value !== 'object' || value === null) return found;
	if ('$oid' in value) found.oid = true;
	if ('$date' in value) found[typeof value.$date === 'string' ? 'dateText' : 'dateLong'] = true;
	for (const part of Object.values(value)) extendedJsonIn(part, found);
	return found;
}

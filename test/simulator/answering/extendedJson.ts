import type { Switches } from '../switches.ts';

const idShape = /^[0-9a-f]{24}$/;
const timeShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

type DateForm = 'iso' | 'numberLong';

/** Rows with ids as {"$oid"} and times as {"$date"} where the switch says so (U14); `true` takes both date forms by turns. */
export function inExtendedJson(rows: unknown[], form: Switches['extendedJson']): unknown[] {
	if (form === false) return rows;
	return rows.map((row, i) => withDates(withOids(row), form === true ? (i % 2 === 0 ? 'iso' : 'numberLong') : form));
}

/** Rows whose ids, wherever they are, are {"$oid": …}. */
export function withOids(value: unknown): unknown {
	return deepReplace(value, (text, key) => (key === '_id' && idShape.test(text) ? { $oid: text } : text));
}

function withDates(value: unknown, form: DateForm): unknown {
	return deepReplace(value, (text) => {
		if (!timeShape.test(text)) return text;
		return { $date: form === 'iso' ? text : { $numberLong: String(Date.parse(text)) } };
	});
}

function deepReplace(value: unknown, replace: (text: string, key: string) => unknown, key = ''): unknown {
	if (typeof value === 'string') return replace(value, key);
	if (Array.isArray(value)) return value.map((entry) => deepReplace(entry, replace, key));
	if (typeof value !== 'object' || value === null) return value;
	if ('$oid' in value || '$date' in value) return value;
	return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, deepReplace(entry, replace, name)]));
}

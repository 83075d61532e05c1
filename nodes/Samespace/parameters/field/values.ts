import { ParameterProblem, shown } from './problem';

/** Bounds of what an expression may give. A thousand names already make a request of some 100 KB. */
const longestText = 4_000;
const longestName = 200;
const longestList = 1_000;
const longestJson = 100_000;
const mostLevels = 20;
const mostFields = 100;

/** Text, trimmed; a number or a boolean counts as text, since expressions give those. Empty where nothing was entered. */
export function textOf(label: string, entered: unknown): string {
	if (entered === undefined || entered === null) return '';
	if (!isPlain(entered)) throw new ParameterProblem(`'${label}' is ${shown(entered)}`, 'Enter text.');
	const text = String(entered).trim();
	if (text.length <= longestText) return text;
	throw new ParameterProblem(`'${label}' is too long (${text.length.toLocaleString('en')} characters)`, `Enter at most ${longestText.toLocaleString('en')} characters.`);
}

/** Whether a switch is on. Expressions give text. */
export function isOn(label: string, entered: unknown): boolean {
	if (entered === undefined || entered === null || entered === '') return false;
	if (typeof entered === 'boolean') return entered;
	const text = typeof entered === 'string' ? entered.trim().toLowerCase() : entered;
	if (text === 'true' || text === 'false') return text === 'true';
	throw new ParameterProblem(`'${label}' is ${shown(entered)}`, 'Enter true or false.');
}

/** A list of names, one as JSON text, or names with commas between them, as expressions and AI agents give it. */
export function namesOrNone(label: string, entered: unknown): string[] {
	const list = listOf(label, entered)
		.flatMap((name) => String(name).split(','))
		.map((name) => name.trim())
		.filter((name) => name !== '');
	checkLength(label, list);
	const long = list.find((name) => name.length > longestName);
	if (long !== undefined) throw new ParameterProblem(`'${label}' contains a name of ${long.length.toLocaleString('en')} characters`, `Enter names of at most ${longestName} characters.`);
	return list;
}

/** Texts of a list, as it is or as JSON; or those of one text with commas between them. None is empty. */
export function textsIn(label: string, entered: unknown): string[] {
	const list = listOf(label, entered).map((text) => String(text).trim());
	const isLine = list.length === 1 && typeof entered === 'string' && !entered.trim().startsWith('[');
	const texts = (isLine ? list[0].split(',').map((text) => text.trim()) : list).filter((text) => text !== '');
	checkLength(label, texts);
	return texts;
}

/**
 * A list of texts, numbers and booleans; one of these; or such a list as JSON text. Nothing that is empty. Texts of a list stay as they
 * are, since a dropdown offers names as they are.
 */
export function listOf(label: string, entered: unknown): Array<string | number | boolean> {
	const fromJson = typeof entered === 'string' && entered.trim().startsWith('[') ? parsedJson(entered) : undefined;
	const list: unknown[] = Array.isArray(fromJson) ? fromJson : Array.isArray(entered) ? entered : [entered];
	checkLength(label, list);
	const values = list.map((value) => {
		if (value === null || value === undefined) return '';
		if (!isPlain(value)) throw new ParameterProblem(`'${label}' contains ${shown(value)}`, 'Enter text, or a list of texts.');
		const text = textOf(label, value);
		return typeof value === 'string' && (text === '' || value === entered) ? text : value;
	});
	return values.filter((value) => value !== '');
}

/**
 * A JSON object, or the text of one, as a copy of its own: nothing that a request could not hold (functions, circular or very
 * deep values), and nothing that its author could change afterwards. Empty where nothing was entered.
 */
export function jsonObject(label: string, entered: unknown): Array<[name: string, value: unknown]> {
	if (entered === undefined || entered === null || entered === '') return [];
	const value = typeof entered === 'string' ? parsedJson(entered) : entered;
	const advice = 'Enter an object such as { "termination_cause": "NORMAL_CLEARING" }.';
	if (!isPlainObject(value)) throw new ParameterProblem(`'${label}' isn't a JSON object: ${shown(entered)}`, advice);
	const copy = copied(value, mostLevels);
	const text = copy === undefined ? undefined : JSON.stringify(copy);
	if (text === undefined || text.length > longestJson) {
		throw new ParameterProblem(`'${label}' can't be sent as JSON`, `${advice} It can have at most ${longestJson.toLocaleString('en')} characters and ${mostLevels} levels, and only JSON values.`);
	}
	const fields = Object.entries(copy as object);
	if (fields.length <= mostFields) return fields;
	throw new ParameterProblem(`'${label}' contains ${fields.length.toLocaleString('en')} fields`, `Enter at most ${mostFields}.`);
}

/** The value of a JSON text, or undefined where it is none. */
export function parsedJson(text: string): unknown {
	if (text.length > longestJson) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** One of the known values. */
export function choice<Value extends string>(label: string, entered: unknown, known: readonly Value[]): Value {
	const found = known.find((value) => value === entered);
	if (found !== undefined) return found;
	throw new ParameterProblem(`'${label}' is ${shown(entered)}`, `Choose one of: ${known.join(', ')}.`);
}

/** A collection of the form, or an expression's JSON for it; none where nothing was added. What is neither must not pass for none. */
export function collection(label: string, entered: unknown): { [name: string]: unknown } {
	const value = typeof entered === 'string' && entered.trim() !== '' ? parsedJson(entered) : (entered ?? {});
	if (value === '') return {};
	if (isPlainObject(value)) return { ...value };
	throw new ParameterProblem(`'${label}' is ${shown(entered)}`, 'Enter an object, or add the fields one by one.');
}

/** Whether a value is text, a number or a boolean. */
export function isPlain(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

function checkLength(label: string, { length }: readonly unknown[]): void {
	if (length <= longestList) return;
	throw new ParameterProblem(`'${label}' contains ${length.toLocaleString('en')} values`, `Enter at most ${longestList.toLocaleString('en')}.`);
}

/** An object of named values, be it of another realm; not a Date, a Map or anything else that has none. */
function isPlainObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.prototype.toString.call(value) === '[object Object]';
}

/** A deep copy of JSON values, with a Date as ISO 8601 text; undefined where anything is none. */
function copied(value: unknown, levels: number): unknown {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	if (typeof value !== 'object' || levels === 0) return undefined;
	if (Array.isArray(value)) {
		const list = value.map((element) => copied(element, levels - 1));
		return list.includes(undefined) ? undefined : list;
	}
	if (!isPlainObject(value)) return undefined;
	const entries = Object.entries(value).map(([name, held]) => [name, copied(held, levels - 1)] as const);
	return entries.some(([, held]) => held === undefined) ? undefined : Object.fromEntries(entries);
}

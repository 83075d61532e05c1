import { ParameterProblem, shown } from './problem';

/** A list of names that is not empty. */
export function names(label: string, entered: unknown): string[] {
	const list = namesOrNone(entered);
	if (list.length > 0) return list;
	throw new ParameterProblem(`'${label}' is empty`, 'Choose at least one field.');
}

/** A list of names, one as JSON text, or names with commas between them, as expressions and AI agents give it. */
export function namesOrNone(entered: unknown): string[] {
	return listOf(entered)
		.flatMap((name) => String(name).split(','))
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

/** A list, one value, or a list as JSON text. Nothing that is empty. */
export function listOf(entered: unknown): unknown[] {
	const fromJson = typeof entered === 'string' && entered.trim().startsWith('[') ? parsedJson(entered) : undefined;
	const list: unknown[] = Array.isArray(fromJson) ? fromJson : [entered].flat();
	return list
		.map((value) => (typeof value === 'string' ? value.trim() : value))
		.filter((value) => value !== '' && value !== null && value !== undefined);
}

/** The value of a JSON text, or undefined where it is none. */
export function parsedJson(text: string): unknown {
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

/** A collection of the form; none where nothing was added. */
export function collection(entered: unknown): { [name: string]: unknown } {
	return typeof entered === 'object' && entered !== null ? (entered as { [name: string]: unknown }) : {};
}

import { ParameterProblem, shown } from './problem';

/** A list of names that is not empty. */
export function names(label: string, entered: unknown): string[] {
	const list = namesOrNone(entered);
	if (list.length > 0) return list;
	throw new ParameterProblem(`'${label}' is empty`, 'Choose at least one field.');
}

/** A list of names, or names with commas between them. */
export function namesOrNone(entered: unknown): string[] {
	return [entered]
		.flat()
		.flatMap((name) => String(name ?? '').split(','))
		.map((name) => name.trim())
		.filter((name) => name !== '');
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

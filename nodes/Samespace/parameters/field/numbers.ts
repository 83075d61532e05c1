import { ParameterProblem, shown } from './problem';

/** A whole number from `min` to `max`. Text that is such a number counts, since expressions often give text. */
export function wholeNumber(label: string, value: unknown, min: number, max: number): number {
	const number = numberOf(value);
	if (Number.isInteger(number) && number >= min && number <= max) return number;
	const range = max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
	throw new ParameterProblem(`'${label}' is ${shown(value)}`, `Enter a whole number ${range}.`);
}

/** A number, or null where nothing was entered. */
export function optionalNumber(label: string, value: unknown): number | null {
	if (value === undefined || value === null || value === '') return null;
	const number = numberOf(value);
	if (Number.isFinite(number)) return number;
	throw new ParameterProblem(`'${label}' is ${shown(value)}`, 'Enter a number.');
}

/** A number, or text that is one; NaN otherwise. */
export function numberOf(value: unknown): number {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}

/** A parameter that cannot be used: which one and what it holds, and what to enter instead. */
export class ParameterProblem extends Error {
	constructor(
		message: string,
		/** What to do about it. */
		readonly advice: string,
	) {
		super(message);
		this.name = 'ParameterProblem';
	}
}

/** Quotes what was entered, shortened. */
export function shown(value: unknown): string {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return `'${(text ?? String(value)).slice(0, 60)}'`;
}

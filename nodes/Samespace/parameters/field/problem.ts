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

const longestShown = 60;

/** Says what was entered: text and numbers are quoted, shortened; of a list or an object only what it is. */
export function shown(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return value === '' ? 'empty' : `'${value.slice(0, longestShown)}'`;
		case 'number':
		case 'boolean':
			return `'${value}'`;
		case 'undefined':
			return 'empty';
		case 'object':
			if (value === null) return 'empty';
			return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
		default:
			return `a ${typeof value}`;
	}
}

const decimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/;

/** The number in a value: a finite number, or text that is a plain decimal number, white space around it aside. Else null. */
export function numberIn(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	return typeof value === 'string' && decimal.test(value) ? Number(value) : null;
}

/** The instant of an ISO 8601 text, in ms since 1970; null for anything else. Two texts of one instant are one time. */
export function instantOf(value: unknown): number | null {
	const instant = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(instant) ? null : instant;
}

/** An instant, in ms since 1970, as text for people and states. */
export const isoOf = (instantMs: number): string => new Date(instantMs).toISOString();

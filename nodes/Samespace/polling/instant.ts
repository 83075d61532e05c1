/** How far from 1970 an instant may lie, in ms: a Date holds 8.64e15, and ends of stretches lie a little after their instants. */
export const farthestInstantMs = 8e15;

/** The instant of an ISO 8601 text, in ms since 1970; null for anything else. Two texts of one instant are one time. */
export function instantOf(value: unknown): number | null {
	const instant = typeof value === 'string' ? Date.parse(value) : NaN;
	return Math.abs(instant) <= farthestInstantMs ? instant : null;
}

/** An instant, in ms since 1970, as text for people and states. */
export const isoOf = (instantMs: number): string => new Date(instantMs).toISOString();

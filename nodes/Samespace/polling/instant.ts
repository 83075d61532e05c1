/** An instant, in ms since 1970, as text for people and states. */
export const isoOf = (instantMs: number): string => new Date(instantMs).toISOString();

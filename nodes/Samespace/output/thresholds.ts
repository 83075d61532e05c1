/** The three ways to count abandons in the service level. */
export const serviceLevelFormulas = ['withoutAbandons', 'abandonsAgainst', 'abandonsFor'] as const;

export interface CallThresholds {
	/** Answered within so many seconds counts as in time. */
	serviceLevelSeconds: number;
	serviceLevelFormula: (typeof serviceLevelFormulas)[number];
	/** A caller who gives up sooner did not abandon: a wrong number, or a change of mind. */
	shortAbandonSeconds: number;
}

export const usualThresholds: CallThresholds = { serviceLevelSeconds: 20, serviceLevelFormula: 'withoutAbandons', shortAbandonSeconds: 5 };

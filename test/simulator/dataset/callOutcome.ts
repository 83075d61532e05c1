import type { Chance } from './chance.ts';

/** How a call went. */
export type Outcome = { status: string; ringSeconds: number; talkSeconds: number; terminatedBy: string; cause: string };

const failures = ['USER_BUSY', 'NO_USER_RESPONSE', 'UNALLOCATED_NUMBER', 'NORMAL_TEMPORARY_FAILURE', 'CALL_REJECTED'];

/** An outcome that is 'answered' with this probability, and always if a survey follows. Seconds are whole. */
export function callOutcome(chance: Chance, answeredShare: number, { inbound, surveyed }: { inbound: boolean; surveyed: boolean }): Outcome {
	const answered = chance.happens(answeredShare) || surveyed;
	const ringSeconds = chance.between(0, 45);
	if (answered) {
		const long = chance.happens(0.005);
		const talkSeconds = long ? chance.between(3600, 7000) : Math.ceil(-Math.log(1 - chance.fraction()) * 240) % 3600;
		return {
			status: 'answered',
			ringSeconds,
			talkSeconds,
			terminatedBy: chance.pick(['agent', 'customer']),
			cause: 'NORMAL_CLEARING',
		};
	}
	if (inbound && chance.happens(0.75)) {
		const cause = chance.pick(['NO_ANSWER', 'ORIGINATOR_CANCEL']);
		return { status: 'missed', ringSeconds, talkSeconds: 0, terminatedBy: 'customer', cause };
	}
	return {
		status: 'failed',
		ringSeconds: 0,
		talkSeconds: 0,
		terminatedBy: chance.pick(['agent', 'system']),
		cause: chance.pick(failures),
	};
}

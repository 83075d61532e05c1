import type { IPollFunctions } from 'n8n-workflow';

import { marksOf } from '../../polling';
import { triggerOf, TriggerMemory } from './triggerMemory';

/** A poll takes no longer: n8n ends it before. */
const longestPollMs = 10 * 60_000;
/** n8n keeps what a poll emitted within this time, or not at all. */
const keptWithinMs = 2 * 60_000;

/** What this process is doing for a trigger, and which state it has just emitted from; times in ms since 1970. */
interface Polls {
	startedAt: number | null;
	emittedFrom: { marks: string; at: number } | null;
}

const polls = new TriggerMemory<Polls>();

/**
 * Runs a poll of a trigger, unless another one is under way in this process, or has just emitted what is new to the same state. With durable
 * poll cursors n8n runs polls that overlap, above all after a hard stop, and each gets a state of its own: both would emit the same records. Null
 * where nothing was run: the next poll goes on from what the other one leaves.
 *
 * @param found the state that the poll begins with
 * @param run gives what it emits, or null
 */
export async function runAlone<Emitted>(context: IPollFunctions, found: unknown, run: () => Promise<Emitted | null>): Promise<Emitted | null> {
	const trigger = triggerOf(context);
	const { startedAt, emittedFrom } = polls.get(trigger) ?? { startedAt: null, emittedFrom: null };
	const now = Date.now();
	const marks = marksOf(found);
	if (startedAt !== null && now >= startedAt && now < startedAt + longestPollMs) return null;
	if (emittedFrom?.marks === marks && now >= emittedFrom.at && now < emittedFrom.at + keptWithinMs) return null;
	polls.set(trigger, { startedAt: now, emittedFrom });
	const emitted = await run().catch((reason: unknown) => {
		polls.set(trigger, { startedAt: null, emittedFrom });
		throw reason;
	});
	// A first poll emits no record: one that is run again repeats nothing.
	const isNews = emitted !== null && marks !== marksOf(undefined);
	polls.set(trigger, { startedAt: null, emittedFrom: isNews ? { marks, at: Date.now() } : emittedFrom });
	return emitted;
}

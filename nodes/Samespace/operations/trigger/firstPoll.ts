import type { IPollFunctions } from 'n8n-workflow';

import { triggerOf, TriggerMemory } from './triggerMemory';

/** What a poll is the first of. */
export interface FirstOf {
	/** Of this process: nobody knows what has been shown. */
	isOfProcess: boolean;
	/** Of a context: of an activation, or a poll with durable poll cursors, which has one of its own. What an activation fails with is no failed execution. */
	isOfContext: boolean;
	/** Of an activation that n8n makes by itself, as it starts. If it fails, n8n leaves the trigger off, and tries again later, or not at all. */
	isAtStart: boolean;
}

const contexts = new WeakSet<IPollFunctions>();
const polled = new TriggerMemory<true>();

/** What the poll that begins is the first of; the next one is no longer. */
export function firstOf(context: IPollFunctions): FirstOf {
	const trigger = triggerOf(context);
	const isOfProcess = polled.get(trigger) === undefined;
	const isOfContext = !contexts.has(context);
	polled.set(trigger, true);
	contexts.add(context);
	const mode = (context as Partial<IPollFunctions>).getActivationMode?.();
	return { isOfProcess, isOfContext, isAtStart: isOfContext && (mode === 'init' || mode === 'leadershipChange') };
}

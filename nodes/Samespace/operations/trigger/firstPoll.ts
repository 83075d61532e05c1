import type { IPollFunctions } from 'n8n-workflow';

import { triggerOf, TriggerMemory } from './triggerMemory';

/** What a poll is the first of. */
export interface FirstOf {
	/** The first poll of this trigger in this process, which doesn't know what was already shown. */
	isOfProcess: boolean;
	/** The first poll of an n8n context: an activation, or any poll with durable poll cursors. If an activation fails, n8n shows no failed execution. */
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

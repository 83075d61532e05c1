import type { IPollFunctions } from 'n8n-workflow';

import { triggerOf, TriggerMemory } from './triggerMemory';

/** What a poll is the first of. */
export interface FirstOf {
	/** Of an activation, or of this process: what it fails with is no failed execution, or nobody knows what has been shown before. */
	isFirst: boolean;
	/** Of an activation that n8n makes as it starts. If it fails, n8n leaves the trigger off and tries again after ever longer waits. */
	isAtStart: boolean;
}

/** The polls of an activation share a context. With durable poll cursors n8n makes one for each poll, as of an 'update'. */
const contexts = new WeakSet<IPollFunctions>();
const polled = new TriggerMemory<true>();

export function firstOf(context: IPollFunctions): FirstOf {
	const trigger = triggerOf(context);
	const isOfProcess = polled.get(trigger) === undefined;
	const isOfContext = !contexts.has(context);
	polled.set(trigger, true);
	contexts.add(context);
	const mode = context.getActivationMode();
	return { isFirst: isOfProcess || (isOfContext && mode !== 'update'), isAtStart: isOfContext && ['init', 'leadershipChange'].includes(mode) };
}

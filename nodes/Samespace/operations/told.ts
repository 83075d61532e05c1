import type { IPollFunctions } from 'n8n-workflow';

import { marksOf } from '../polling';

const mostKept = 500;

/** The state of which each trigger of this process has told its user, by workflow and node. */
const told = new Map<string, string>();

/** Whether the notices of this state were told by this process; from now on they are. A failed poll keeps no state, so it can't be noted there. */
export function isTold(context: IPollFunctions, state: unknown): boolean {
	const trigger = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const marks = marksOf(state);
	if (told.get(trigger) === marks) return true;
	told.delete(trigger);
	told.set(trigger, marks);
	if (told.size > mostKept) told.delete(told.keys().next().value as string);
	return false;
}

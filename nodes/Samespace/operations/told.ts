import type { IPollFunctions } from 'n8n-workflow';

import { marksOf } from '../polling';
import { triggerOf, TriggerMemory } from './triggerMemory';

/** The state of which each trigger has told its user. */
const told = new TriggerMemory<string>();

/** Whether the notices of this state were told by this process; from now on they are. A failed poll keeps no state, so it can't be noted there. */
export function isTold(context: IPollFunctions, state: unknown): boolean {
	const trigger = triggerOf(context);
	const marks = marksOf(state);
	if (told.get(trigger) === marks) return true;
	told.set(trigger, marks);
	return false;
}

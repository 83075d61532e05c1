import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import { marksOf, noticesIn, type PollNotice } from '../../polling';
import type { FirstOf } from './firstPoll';
import { triggerOf, TriggerMemory } from './triggerMemory';

/** What a poll fails with to tell of something. */
export const noticeTitles: { [Kind in PollNotice['kind']]: string } = {
	restarted: 'This trigger started over',
	repeated: 'This trigger may have emitted some records twice',
	room: 'The look-back contains more records than this trigger can remember',
	clock: "The n8n server's clock has jumped",
	incomplete: 'Not all records could be read',
	lost: "Some records couldn't be read",
	strange: "Samespace sent rows that aren't records",
};

/** The state of each trigger whose notices this process has shown: a failed poll keeps no state, so it can't be noted there. */
const shownFrom = new TriggerMemory<string>();

/** Whether a poll leaves the saved notices to the next one instead of showing them: they may have been shown before, or wouldn't be seen here. */
export function passesOn(context: IPollFunctions, { isOfProcess, isOfContext, isAtStart }: FirstOf): boolean {
	const isNew = noticesIn(stateOf(context)).some((notice) => notice.passedOn === undefined);
	return (isOfProcess || isAtStart || (isOfContext && isNew)) && !areShown(context);
}

/**
 * Shows the user, once, what the last poll left: a poll that fails is the one thing of a trigger that n8n shows, with a failed execution, and to the
 * error workflow.
 *
 * @throws NodeOperationError with the notices
 */
export function showNotices(context: IPollFunctions): void {
	const state = stateOf(context);
	const [first, ...others] = noticesIn(state);
	if (first === undefined || areShown(context)) return;
	shownFrom.set(triggerOf(context), marksOf(state));
	throw new NodeOperationError(context.getNode(), noticeTitles[first.kind], {
		description: [first, ...others].map(({ text }) => text).join(' ') + ' The next poll continues as usual.',
		level: 'warning',
	});
}

function areShown(context: IPollFunctions): boolean {
	return shownFrom.get(triggerOf(context)) === marksOf(stateOf(context));
}

function stateOf(context: IPollFunctions): unknown {
	return context.getWorkflowStaticData('node').poll;
}

import type { IPollFunctions } from 'n8n-workflow';

import { NewestMap } from '../newestMap';

const mostKept = 10_000;

/** What this process knows of each trigger, for as long as it runs: of the last thousands that were polled. */
export class TriggerMemory<Known> extends NewestMap<Known> {
	constructor() {
		super(mostKept);
	}
}

/** What tells a trigger from all others: its workflow and its node. */
export function triggerOf(context: IPollFunctions): string {
	return JSON.stringify([context.getWorkflow().id, context.getNode().id]);
}

import type { IPollFunctions } from 'n8n-workflow';

const mostKept = 10_000;

/** What this process knows of each trigger, for as long as it runs: of the last thousands that were polled. */
export class TriggerMemory<Known> {
	private readonly known = new Map<string, Known>();

	get(trigger: string): Known | undefined {
		return this.known.get(trigger);
	}

	set(trigger: string, known: Known): void {
		this.known.delete(trigger);
		this.known.set(trigger, known);
		if (this.known.size > mostKept) this.known.delete(this.known.keys().next().value as string);
	}
}

/** What tells a trigger from all others: its workflow and its node. */
export function triggerOf(context: IPollFunctions): string {
	return JSON.stringify([context.getWorkflow().id, context.getNode().id]);
}

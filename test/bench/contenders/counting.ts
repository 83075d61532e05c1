/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures the memory of its own process */
import type { IDataObject, INodeType } from 'n8n-workflow';
import { samespace } from '../n8n.ts';
import type { Task } from '../task.ts';
import { runSamespace } from './samespace.ts';

/** How often memory is looked at while reading, whatever the length of the report. */
const looks = 20;

/** What was alive while a report was read: greatest values right after a garbage collection, in bytes. */
export interface Alive {
	records: number;
	heap: number;
	arrayBuffers: number;
}

/**
 * Reads a report with the node's own reading, in n8n's engine and with n8n's HTTP helper, and keeps nothing of it.
 * `options`: those of the form. `collectGarbage`: look at what is alive; without it, reading goes undisturbed.
 */
export async function countRecords(
	folder: string,
	task: Task,
	{ options = {}, collectGarbage }: { options?: IDataObject; collectGarbage?: () => void } = {},
): Promise<Alive> {
	const alive: Alive = { records: 0, heap: 0, arrayBuffers: 0 };
	const total = task.windows.reduce((sum, { records }) => sum + records, 0);
	let lookAt = 0;
	const look = (): void => {
		if (collectGarbage === undefined || alive.records < lookAt) return;
		lookAt += total / looks;
		collectGarbage();
		const { heapUsed, arrayBuffers } = process.memoryUsage();
		alive.heap = Math.max(alive.heap, heapUsed);
		alive.arrayBuffers = Math.max(alive.arrayBuffers, arrayBuffers);
	};
	const node = countingNode(folder, (count) => {
		alive.records += count;
		look();
	});
	await runSamespace(folder, node, { task, options });
	return alive;
}

/** This node with its form, credential and reading, but for the items. */
function countingNode(folder: string, onBatch: (count: number) => void): INodeType {
	const { node, rooms } = samespace(folder);
	return {
		description: node.description,
		async execute() {
			const execution = rooms.beginExecution(this);
			const { cluster } = await rooms.openCredential(this, 0);
			if (!cluster.ok) throw new Error(cluster.failure.detail);
			const form = (name: string, fallback: unknown): unknown => this.getNodeParameter(name, 0, fallback as object);
			const around = { now: Date.now(), workflowZone: 'UTC', clusterZone: 'UTC' };
			const { query, timeoutMs } = rooms.readForm(rooms.calls, form, around);
			const reading = rooms.readReport(query, rooms.ioOf(this, cluster.value, { timeoutMs, execution }));
			let step = await reading.next();
			for (; !step.done; step = await reading.next()) onBatch(step.value.records.length);
			if (step.value.failure) throw new Error(`the reading failed: ${step.value.failure.kind}`);
			return [[]];
		},
	};
}

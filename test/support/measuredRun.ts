/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a script of its own: takes its order from the environment, prints one line of JSON */
import { PerformanceObserver } from 'node:perf_hooks';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { contentOf, openBinaryStore } from './binaryStore';
import { heldMemory } from './heldMemory';
import { runNode } from './runNode';

/** What the script is given in the environment variable GIVEN. */
interface Given {
	parameters: IDataObject;
	credential: ICredentialDataDecryptedObject;
	/** Whether the lines of the files are counted. */
	countLines?: boolean;
	/** Whether the items are printed, or only their number. */
	showsItems?: boolean;
	/** Each sample collects the garbage of the whole heap. */
	sampleEveryMs: number;
}

/** What it prints. */
export interface MeasuredRun {
	json: IDataObject[];
	count: number;
	error?: string;
	lines: number;
	/** Of all files. */
	bytes: number;
	/** Most memory held at once beyond what was held before, garbage collected each time, in bytes. */
	extraBytes: number;
	/** The longest time in which nothing else could run, in ms: in all, and without the collection of garbage. */
	longestBlockMs: number;
	longestWorkMs: number;
}

/** Notes when nothing else could run, from now on; what is given ends it. */
function watchBlocks(): () => Promise<Pick<MeasuredRun, 'longestBlockMs' | 'longestWorkMs'>> {
	const blocks: Array<{ from: number; to: number }> = [];
	const collections: Array<{ from: number; to: number }> = [];
	const observer = new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries()) collections.push({ from: startTime, to: startTime + duration });
	});
	observer.observe({ entryTypes: ['gc'] });
	let last = performance.now();
	const timer = setInterval(() => {
		const now = performance.now();
		blocks.push({ from: last, to: now });
		last = now;
	}, 1);
	return async () => {
		// Only after the run does the timer tell of the last block, and the observer of what was collected last.
		await new Promise((resolve) => setTimeout(resolve, 50));
		clearInterval(timer);
		observer.disconnect();
		const workMs = ({ from, to }: { from: number; to: number }): number =>
			to - from - collections.reduce((sum, other) => sum + Math.max(0, Math.min(to, other.to) - Math.max(from, other.from)), 0);
		return { longestBlockMs: Math.max(...blocks.map(({ from, to }) => to - from)), longestWorkMs: Math.max(...blocks.map(workMs)) };
	};
}

async function main({ parameters, credential, countLines, showsItems = true, sampleEveryMs }: Given): Promise<MeasuredRun> {
	const clear = await openBinaryStore();
	// The end of the range: follow-ups read on from there, until now.
	const warmUp = { ...parameters, ...(parameters.resource === 'report' ? { startTime: parameters.endTime } : {}) };
	await runNode({ parameters: warmUp, credential });
	const before = heldMemory();
	let most = before;
	let watch: NodeJS.Timeout | undefined;
	// An interval would be due again after each collection, and leave no time to what is measured.
	const sampleLater = (): void => {
		watch = setTimeout(() => {
			most = Math.max(most, heldMemory());
			sampleLater();
		}, sampleEveryMs);
	};
	sampleLater();
	const blocksIn = watchBlocks();
	const run = await runNode({ parameters, credential });
	const blocks = await blocksIn();
	clearTimeout(watch);
	let lines = 0;
	for (const { binary } of countLines ? run.items : []) {
		const content = await contentOf((binary as { data: { id?: string; data: string; mimeType: string } }).data);
		for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) lines += 1;
	}
	await clear();
	const bytes = run.items.reduce((sum, { binary }) => sum + (binary?.data?.bytes ?? 0), 0);
	return { json: showsItems ? run.json : [], count: run.items.length, error: run.error?.message, lines, bytes, extraBytes: most - before, ...blocks };
}

main(JSON.parse(process.env.GIVEN ?? '{}') as Given).then(
	// A long line leaves through a pipe bit by bit.
	(measured) => void process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0)),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);

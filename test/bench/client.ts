/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- measures its own process, speaks with its parent */

// The process in which all contenders run: node --expose-gc client.ts <folder of the installed package>.
import { GCProfiler } from 'node:v8';
import { readerOf, type Reader } from './contenders/index.ts';
import type { ContenderId, Task } from './task.ts';

/** What the parent asks for: the time of one reading, or the memory of one, or of one that keeps nothing. */
export type Question =
	| { kind: 'time' | 'memory'; contender: ContenderId; task: Task }
	| { kind: 'keepNothing'; task: Task };

/** In seconds and bytes. `cpu`: of all threads of this process. `peakHeap` and `aliveHeap`: above the heap at rest. */
export interface Answer {
	records: number;
	unique: number;
	seconds: number;
	cpu: number;
	peakHeap: number;
	aliveHeap: number;
	arrayBuffers: number;
}

const folder = process.argv[2];

/** Twice: what the first collection found of buffers is given back when the second one begins. */
function collectGarbage(): void {
	globalThis.gc?.();
	globalThis.gc?.();
}

const readers = new Map<ContenderId, Reader>();

async function readerFor(id: ContenderId): Promise<Reader> {
	const reader = readers.get(id) ?? (await readerOf(id, folder));
	readers.set(id, reader);
	return reader;
}

async function answer(question: Question): Promise<Answer> {
	if (question.kind === 'keepNothing') return await keepNothing(question.task);
	const read = await readerFor(question.contender);
	return await measured(async () => await read(question.task), question.kind === 'memory');
}

/** Time, or memory: a profiler of garbage collections costs time. Every reading begins with a clean heap. */
async function measured(read: () => ReturnType<Reader>, withMemory: boolean): Promise<Answer> {
	collectGarbage();
	const rest = process.memoryUsage();
	const collections = new GCProfiler();
	if (withMemory) collections.start();
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	const items = await read();
	const seconds = (performance.now() - startedAt) / 1000;
	const { user, system } = process.cpuUsage(cpuBefore);
	// The heap is fullest right before a collection, or at the end.
	const full = process.memoryUsage().heapUsed;
	const before = withMemory ? collections.stop().statistics.map(({ beforeGC }) => beforeGC.heapStatistics.usedHeapSize) : [];
	if (withMemory) collectGarbage();
	const end = process.memoryUsage();
	return {
		records: typeof items === 'number' ? items : items.length,
		unique: typeof items === 'number' ? items : new Set(items.map(({ json }) => (json as { _id?: unknown })._id)).size,
		seconds,
		cpu: (user + system) / 1e6,
		peakHeap: before.reduce((most, heap) => Math.max(most, heap), full) - rest.heapUsed,
		aliveHeap: end.heapUsed - rest.heapUsed,
		arrayBuffers: end.arrayBuffers - rest.arrayBuffers,
	};
}

/** Once undisturbed for the plain peak, once with forced collections for what is really alive. */
async function keepNothing(task: Task): Promise<Answer> {
	const { countRecords } = await import('./contenders/counting.ts');
	const plain = await measured(async () => (await countRecords(folder, task)).records, true);
	collectGarbage();
	const rest = process.memoryUsage();
	const alive = await countRecords(folder, task, { collectGarbage });
	return {
		...plain,
		aliveHeap: alive.heap - rest.heapUsed,
		arrayBuffers: alive.arrayBuffers - rest.arrayBuffers,
	};
}

process.on('disconnect', () => process.exit());
process.on('message', (question: Question) => {
	answer(question).then(
		(result) => process.send?.({ result }),
		(error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
	);
});

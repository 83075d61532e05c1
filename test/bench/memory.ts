import type { Case } from './cases.ts';
import type { Answer } from './client.ts';
import type { ClientProcess } from './clientProcess.ts';
import type { Cluster } from './clusters.ts';
import { pageSizeOf } from './contenders/index.ts';
import { hundredDays } from './dataset.ts';
import { contenderIds, type ContenderId } from './task.ts';

/** What one reading took of memory, in a process of its own. */
export interface MemoryUse {
	contender: ContenderId | 'keepNothing';
	records: number;
	answer: Answer;
}

/** All contenders hold the records in the end: what they need for that. */
export const memoryCase = { title: 'Memory: 100,000 records, 1,000 a page', records: [100_000], dataset: hundredDays, pageSize: 1000, serverMs: 10, contenders: contenderIds } satisfies Case;

/** This node's reading with a consumer that keeps nothing. */
export const flatCase = { title: 'Memory of a consumer that keeps nothing', records: [10_000, 100_000, 1_000_000], dataset: hundredDays, pageSize: 1000, serverMs: 0, contenders: [] } satisfies Case;

interface Setting {
	freshClient: () => ClientProcess;
	clusterOf: (records: number) => Cluster;
	say: (text: string) => void;
}

/** Reads once with each contender of the memory case. */
export async function measureMemory({ freshClient, clusterOf, say }: Setting): Promise<MemoryUse[]> {
	const cluster = clusterOf(memoryCase.records[0]);
	await cluster.behave(memoryCase);
	const uses: MemoryUse[] = [];
	for (const contender of memoryCase.contenders) {
		say(`  ${contender}`);
		const answer = await askFresh(freshClient(), { kind: 'memory', contender, task: cluster.task({ pageSize: pageSizeOf(contender, memoryCase) }) });
		uses.push({ contender, records: memoryCase.records[0], answer });
	}
	return uses;
}

/** Reads each size of the flat case. */
export async function measureFlat({ freshClient, clusterOf, say }: Setting): Promise<MemoryUse[]> {
	const uses: MemoryUse[] = [];
	for (const records of flatCase.records) {
		say(`  ${records} records`);
		const cluster = clusterOf(records);
		await cluster.behave(flatCase);
		const answer = await askFresh(freshClient(), { kind: 'keepNothing', task: cluster.task(flatCase) });
		uses.push({ contender: 'keepNothing', records, answer });
	}
	return uses;
}

async function askFresh(client: ClientProcess, question: Parameters<ClientProcess['ask']>[0]): Promise<Answer> {
	try {
		return await client.ask(question);
	} finally {
		await client.stop();
	}
}

import { grouped, type Case } from './cases.ts';
import type { ClientProcess } from './clientProcess.ts';
import type { Cluster } from './clusters.ts';
import { contenders } from './contenders/index.ts';
import { leastRequests } from './requests.ts';
import type { Answer } from './client.ts';
import type { ContenderId } from './task.ts';

/** All readings of one size by one contender in one case. */
export interface Series {
	contender: ContenderId;
	records: number;
	/** Seconds, a number for each round. */
	seconds: number[];
	/** CPU seconds of the client's process. */
	cpu: number[];
	/** Of the last round, as the cluster counted them. */
	requests: number;
	leastRequests: number;
	connections: number;
	peakConcurrency: number;
}

/** Measures a case: one round to warm up, then `rounds`; in each of them all contenders, one after another. */
export async function measureCase(
	measured: Case,
	{ rounds, client, clusterOf, say }: { rounds: number; client: ClientProcess; clusterOf: (records: number) => Cluster; say: (text: string) => void },
): Promise<Series[]> {
	const series = measured.records.flatMap((records) =>
		measured.contenders.map((contender): Series => {
			return { contender, records, seconds: [], cpu: [], requests: 0, leastRequests: 0, connections: 0, peakConcurrency: 0 };
		}),
	);
	for (let round = 0; round <= rounds; round += 1) {
		say(round === 0 ? '  warming up' : `  round ${round} of ${rounds}`);
		for (const one of series) {
			const cluster = clusterOf(one.records);
			await cluster.setServerMs(measured.serverMs);
			await cluster.clearLog();
			const answer = await client.ask({ kind: 'time', contender: one.contender, task: cluster.task(measured) });
			check(answer, one);
			if (round > 0) await note(answer, one, { cluster, pageSize: measured.pageSize });
		}
	}
	return series;
}

/** Whoever does not read everything is no contender. */
function check({ records, unique }: Answer, one: Series): void {
	if (records === one.records && unique === one.records) return;
	throw new Error(`${contenders[one.contender].name}: expected ${grouped(one.records)} records, got ${grouped(records)}, ${grouped(unique)} of them different`);
}

async function note(answer: Answer, one: Series, { cluster, pageSize }: { cluster: Cluster; pageSize: number }): Promise<void> {
	const { requests, peakConcurrency, violations } = await cluster.log();
	if (violations.length > 0) throw new Error(`the contract was violated:\n${violations.join('\n')}`);
	one.seconds.push(answer.seconds);
	one.cpu.push(answer.cpu);
	one.requests = requests.length;
	one.leastRequests = leastRequests(requests, pageSize);
	one.connections = new Set(requests.map(({ remotePort }) => remotePort)).size;
	one.peakConcurrency = peakConcurrency;
}

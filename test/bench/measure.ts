import { grouped, type Case } from './cases.ts';
import type { ClientProcess } from './clientProcess.ts';
import type { Cluster } from './clusters.ts';
import { contenders, pageSizeOf } from './contenders/index.ts';
import { countsOf, leastRequests, type RequestCounts } from './requests.ts';
import type { Answer } from './client.ts';
import type { ContenderId } from './task.ts';

/** All readings of one size by one contender in one case. */
export interface Series extends RequestCounts {
	contender: ContenderId;
	records: number;
	/** Seconds, a number for each round. */
	seconds: number[];
	/** CPU seconds of the client's process. */
	cpu: number[];
	/** Of the last round, as the cluster counted them; `RequestCounts` too. */
	connections: number;
	/** Rows divided by the page size. */
	leastRequests: number;
}

/** Measures a case: one round to warm up, then `rounds`; in each of them all contenders, one after another. */
export async function measureCase(
	measured: Case,
	{ rounds, client, clusterOf, say }: { rounds: number; client: ClientProcess; clusterOf: (records: number) => Cluster; say: (text: string) => void },
): Promise<Series[]> {
	const series = measured.records.flatMap((records) =>
		measured.contenders
			.filter((contender) => records <= (measured.readsAtMost?.[contender] ?? Infinity))
			.map((contender) => emptySeries(contender, records, pageSizeOf(contender, measured))),
	);
	for (let round = 0; round <= rounds; round += 1) {
		say(round === 0 ? '  warming up' : `  round ${round} of ${rounds}`);
		for (const one of series) {
			const cluster = clusterOf(one.records);
			await cluster.behave(measured);
			await cluster.clearLog();
			const task = cluster.task({ pageSize: pageSizeOf(one.contender, measured) });
			const answer = await client.ask({ kind: 'time', contender: one.contender, task });
			check(answer, one);
			if (round > 0) await note(answer, one, cluster);
		}
	}
	return series;
}

function emptySeries(contender: ContenderId, records: number, pageSize: number): Series {
	const counts = { requests: 0, deepestSkip: 0, walked: 0, peakConcurrency: 0, connections: 0 };
	return { contender, records, seconds: [], cpu: [], ...counts, leastRequests: leastRequests(records, pageSize) };
}

/** Whoever does not read everything is no contender. */
function check({ records, unique }: Answer, one: Series): void {
	if (records === one.records && unique === one.records) return;
	throw new Error(`${contenders[one.contender].name}: expected ${grouped(one.records)} records, got ${grouped(records)}, ${grouped(unique)} of them different`);
}

async function note(answer: Answer, one: Series, cluster: Cluster): Promise<void> {
	const log = await cluster.log();
	if (log.violations.length > 0) throw new Error(`the contract was violated:\n${log.violations.join('\n')}`);
	one.seconds.push(answer.seconds);
	one.cpu.push(answer.cpu);
	Object.assign(one, countsOf(log));
	one.connections = new Set(log.requests.map(({ remotePort }) => remotePort)).size;
}

import { grouped, type Case, type CountCase } from './cases.ts';
import type { Answer } from './client.ts';
import type { ClientProcess } from './clientProcess.ts';
import type { Behaviour, Cluster } from './clusters.ts';
import { contenders, pageSizeOf } from './contenders/index.ts';
import { rangeOf } from './dataset.ts';
import { countsOf, type RequestCounts } from './requests.ts';

/** The counts of one reading, and how many records it gave. */
export interface Count extends RequestCounts {
	records: number;
}

/** A case with its counts. */
export interface Counted {
	of: CountCase;
	quiet: Count;
	/** While calls kept coming. */
	busy?: Count;
}

/** Long enough for answers to overlap as they do on a network. It isn't a busy centre's own: counting need not take that long. */
const serverMs = 20;

/** What a count needs of a cluster. A busy centre changes its cluster, so it has its own. */
export function clusterFor({ title, records, dataset, pageSize, busy }: CountCase): Pick<Case, 'records' | 'dataset' | 'pageSize'> & { own?: string } {
	return { records: [records], dataset, pageSize, own: busy && title };
}

/** Reads once, or twice for a busy centre, and counts. */
export async function measureCounts(of: CountCase, { client, cluster }: { client: ClientProcess; cluster: Cluster }): Promise<Counted> {
	const read = async (behaviour: Behaviour): Promise<Count> => {
		await cluster.behave(behaviour);
		await cluster.clearLog();
		const answer = await client.ask({ kind: 'time', contender: of.contender, task: cluster.task({ pageSize: pageSizeOf(of.contender, of) }) });
		check(answer, of);
		const log = await cluster.log();
		if (log.violations.length > 0) throw new Error(`the contract was violated:\n${log.violations.join('\n')}`);
		return { ...countsOf(log), records: answer.records };
	};
	const quiet = await read({ serverMs });
	return { of, quiet, busy: of.busy && (await read({ serverMs, arrivals: arrivalsOf(of) })) };
}

/**
 * New calls as the simulator brings them in. They're counted by requests, so that every run is the same: with so many requests
 * under way, each of which takes so long, this many are answered until the next call ends.
 */
function arrivalsOf({ contender, dataset, busy }: CountCase): Behaviour['arrivals'] {
	if (!busy) return null;
	const { endsEveryMs, answerMs, lastMinutes } = busy;
	const everyRequests = Math.max(1, Math.round((contenders[contender].concurrency * endsEveryMs) / answerMs));
	const { end } = rangeOf(dataset);
	return { everyRequests, into: { start: new Date(Date.parse(end) - lastMinutes * 60_000).toISOString(), end } };
}

/** All that was there before the reading must be in it, and nothing twice. */
function check({ records, unique }: Answer, { title, records: expected, busy }: CountCase): void {
	if (unique === records && (busy ? records >= expected : records === expected)) return;
	throw new Error(`${title}: expected ${grouped(expected)} records, got ${grouped(records)}, ${grouped(unique)} of them different`);
}

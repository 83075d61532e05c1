import { sleep, type IExecuteFunctions, type ILoadOptionsFunctions, type IPollFunctions } from 'n8n-workflow';

import { concurrencyOf } from '../parameters';
import { ConcurrencyLimiter, emptyStatistics, type Behavior, type Failure, type ReadingIo, type Statistics } from '../reading';
import { apiKeyOf, clusterOf, fetchPage, type Cluster, type SamespaceCredential } from '../transport';
import { behaviorOf, paceOf } from './clusterMemory';

/** What all input items of one execution share. */
export interface Execution {
	limiter: ConcurrencyLimiter;
	statistics: Statistics;
	/** Windows that do not add up, where the user lets that pass. */
	gaps: Failure[];
	/** Input items that asked for a recording and have none. */
	withoutRecording: number;
	/** What else a user should know of the result, each said once however many input items it holds for. */
	notices: Set<string>;
	/** Ends all that is under way: fired by the user's Stop, and by an input item that fails. */
	ending: AbortController;
}

/** At the beginning of an execution, a poll or a list: the first item says how many requests may be under way, of all items together. */
export function beginExecution(context: Context): Execution {
	const ending = new AbortController();
	const stop = stopOf(context);
	if (stop?.aborted) ending.abort();
	else stop?.addEventListener('abort', () => ending.abort());
	const { usual, most } = firstConcurrency(context);
	return { limiter: new ConcurrencyLimiter(usual, most), statistics: emptyStatistics(), gaps: [], withoutRecording: 0, notices: new Set(), ending };
}

type Context = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

/** The Stop button, where there is one. */
function stopOf(context: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** Options that can't be read are an error of the item's own reading, not of all. */
function firstConcurrency(context: Context): ReturnType<typeof concurrencyOf> {
	try {
		return concurrencyOf('getInputData' in context ? context.getNodeParameter('options', 0, {}) : {});
	} catch {
		return concurrencyOf({});
	}
}

/** The credential of an item, and the cluster it means or why it means none. */
export async function openCredential(
	context: Context,
	itemIndex = 0,
): Promise<{ apiKey: string; cluster: ReturnType<typeof clusterOf> }> {
	const credential = await context.getCredentials<SamespaceCredential>('samespaceApi', itemIndex);
	return { apiKey: apiKeyOf(credential), cluster: clusterOf(credential) };
}

/** The reading's outside world: n8n's HTTP, the clock, waiting, chance and the Stop button. */
export function ioOf(
	context: Context,
	cluster: Cluster,
	{ timeoutMs, execution }: { timeoutMs: number; execution: Execution },
): ReadingIo {
	const { signal } = execution.ending;
	const startedAt = Date.now();
	// What is known of a cluster is renewed each hour; a reading that takes longer goes on with what it began with.
	const behaviors = new Map<string, Behavior>();
	return {
		fetchPage: async (report, request) => await fetchPage(context, { ...cluster, timeoutMs, signal }, report, request),
		behaviorOf: (report) => {
			const behavior = behaviors.get(report.operation) ?? behaviorOf(cluster, report, startedAt);
			behaviors.set(report.operation, behavior);
			return behavior;
		},
		now: () => Date.now(),
		random: () => Math.random(),
		sleep: async (ms) => await sleepUntilStopped(ms, signal),
		signal,
		limiter: execution.limiter,
		pace: paceOf(cluster.origin),
		statistics: execution.statistics,
	};
}

/** n8n's `sleep` throws when it is stopped, in releases that know a signal; others wait to the end. */
async function sleepUntilStopped(ms: number, signal: AbortSignal): Promise<void> {
	await sleep(ms, signal).catch(() => undefined);
}

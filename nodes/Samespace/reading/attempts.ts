import { failed, type Outcome } from './failure';
import type { Lane } from './lanes';
import type { ReadingIo } from './io';
import { retryDelay } from './retry';

/** How often to try, and what ends it. */
export interface AttemptRules {
	maxRetries: number;
	/** True once nothing more is wanted: an error elsewhere, or enough records. */
	isOver: () => boolean;
	lane: Lane;
}

/**
 * Sends a request until it succeeds, trying again where that may help. The lane is kept while waiting: a struggling
 * cluster is not pushed.
 */
export async function withRetries<Value>(
	send: () => Promise<Outcome<Value>>,
	{ maxRetries, isOver, lane }: AttemptRules,
	io: Omit<ReadingIo, 'fetchPage'>,
): Promise<Outcome<Value>> {
	let firstFailureAt: number | null = null;
	for (let attempts = 1; ; attempts += 1) {
		if (io.signal?.aborted || isOver()) return failed({ kind: 'stopped' });
		io.statistics.requests += 1;
		const outcome = await send();
		if (outcome.ok) {
			lane.succeeded();
			return outcome;
		}
		if (io.signal?.aborted) return failed({ kind: 'stopped' });
		const { failure } = outcome;
		if (failure.status === 429) lane.throttled();
		firstFailureAt ??= io.now();
		const delay = retryDelay(failure, { attempts, maxRetries, elapsedMs: io.now() - firstFailureAt, chance: io.random() });
		if (delay === null) return failed({ ...failure, attempts });
		io.statistics.retries += 1;
		await io.sleep(delay, io.signal);
	}
}

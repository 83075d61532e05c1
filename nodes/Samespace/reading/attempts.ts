import { failed, type Outcome } from './failure';
import type { ReadingIo } from './io';
import type { Lane } from './lanes';
import type { Need } from './need';
import { retryDelay } from './retry';

/** How often to try, and what ends it. */
export interface AttemptRules {
	maxRetries: number;
	/** Over after an error elsewhere, or when there are records enough. Left out: wanted to the end. */
	need?: Need;
	lane: Lane;
}

/**
 * Sends a request until it succeeds, trying again where that may help. The lane is kept while waiting: a struggling
 * cluster is not pushed. It is given back at once when nothing more is needed.
 */
export async function withRetries<Value>(
	send: () => Promise<Outcome<Value>>,
	{ maxRetries, need, lane }: AttemptRules,
	io: Omit<ReadingIo, 'fetchPage'>,
): Promise<Outcome<Value>> {
	let firstFailureAt: number | null = null;
	for (let attempts = 1; ; attempts += 1) {
		if (io.signal?.aborted || need?.isOver) return failed({ kind: 'stopped' });
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
		if (need?.isOver) return failed({ kind: 'stopped' });
		io.statistics.retries += 1;
		const waited = io.sleep(delay, io.signal);
		await (need ? Promise.race([waited, need.ended]) : waited);
	}
}

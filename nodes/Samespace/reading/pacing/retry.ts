import { failed, type Failure, type Outcome } from '../failure';
import type { ReadingIo } from '../io';
import type { Slot } from './concurrency';

const maxRetryAfterMs = 2 * 60_000;
const firstBackoffMs = 500;
const maxBackoffMs = 30_000;
/** All retries of one request together may take this long. */
export const retryBudgetMs = 5 * 60_000;

const wholeSeconds = /^\d+$/;
/** As HTTP writes it, beginning with the weekday, or as ISO 8601 does. */
const anyDate = /^([A-Z][a-z]{2,8},? |\d{4}-\d\d-\d\dT)/;

/** Those from 520 on are a gateway's in front of the cluster (U24). */
const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530]);
const passingKinds: ReadonlySet<Failure['kind']> = new Set(['network', 'timeout', 'unreadable', 'strange', 'reported']);

/** How often to try, and what ends it. */
export interface RetryRules {
	maxRetries: number;
	/** Fires after an error elsewhere, or when there are records enough. Left out: wanted to the end. */
	ended?: AbortSignal;
	slot: Slot;
}

/**
 * Sends a request until it succeeds, trying again where that may help. The slot is kept while waiting: a struggling
 * cluster is not pushed. It is given back at once when nothing more is needed.
 */
export async function withRetries<Value>(send: () => Promise<Outcome<Value>>, rules: RetryRules, io: Omit<ReadingIo, 'fetchPage'>): Promise<Outcome<Value>> {
	return await io.pace.share(io.limiter, async () => await tryUntilDone(send, rules, io));
}

async function tryUntilDone<Value>(
	send: () => Promise<Outcome<Value>>,
	{ maxRetries, ended, slot }: RetryRules,
	io: Omit<ReadingIo, 'fetchPage'>,
): Promise<Outcome<Value>> {
	let firstFailureAt: number | null = null;
	for (let attempts = 1; ; attempts += 1) {
		const turn = io.pace.turn(io.limiter, io, ended);
		if (turn) {
			const from = io.now();
			await turn;
			// To wait for a turn is no retry.
			if (firstFailureAt !== null) firstFailureAt += io.now() - from;
		}
		if (io.signal?.aborted || ended?.aborted) return failed({ kind: 'stopped' });
		io.statistics.requests += 1;
		const sentAt = io.now();
		const outcome = await send();
		const isThrottled = !outcome.ok && outcome.failure.status === 429 && !outcome.failure.elsewhere;
		if (isThrottled) io.pace.throttled(sentAt, outcome.failure.retryAfterMs, io.now());
		else if (outcome.ok || outcome.failure.status !== undefined) io.pace.succeeded(sentAt);
		if (outcome.ok) {
			slot.succeeded(io.now() - sentAt);
			return outcome;
		}
		if (io.signal?.aborted) return failed({ kind: 'stopped' });
		const { failure } = outcome;
		if (isThrottled) slot.throttled();
		firstFailureAt ??= io.now();
		const delay = retryDelay(failure, { attempts, maxRetries, elapsedMs: io.now() - firstFailureAt, chance: io.random() });
		if (delay === null) return failed({ ...failure, attempts });
		if (ended?.aborted) return failed({ kind: 'stopped' });
		io.statistics.retries += 1;
		const waited = io.sleep(delay, io.signal);
		await (ended ? Promise.race([waited, whenFired(ended)]) : waited);
	}
}

/** Settles when a signal fires. */
export async function whenFired(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Where one request stands when an attempt has failed. */
export interface RetryState {
	/** Attempts made so far, at least 1. */
	attempts: number;
	maxRetries: number;
	/** Time since the first attempt failed, in ms. */
	elapsedMs: number;
	/** A number from 0 up to 1. */
	chance: number;
}

/**
 * How long to wait before the same request is sent again, in ms, or null to give up. The first rule that applies decides.
 */
export function retryDelay(failure: Failure, state: RetryState): number | null {
	if (!mayPass(failure)) return null;
	if (state.attempts > state.maxRetries) return null;
	const delay = failure.retryAfterMs ?? backoff(state);
	if (state.elapsedMs + delay > retryBudgetMs) return null;
	return delay;
}

/** Whether the same request might do better later. A refusal (400, 401, 403, 404, 422 …) never does. */
function mayPass(failure: Failure): boolean {
	if (failure.kind === 'status') return passingStatuses.has(failure.status ?? 0);
	return passingKinds.has(failure.kind);
}

/** Exponential with jitter: half of it fixed, so that an overloaded cluster always gets a rest; half of it by chance. */
function backoff({ attempts, chance }: RetryState): number {
	const full = Math.min(maxBackoffMs, firstBackoffMs * 2 ** (attempts - 1));
	return full / 2 + (full / 2) * chance;
}

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date. No longer than two minutes; undefined where it says nothing
 * that can be read, or a date that is past: then the two clocks differ.
 */
export function parseRetryAfter(header: unknown, now: number): number | undefined {
	const text = typeof header === 'string' || typeof header === 'number' ? String(header).trim() : '';
	if (wholeSeconds.test(text)) return Math.min(maxRetryAfterMs, Number(text) * 1000);
	const wait = anyDate.test(text) ? Date.parse(text) - now : NaN;
	return wait > 0 ? Math.min(maxRetryAfterMs, wait) : undefined;
}

/** The clock and the sleep of a request that waits for its turn. */
export interface WaitIo {
	/** Ms since 1970. */
	now(): number;
	/** Waits; may end early, once `signal` has fired. */
	sleep(ms: number): Promise<void>;
	signal?: AbortSignal;
}

/** The share of the rate the cluster seems to allow that is used. The rest is a margin, since neither clock is exact. */
const share = 0.9;
const leastWindowMs = 250;
const mostWindowMs = 60_000;
const firstPauseMs = 250;
const longestGuessedPauseMs = 30_000;
const longestPauseMs = 2 * 60_000;
/** Fewer requests than these say little of a rate: what is guessed by them holds nobody up for long. */
const fewRequests = 5;
const vagueGapMs = 1000;
const mostGapMs = 60_000;
const leastGapMs = 1;
const mostRemembered = 1000;
/** The pace grows so much, and so often: more often until a second refusal has shown that the guess of the first was near. */
const growth = 1.5;
const growthMs = 1_000;
const laterGrowthMs = 5 * 60_000;

/**
 * How often a cluster may be asked, as its refusals (429) have shown.
 *
 * Without a refusal there is no limit. After one, all pause as `Retry-After` says, and the rate is the one that was granted before it. The
 * cluster doesn't say over what period it counts, so each refusal looks back twice as far, up to a minute. A rate that was guessed too
 * low grows until the next refusal.
 */
export class Rate {
	/** Ms from one request to the next; 0: nobody waits. */
	private gapMs = 0;

	private nextAt = -Infinity;

	/** The last refusal, until the rate was set by it. */
	private refusal: { at: number; windowMs: number; leastMs: number } | null = null;

	private refusedAt = -Infinity;

	private refusals = 0;

	/** How many in a row, without a grant between them. */
	private streak = 0;

	/** Refusals after a grant: those that follow it in a row are no news of the rate. */
	private lessons = 0;

	/** When the requests were sent that were granted, oldest first. */
	private granted: number[] = [];

	private grownAt = -Infinity;

	/** @param sentAt when the request was sent that was answered otherwise than with a 429 */
	succeeded(sentAt: number): void {
		this.granted.push(sentAt);
		if (sentAt > this.refusedAt) this.streak = 0;
		if (this.granted.length > 2 * mostRemembered) this.granted = this.granted.slice(-mostRemembered);
	}

	/** @param sentAt when the request was sent that was answered with a 429 */
	throttled(sentAt: number, retryAfterMs: number | undefined, now: number): void {
		// The clock was set back.
		if (now < this.refusedAt) this.refusedAt = -Infinity;
		// What was under way when another was refused says nothing new but for its Retry-After.
		if (sentAt > this.refusedAt) {
			this.refusedAt = now;
			const leastMs = Math.min(mostWindowMs, Math.max(leastWindowMs, retryAfterMs ?? 0));
			this.refusal = { at: now, windowMs: Math.min(mostWindowMs, Math.max(leastMs, leastWindowMs * 2 ** this.refusals)), leastMs };
			this.refusals += 1;
			this.streak += 1;
			if (this.streak === 1) this.lessons += 1;
		}
		const guessedMs = Math.min(longestGuessedPauseMs, firstPauseMs * 2 ** (this.streak - 1));
		// A Retry-After that was too short is none.
		const pauseMs = this.streak > 1 ? Math.max(retryAfterMs ?? 0, guessedMs) : (retryAfterMs ?? guessedMs);
		this.nextAt = Math.max(this.nextAt, now + Math.min(longestPauseMs, pauseMs));
	}

	/** How long the next request has to wait, in ms. */
	waitMs(now: number): number {
		const ms = this.nextAt - now;
		// The clock was set back.
		if (ms > longestPauseMs + this.gapMs) this.nextAt = now;
		else if (ms > 0) return ms;
		if (this.refusal !== null) this.measure(this.refusal, now);
		return 0;
	}

	/** Once the pause is over, when what was under way before it has been answered. */
	private measure({ at, windowMs, leastMs }: { at: number; windowMs: number; leastMs: number }, now: number): void {
		const granted = this.granted.filter((sentAt) => sentAt > at - windowMs && sentAt <= at);
		// No request was sent before the first of them, so that time says nothing about the limit.
		const ms = Math.max(leastMs, at - granted.reduce((first, sentAt) => Math.min(first, sentAt), at));
		const gapMs = (granted.length < fewRequests ? Math.min(ms / fewRequests, vagueGapMs) : ms / granted.length) / share;
		const isSlower = gapMs > this.gapMs;
		// Over a minute the rate was granted, and is refused all the same.
		this.gapMs = isSlower || windowMs < mostWindowMs || this.streak > 1 ? Math.max(gapMs, this.gapMs) : Math.min(mostGapMs, this.gapMs * growth);
		this.grownAt = now;
		this.refusal = null;
	}

	/** Counts a request that is sent now; whether there is a limit at all. */
	take(now: number): boolean {
		this.grow(now);
		if (this.gapMs === 0) return false;
		this.nextAt = Math.max(now, this.nextAt) + this.gapMs;
		return true;
	}

	/** Waits; then the wait is over, whatever the clock says: it may stand still. */
	async rest(ms: number, io: WaitIo): Promise<void> {
		const { nextAt } = this;
		await io.sleep(ms);
		if (this.nextAt === nextAt && io.signal?.aborted !== true) this.nextAt = -Infinity;
	}

	private grow(now: number): void {
		const everyMs = this.lessons > 1 ? laterGrowthMs : growthMs;
		// The clock was set back.
		this.grownAt = Math.min(this.grownAt, now);
		const steps = Math.floor((now - this.grownAt) / everyMs);
		if (this.gapMs === 0 || steps < 1) return;
		this.gapMs /= growth ** steps;
		this.grownAt = now;
		if (this.gapMs < leastGapMs) this.gapMs = 0;
	}
}

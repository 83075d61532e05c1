/** The clock and the waiting of whoever waits for a turn. */
export interface Waiting {
	/** Ms since 1970. */
	now(): number;
	/** Waits; may end early, once `signal` has fired. */
	sleep(ms: number): Promise<void>;
	signal?: AbortSignal;
}

interface Waiter {
	asker: object;
	io: Waiting;
	go(): void;
}

/** What is left free of what the cluster seems to allow: neither clock is exact. */
const share = 0.9;
const leastWindowMs = 1000;
const mostWindowMs = 60_000;
const firstPauseMs = 1000;
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
const growthMs = 10_000;
const laterGrowthMs = 5 * 60_000;

/**
 * How often a cluster may be asked, shared by everything in this process that asks it.
 *
 * Without a 429 nobody waits. After one, all pause as `Retry-After` says, and then take turns at the rate that was granted before it:
 * first whoever was not served for longest, so that no workflow starves beside others. The cluster does not say over how long it counts.
 * So each refusal looks back over twice the time, up to a minute; and a rate that was guessed too low grows until the next refusal.
 */
export class Pace {
	/** Ms from one request to the next; 0: nobody waits. */
	private gapMs = 0;

	private nextAt = -Infinity;

	/** The last refusal, until the pace was set by it. */
	private refusal: { at: number; windowMs: number; leastMs: number } | null = null;

	private refusedAt = -Infinity;

	private refusals = 0;

	/** How many in a row, without a grant between them. */
	private streak = 0;

	/** Refusals after a grant: those that follow it in a row are no news of the rate. */
	private lessons = 0;

	/** When the requests were sent that were granted, oldest first. */
	private granted: number[] = [];

	private grownAt = 0;

	private readonly waiting: Waiter[] = [];

	private isServing = false;

	private turns = 0;

	private readonly served = new WeakMap<object, number>();

	/**
	 * Waits until one more request may be sent; undefined where that is now. Whoever is stopped gets the turn at once, and has to look.
	 *
	 * @param asker who shares turns evenly with others, such as an execution
	 */
	turn(asker: object, io: Waiting, ended?: AbortSignal): Promise<void> | undefined {
		const signals = [io.signal, ended].filter((signal) => signal !== undefined);
		if (signals.some(({ aborted }) => aborted)) return undefined;
		if (this.waiting.length === 0 && this.waitMs(io.now()) <= 0) {
			this.take(asker, io.now());
			return undefined;
		}
		return new Promise<void>((resolve) => {
			// Whoever is new waits no less than others: many who ask for little would keep out one who asks for much.
			if (!this.served.has(asker)) this.served.set(asker, this.turns);
			const waiter = { asker, io, go: settle };
			function settle(): void {
				for (const signal of signals) signal.removeEventListener('abort', leave);
				resolve();
			}
			const leave = (): void => {
				const at = this.waiting.indexOf(waiter);
				if (at >= 0) this.waiting.splice(at, 1);
				settle();
			};
			for (const signal of signals) signal.addEventListener('abort', leave);
			this.waiting.push(waiter);
			void this.serve();
		});
	}

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

	private waitMs(now: number): number {
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
		// Before the first of them nothing was asked: that time shows no limit.
		const ms = Math.max(leastMs, at - granted.reduce((first, sentAt) => Math.min(first, sentAt), at));
		const gapMs = (granted.length < fewRequests ? Math.min(ms / fewRequests, vagueGapMs) : ms / granted.length) / share;
		const isSlower = gapMs > this.gapMs;
		// Over a minute the rate was granted, and is refused all the same.
		this.gapMs = isSlower || windowMs < mostWindowMs || this.streak > 1 ? Math.max(gapMs, this.gapMs) : Math.min(mostGapMs, this.gapMs * growth);
		this.grownAt = now;
		this.refusal = null;
	}

	private take(asker: object, now: number): void {
		this.grow(now);
		if (this.gapMs === 0) return;
		this.turns += 1;
		this.served.set(asker, this.turns);
		this.nextAt = Math.max(now, this.nextAt) + this.gapMs;
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

	private async serve(): Promise<void> {
		if (this.isServing) return;
		this.isServing = true;
		for (let [first] = this.waiting; first; [first] = this.waiting) {
			const { io } = first;
			const waitMs = this.waitMs(io.now());
			if (waitMs > 0) await io.sleep(waitMs);
			else this.letGo(this.longestUnserved(), io.now());
		}
		this.isServing = false;
	}

	private letGo(waiter: Waiter, now: number): void {
		this.waiting.splice(this.waiting.indexOf(waiter), 1);
		this.take(waiter.asker, now);
		waiter.go();
	}

	private longestUnserved(): Waiter {
		const servedAt = ({ asker }: Waiter): number => this.served.get(asker) ?? 0;
		return this.waiting.reduce((first, other) => (servedAt(other) < servedAt(first) ? other : first));
	}
}

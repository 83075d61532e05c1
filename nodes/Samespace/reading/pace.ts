/** The clock and the sleep of a request that waits for its turn. */
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

/** What refusals have shown. */
interface Known {
	/** Ms from one request to the next; 0: nobody waits. */
	gapMs: number;
	nextAt: number;
	/** The last refusal, until the pace was set by it. */
	refusal: { at: number; windowMs: number; leastMs: number } | null;
	refusedAt: number;
	refusals: number;
	/** How many in a row, without a grant between them. */
	streak: number;
	/** Refusals after a grant: those that follow it in a row are no news of the rate. */
	lessons: number;
	/** When the requests were sent that were granted, oldest first. */
	granted: number[];
	grownAt: number;
}

function nothingKnown(): Known {
	return { gapMs: 0, nextAt: -Infinity, refusal: null, refusedAt: -Infinity, refusals: 0, streak: 0, lessons: 0, granted: [], grownAt: -Infinity };
}

/**
 * How often a cluster may be asked, shared by everything in this process that asks it.
 *
 * Without a 429 nobody waits. After one, all pause as `Retry-After` says, and then take turns at the rate that was granted before it:
 * the one served longest ago goes first, so no workflow starves beside others. The cluster does not say over how long it counts.
 * So each refusal looks back over twice the time, up to a minute; and a rate that was guessed too low grows until the next refusal.
 * An execution that comes while no other is asking starts from scratch.
 */
export class Pace {
	private known = nothingKnown();

	/** Requests under way, with all their retries, and who asked last. */
	private underWay = 0;

	private lastAsker: object | null = null;

	private readonly waiting: Waiter[] = [];

	private isServing = false;

	private turns = 0;

	private readonly served = new WeakMap<object, number>();

	/** Does what it takes to get one answer, with all its retries. */
	async share<Answer>(asker: object, get: () => Promise<Answer>): Promise<Answer> {
		if (this.underWay === 0 && asker !== this.lastAsker) this.known = nothingKnown();
		this.lastAsker = asker;
		this.underWay += 1;
		try {
			return await get();
		} finally {
			this.underWay -= 1;
		}
	}

	/**
	 * Waits until one more request may be sent; undefined where that is now. A stopped execution gets its turn at once and has to check its signal.
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
			// Newcomers go to the back: otherwise many small readings would keep out a large one.
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
		this.known.granted.push(sentAt);
		if (sentAt > this.known.refusedAt) this.known.streak = 0;
		if (this.known.granted.length > 2 * mostRemembered) this.known.granted = this.known.granted.slice(-mostRemembered);
	}

	/** @param sentAt when the request was sent that was answered with a 429 */
	throttled(sentAt: number, retryAfterMs: number | undefined, now: number): void {
		// The clock was set back.
		if (now < this.known.refusedAt) this.known.refusedAt = -Infinity;
		// What was under way when another was refused says nothing new but for its Retry-After.
		if (sentAt > this.known.refusedAt) {
			this.known.refusedAt = now;
			const leastMs = Math.min(mostWindowMs, Math.max(leastWindowMs, retryAfterMs ?? 0));
			this.known.refusal = { at: now, windowMs: Math.min(mostWindowMs, Math.max(leastMs, leastWindowMs * 2 ** this.known.refusals)), leastMs };
			this.known.refusals += 1;
			this.known.streak += 1;
			if (this.known.streak === 1) this.known.lessons += 1;
		}
		const guessedMs = Math.min(longestGuessedPauseMs, firstPauseMs * 2 ** (this.known.streak - 1));
		// A Retry-After that was too short is none.
		const pauseMs = this.known.streak > 1 ? Math.max(retryAfterMs ?? 0, guessedMs) : (retryAfterMs ?? guessedMs);
		this.known.nextAt = Math.max(this.known.nextAt, now + Math.min(longestPauseMs, pauseMs));
	}

	private waitMs(now: number): number {
		const ms = this.known.nextAt - now;
		// The clock was set back.
		if (ms > longestPauseMs + this.known.gapMs) this.known.nextAt = now;
		else if (ms > 0) return ms;
		if (this.known.refusal !== null) this.measure(this.known.refusal, now);
		return 0;
	}

	/** Once the pause is over, when what was under way before it has been answered. */
	private measure({ at, windowMs, leastMs }: { at: number; windowMs: number; leastMs: number }, now: number): void {
		const granted = this.known.granted.filter((sentAt) => sentAt > at - windowMs && sentAt <= at);
		// Before the first of them nothing was asked: that time shows no limit.
		const ms = Math.max(leastMs, at - granted.reduce((first, sentAt) => Math.min(first, sentAt), at));
		const gapMs = (granted.length < fewRequests ? Math.min(ms / fewRequests, vagueGapMs) : ms / granted.length) / share;
		const isSlower = gapMs > this.known.gapMs;
		// Over a minute the rate was granted, and is refused all the same.
		this.known.gapMs = isSlower || windowMs < mostWindowMs || this.known.streak > 1 ? Math.max(gapMs, this.known.gapMs) : Math.min(mostGapMs, this.known.gapMs * growth);
		this.known.grownAt = now;
		this.known.refusal = null;
	}

	private take(asker: object, now: number): void {
		this.grow(now);
		if (this.known.gapMs === 0) return;
		this.turns += 1;
		this.served.set(asker, this.turns);
		this.known.nextAt = Math.max(now, this.known.nextAt) + this.known.gapMs;
	}

	private grow(now: number): void {
		const everyMs = this.known.lessons > 1 ? laterGrowthMs : growthMs;
		// The clock was set back.
		this.known.grownAt = Math.min(this.known.grownAt, now);
		const steps = Math.floor((now - this.known.grownAt) / everyMs);
		if (this.known.gapMs === 0 || steps < 1) return;
		this.known.gapMs /= growth ** steps;
		this.known.grownAt = now;
		if (this.known.gapMs < leastGapMs) this.known.gapMs = 0;
	}

	private async serve(): Promise<void> {
		if (this.isServing) return;
		this.isServing = true;
		for (let [first] = this.waiting; first; [first] = this.waiting) {
			const { io } = first;
			const waitMs = this.waitMs(io.now());
			if (waitMs > 0) await this.rest(waitMs, io);
			else this.letGo(this.longestUnserved(), io.now());
		}
		this.isServing = false;
	}

	/** What was waited for is over then, whatever the clock says: it may stand still. */
	private async rest(ms: number, io: Waiting): Promise<void> {
		const { known } = this;
		const { nextAt } = known;
		await io.sleep(ms);
		if (known.nextAt === nextAt && io.signal?.aborted !== true) known.nextAt = -Infinity;
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

/** What a request tells the limiter about how it fared. */
export interface Slot {
	throttled(): void;
	/** @param ms how long the answer took */
	succeeded(ms: number): void;
}

/** So many good answers in a row, none slower than before, make room for one slot more. */
const goodAnswers = 16;
/** How much slower answers may become, on average, and still count as no slower. */
const asFast = 1.2;

/**
 * How many requests may be under way, shared by everything that one execution reads.
 *
 * A throttled request halves the number, a round of good ones adds one: additive increase, multiplicative decrease, as
 * in TCP. Requests that were already under way when the number was halved do not halve it again. While the cluster
 * answers as fast as before and has never throttled, the number grows beyond `usual`, up to `ceiling` in all.
 */
export class ConcurrencyLimiter {
	private width: number;

	private active = 0;

	private successes = 0;

	private round = 0;

	/** Of the answers since the width last changed. */
	private times = { answers: 0, ms: 0 };

	private bestMs = Infinity;

	private mayGrow = true;

	private readonly waiting: Array<() => void> = [];

	constructor(
		/** The usual number. */
		readonly usual: number,
		private readonly ceiling = usual,
	) {
		this.width = usual;
	}

	/** The number of requests that may be under way now. */
	get allowed(): number {
		return this.width;
	}

	/** Waits for a free slot, in the order of asking, and keeps it until the job is done. */
	async run<Value>(job: (slot: Slot) => Promise<Value>): Promise<Value> {
		if (this.active >= this.width) await new Promise<void>((free) => this.waiting.push(free));
		else this.active += 1;
		try {
			return await job(this.slot());
		} finally {
			this.leave();
		}
	}

	private slot(): Slot {
		let { round } = this;
		return {
			throttled: () => {
				if (round === this.round) this.halve();
				({ round } = this);
			},
			succeeded: (ms) => {
				this.recover();
				this.grow(ms);
			},
		};
	}

	private halve(): void {
		this.width = Math.max(1, Math.floor(Math.min(this.width, this.usual) / 2));
		this.round += 1;
		this.successes = 0;
	}

	private recover(): void {
		if (this.width >= this.usual) return;
		this.successes += 1;
		if (this.successes < this.width) return;
		this.successes = 0;
		this.widen();
	}

	/** Adds slots while answers stay fast. If one more made them slower, takes it back and stops growing. */
	private grow(ms: number): void {
		const { times } = this;
		if (!this.mayGrow || this.round > 0 || this.ceiling === this.usual) return;
		times.answers += 1;
		times.ms += ms;
		if (times.answers < goodAnswers) return;
		const mean = times.ms / times.answers;
		this.times = { answers: 0, ms: 0 };
		if (mean > this.bestMs * asFast) {
			if (this.width > this.usual) this.width -= 1;
			this.mayGrow = false;
		} else if (this.width < this.ceiling) {
			this.bestMs = Math.min(this.bestMs, mean);
			this.widen();
		}
	}

	private widen(): void {
		this.width += 1;
		this.admit();
	}

	private leave(): void {
		this.active -= 1;
		this.admit();
	}

	private admit(): void {
		while (this.active < this.width && this.waiting.length > 0) {
			this.active += 1;
			this.waiting.shift()?.();
		}
	}
}

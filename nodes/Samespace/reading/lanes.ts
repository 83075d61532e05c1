/**
 * How many requests may be under way, shared by everything that one execution reads.
 *
 * A throttled request halves the number, a round of good ones adds one: additive increase, multiplicative decrease, as
 * in TCP. Requests that were already under way when the number was halved do not halve it again.
 */
export class Lanes {
	private width: number;

	private active = 0;

	private successes = 0;

	private round = 0;

	private readonly waiting: Array<() => void> = [];

	constructor(readonly maxWidth: number) {
		this.width = maxWidth;
	}

	/** The number of requests that may be under way now. */
	get open(): number {
		return this.width;
	}

	/** Waits for a free lane, in the order of asking, and keeps it until the job is done. */
	async run<Value>(job: (lane: Lane) => Promise<Value>): Promise<Value> {
		if (this.active >= this.width) await new Promise<void>((free) => this.waiting.push(free));
		else this.active += 1;
		try {
			return await job(this.lane());
		} finally {
			this.leave();
		}
	}

	private lane(): Lane {
		let { round } = this;
		return {
			throttled: () => {
				if (round === this.round) this.halve();
				({ round } = this);
			},
			succeeded: () => this.recover(),
		};
	}

	private halve(): void {
		this.width = Math.max(1, Math.floor(this.width / 2));
		this.round += 1;
		this.successes = 0;
	}

	private recover(): void {
		if (this.width === this.maxWidth) return;
		this.successes += 1;
		if (this.successes < this.width) return;
		this.successes = 0;
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

/** What a request tells the lanes about how it fared. */
export interface Lane {
	throttled(): void;
	succeeded(): void;
}

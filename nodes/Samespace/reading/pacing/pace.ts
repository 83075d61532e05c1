import { Rate, type WaitIo } from './rate';

interface Waiter {
	asker: object;
	io: WaitIo;
	go(): void;
}

/**
 * Who may ask a cluster next, shared by everything in this process that asks it: where it limits requests, the one served longest ago goes
 * first, so no workflow starves beside others. An execution that comes while no other is asking starts without a limit.
 */
export class Pace {
	private rate = new Rate();

	/** Requests under way, with all their retries, and who asked last. */
	private underWay = 0;

	private lastAsker: object | null = null;

	private readonly waiting: Waiter[] = [];

	private isServing = false;

	private turns = 0;

	private readonly served = new WeakMap<object, number>();

	/** Does what it takes to get one answer, with all its retries. */
	async share<Answer>(asker: object, get: () => Promise<Answer>): Promise<Answer> {
		if (this.underWay === 0 && asker !== this.lastAsker) this.rate = new Rate();
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
	turn(asker: object, io: WaitIo, ended?: AbortSignal): Promise<void> | undefined {
		const signals = [io.signal, ended].filter((signal) => signal !== undefined);
		if (signals.some(({ aborted }) => aborted)) return undefined;
		if (this.waiting.length === 0 && this.rate.waitMs(io.now()) <= 0) {
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
		this.rate.succeeded(sentAt);
	}

	/** @param sentAt when the request was sent that was answered with a 429 */
	throttled(sentAt: number, retryAfterMs: number | undefined, now: number): void {
		this.rate.throttled(sentAt, retryAfterMs, now);
	}

	private take(asker: object, now: number): void {
		if (!this.rate.take(now)) return;
		this.turns += 1;
		this.served.set(asker, this.turns);
	}

	private async serve(): Promise<void> {
		if (this.isServing) return;
		this.isServing = true;
		for (let [first] = this.waiting; first; [first] = this.waiting) {
			const { io } = first;
			const { rate } = this;
			const waitMs = rate.waitMs(io.now());
			if (waitMs > 0) await rate.rest(waitMs, io);
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

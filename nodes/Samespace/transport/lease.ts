/**
 * How long a request may take, and the way to end it. n8n's own timeout is one of idleness: a server that sends a byte now and
 * then is never late. Ending a lease closes the connection, whatever the request is waiting for.
 */
export class Lease {
	/** Why the request was ended before its answer was whole. */
	endedBy: 'limit' | 'stop' | null = null;

	private readonly controller = new AbortController();

	private expiresAt: number;

	private timer: AbortSignal | null = null;

	/**
	 * @param limitMs how long the request may take, or, once it is renewed, be silent
	 * @param stop fires when the user presses Stop
	 */
	constructor(
		private readonly limitMs: number,
		private readonly stop: AbortSignal | undefined,
	) {
		this.expiresAt = performance.now() + limitMs;
		this.watch(limitMs);
		if (stop?.aborted) this.onStop();
		else stop?.addEventListener('abort', this.onStop);
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Lets the time run anew: for a stream that has no limit in all, but must not stall. */
	renew(): void {
		this.expiresAt = performance.now() + this.limitMs;
	}

	/** Closes the connection if it's still open. The code that opens a lease ends it. */
	end(): void {
		this.stop?.removeEventListener('abort', this.onStop);
		// A timer can't be cleared here, but it need not keep this alive for as long as it runs.
		this.timer?.removeEventListener('abort', this.onTime);
		this.controller.abort();
	}

	private readonly onStop = (): void => {
		this.endedBy ??= 'stop';
		this.end();
	};

	private readonly onTime = (): void => {
		const leftMs = this.expiresAt - performance.now();
		if (leftMs > 0) return this.watch(leftMs);
		this.endedBy ??= 'limit';
		this.end();
	};

	private watch(ms: number): void {
		this.timer = AbortSignal.timeout(Math.max(1, Math.ceil(ms)));
		this.timer.addEventListener('abort', this.onTime);
	}
}

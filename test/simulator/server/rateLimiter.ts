import type { RateLimit } from '../switches.ts';

/** Counts answers in real time and says when one more is too many (U10). */
export class RateLimiter {
	private answered: number[] = [];

	/** Undefined when a request may pass (it then counts), else the headers of its 429. */
	refuse(limit: RateLimit | null): Record<string, string> | undefined {
		if (limit === null) return undefined;
		const now = Date.now();
		this.answered = this.answered.filter((at) => at > now - limit.intervalMs);
		if (this.answered.length < limit.requests) {
			this.answered.push(now);
			return undefined;
		}
		if (limit.retryAfter === 'none') return {};
		const roomMs = (this.answered[0] ?? now) + limit.intervalMs - now;
		const seconds = limit.retryAfterSeconds ?? Math.max(1, Math.ceil(roomMs / 1000));
		if (limit.retryAfter === 'seconds') return { 'retry-after': String(seconds) };
		// An HTTP date has whole seconds: rounded up, so that waiting until then is always long enough.
		return { 'retry-after': new Date(Math.ceil((now + seconds * 1000) / 1000) * 1000).toUTCString() };
	}
}

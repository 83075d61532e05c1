/** The cluster's clock: stands where it was set, else runs with real time. */
export class Clock {
	private standsAtMs: number | undefined;

	constructor(standsAtMs?: number) {
		this.standsAtMs = standsAtMs;
	}

	/** Milliseconds since 1970. */
	now(): number {
		return this.standsAtMs ?? Date.now();
	}

	/** Stops the clock at a time, or lets it run with real time. @throws on no date */
	set(time?: string | Date): void {
		const ms = time === undefined ? undefined : new Date(time).getTime();
		if (Number.isNaN(ms)) throw new Error(`expected a date, got ${String(time)}`);
		this.standsAtMs = ms;
	}
}

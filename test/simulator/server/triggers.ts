import type { LoggedRequest, Target } from './journal.ts';

/** When something happens: at the nth request (from 1) that is for `report` and that `when` accepts, and at the
 * `times` − 1 after it. Left out: any report, any request, the first, once. */
export type Trigger = {
	report?: Exclude<Target, null>;
	nth?: number;
	when?: (request: LoggedRequest) => boolean;
	times?: number;
};

/** A list of things that happen at some requests. */
export class Triggered<T extends Trigger> {
	/** How often one of them has happened. */
	fired = 0;
	private entries: Array<{ what: T; seen: number }> = [];

	add(what: T): void {
		this.entries.push({ what, seen: 0 });
	}

	clear(): void {
		this.entries = [];
	}

	/** Those that happen at this request, in the order of adding. Each request is asked about once. */
	at(request: LoggedRequest): T[] {
		const happening: T[] = [];
		for (const entry of this.entries) {
			const { report, when, nth = 1, times = 1 } = entry.what;
			if (report !== undefined && report !== request.report) continue;
			if (when && !when(request)) continue;
			entry.seen++;
			if (entry.seen >= nth && entry.seen < nth + times) happening.push(entry.what);
		}
		this.fired += happening.length;
		return happening;
	}
}

import type { RecordOf, RecordReport } from './records.ts';

/** A point in the life of a cluster: what its clock showed and, where that says more, how many requests it had answered. */
export type Moment = { clockMs: number; answered?: number };

/** A record that came (1) or went (−1), and when. */
export type Change<R extends RecordReport = RecordReport> = {
	report: R;
	record: RecordOf[R];
	step: 1 | -1;
	at: Required<Moment>;
};

/** What was added, changed and removed since the start, so that a total can lag behind (U17). */
export class History {
	private readonly now: () => number;
	private readonly changes: Change[] = [];
	/** What the clock showed at the start and at each answer. */
	private readonly clockAt: number[];

	constructor(now: () => number) {
		this.now = now;
		this.clockAt = [now()];
	}

	note<R extends RecordReport>(report: R, record: RecordOf[R], step: 1 | -1): void {
		const at = { answered: this.clockAt.length - 1, clockMs: this.now() };
		this.changes.push({ report, record, step, at });
	}

	/** Counts one more report request as answered. */
	answer(): void {
		this.clockAt.push(this.now());
	}

	/** The moment of the answer so many requests before the one under way; at the earliest, the start. */
	requestsAgo(requests: number): Moment {
		const answered = Math.max(0, this.clockAt.length - requests);
		return { answered, clockMs: this.clockAt[answered] ?? this.now() };
	}

	/** The moment so many seconds ago by the cluster's clock. */
	secondsAgo(seconds: number): Moment {
		return { clockMs: this.now() - seconds * 1000 };
	}

	/** The changes after a moment. */
	since({ answered, clockMs }: Moment): Change[] {
		return this.changes.filter(({ at }) => (answered === undefined ? at.clockMs > clockMs : at.answered >= answered));
	}
}

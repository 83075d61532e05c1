/* eslint-disable @n8n/community-nodes/no-restricted-globals -- setImmediate lets all pending promises settle before time moves on */

/** What waits for the real clock waits no longer. */
const mostRealMs = 200;

/** A clock that moves only when nothing is left to do: waiting costs no real time. */
export class VirtualTime {
	private timers: Array<{ at: number; sequence: number; wake: () => void }> = [];

	private sequence = 0;

	constructor(private instant: number) {}

	now = (): number => this.instant;

	/** Settles after `ms` of this clock, or when the signal fires. */
	sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
		if (signal?.aborted) return;
		await new Promise<void>((wake) => {
			this.sequence += 1;
			this.timers.push({ at: this.instant + Math.max(0, ms), sequence: this.sequence, wake });
			signal?.addEventListener('abort', () => wake());
		});
	};

	/** Runs the job, moving the clock to the next timer whenever everything waits. @throws when nothing will ever happen */
	async run<Value>(job: Promise<Value>): Promise<Value> {
		let settled = false;
		const mark = (): void => {
			settled = true;
		};
		job.then(mark, mark);
		let patience = mostRealMs;
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			if (settled) return await job;
			this.timers.sort((a, b) => a.at - b.at || a.sequence - b.sequence);
			const next = this.timers.shift();
			if (!next) {
				// The thread is shared by a clock that nobody can set.
				patience -= 1;
				if (patience < 0) throw new Error('everything waits for something that will not happen');
				await new Promise((resolve) => setTimeout(resolve, 1));
				continue;
			}
			patience = mostRealMs;
			this.instant = Math.max(this.instant, next.at);
			next.wake();
		}
	}
}

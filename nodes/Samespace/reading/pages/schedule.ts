import { failed, type Failure, type Outcome } from '../failure';
import type { Slot, ConcurrencyLimiter } from '../pacing/concurrency';
import type { Page } from './page';

/** Somebody who asks for pages. */
export interface Asker {
	/** Of two askers the one with the lower place is served first. */
	readonly place: number;
	/** Pages of it that are under way, or wait to be handed out. */
	pages: number;
}

/** A request that waits for its turn. */
interface QueuedRequest {
	asker: Asker;
	send: (slot: Slot) => Promise<Outcome<Page>>;
	/** Whether the reading can go on without it. */
	mayFail: (failure: Failure) => boolean;
	settle: (outcome: Outcome<Page>) => void;
}

/**
 * Decides which request is sent next. As soon as a slot is free, it sends the queued request whose slice is returned first. When the queue is
 * empty, it opens another slice (`letIn`), so no slot is idle, and the slice that is returned next (the head) never waits for others. After a
 * failure or `stop`, nothing more is sent.
 */
export class Schedule {
	private readonly line: QueuedRequest[] = [];

	/** Slots that were requested from the limiter and not granted yet. */
	private tickets = 0;

	/** Pages of all but the head. */
	private ahead = 0;

	private head: Asker | undefined;

	private readonly heirs = new Map<Asker, () => void>();

	private failure: Failure | null = null;

	private readonly ending = new AbortController();

	/**
	 * @param room how many pages of others than the head may be under way or wait
	 * @param letIn lets in one more asker, who asks at once; false where there is none
	 */
	constructor(
		private readonly limiter: ConcurrencyLimiter,
		private readonly room: number,
		private readonly letIn: () => boolean,
	) {}

	/** Fires when nothing is wanted any more. */
	get ended(): AbortSignal {
		return this.ending.signal;
	}

	/** Queues a request and waits for its answer. A failure ends the whole reading, unless `mayFail` accepts it. */
	async ask(asker: Asker, send: QueuedRequest['send'], mayFail: QueuedRequest['mayFail']): Promise<Outcome<Page>> {
		if (this.ended.aborted) return this.over();
		const outcome = await new Promise<Outcome<Page>>((settle) => {
			this.line.push({ asker, send, mayFail, settle });
			this.pump();
		});
		return this.failure ? this.over() : outcome;
	}

	/** Takes what an asker has in line out of it. */
	drop(asker: Asker): void {
		for (let at = this.line.length - 1; at >= 0; at -= 1) {
			if (this.line[at].asker === asker) this.line.splice(at, 1)[0].settle(failed({ kind: 'stopped' }));
		}
		this.pump();
	}

	/** Makes an asker the head, who is handed out next. */
	lead(asker: Asker): void {
		if (this.head === asker) return;
		this.head = asker;
		this.ahead -= asker.pages;
		this.heirs.get(asker)?.();
		this.heirs.delete(asker);
		this.pump();
	}

	/** Waits until an asker is the head, or all is over. */
	async untilHead(asker: Asker): Promise<void> {
		if (this.head === asker || this.ended.aborted) return;
		await new Promise<void>((resolve) => this.heirs.set(asker, resolve));
	}

	/** Counts an asker's pages as many more, or fewer. */
	hold(asker: Asker, pages: number): void {
		asker.pages += pages;
		if (asker !== this.head) this.ahead += pages;
	}

	/** Ends all with a failure. */
	fail(failure: Failure): void {
		this.failure ??= failure;
		this.stop();
	}

	/** Sends nothing more. */
	stop(): void {
		this.ending.abort();
		for (const resolve of this.heirs.values()) resolve();
		for (const { settle } of this.line.splice(0)) settle(this.over());
	}

	private over(): Outcome<Page> {
		return failed(this.failure ?? { kind: 'stopped' });
	}

	private pump(): void {
		if (this.ended.aborted) return;
		while (this.line.length === 0 && this.ahead < this.room && this.letIn());
		while (this.tickets < this.servable) {
			this.tickets += 1;
			void this.limiter.run(async (slot) => await this.serve(slot));
		}
	}

	private get servable(): number {
		const ofHead = this.line.filter(({ asker }) => asker === this.head).length;
		return ofHead + Math.max(0, Math.min(this.line.length - ofHead, this.room - this.ahead));
	}

	private async serve(slot: Slot): Promise<void> {
		this.tickets -= 1;
		if (this.servable === 0) return;
		const first = this.line.reduce((best, one, at) => (one.asker.place < this.line[best].asker.place ? at : best), 0);
		const [{ asker, send, mayFail, settle }] = this.line.splice(first, 1);
		this.hold(asker, 1);
		const sent = send(slot);
		this.pump();
		const outcome = await sent.catch((fault: unknown) => failed({ kind: 'unexpected', detail: String(fault) }));
		// Before the slot is given back: after a failure it must not carry another request.
		if (!outcome.ok && !mayFail(outcome.failure)) this.fail(outcome.failure);
		settle(outcome);
	}
}

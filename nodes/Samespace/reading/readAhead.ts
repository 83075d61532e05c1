import { failed, type Failure, type Outcome } from './failure';
import type { Page } from './page';
import type { PageRequest } from './query';

/** A page that will be wanted. */
export interface PlannedPage {
	request: PageRequest;
	/** Pages are wanted in this order; those of one number in the order in which they were planned. */
	order: number;
	arrival?: Promise<Outcome<Page>>;
	/** Called when the page is there, before anyone takes it: more pages may be planned. */
	onArrival?: (page: Page) => void;
}

/**
 * Fetches pages before they are wanted and hands them out in order.
 *
 * Pages under way and pages that wait unread are at most `depth` together, beside the one that is being waited for.
 * After a failure nothing new is started.
 */
export class ReadAhead {
	private readonly line: PlannedPage[] = [];

	private ahead = 0;

	private over = false;

	private failure: Failure | null = null;

	constructor(
		private readonly depth: number,
		private readonly fetch: (request: PageRequest) => Promise<Outcome<Page>>,
	) {}

	/** True once nothing may be started any more. */
	get isOver(): boolean {
		return this.over;
	}

	/** Puts a page in line; it is fetched when its turn comes. */
	plan(request: PageRequest, order: number): PlannedPage {
		const page: PlannedPage = { request, order };
		let at = this.line.length;
		while (at > 0 && this.line[at - 1].order > order) at -= 1;
		this.line.splice(at, 0, page);
		return page;
	}

	/** Starts what may be started. */
	pump(): void {
		while (!this.over && this.ahead < this.depth && this.line.length > 0) this.start(this.line[0]);
	}

	/** Waits for a page, fetching it now if it is not under way. A failure of any page is everyone's. */
	async take(page: PlannedPage): Promise<Outcome<Page>> {
		if (this.over) return failed(this.failure ?? { kind: 'stopped' });
		const arrival = page.arrival ?? this.start(page);
		this.ahead -= 1;
		this.pump();
		const outcome = await arrival;
		return this.failure ? failed(this.failure) : outcome;
	}

	/** Takes pages out of the line that turned out not to be needed. */
	drop(pages: readonly PlannedPage[]): void {
		for (const page of pages) {
			const at = this.line.indexOf(page);
			if (at >= 0) this.line.splice(at, 1);
			else if (page.arrival) this.ahead -= 1;
		}
		this.pump();
	}

	/** Starts nothing more. */
	stop(): void {
		this.over = true;
		this.line.length = 0;
	}

	private start(page: PlannedPage): Promise<Outcome<Page>> {
		const at = this.line.indexOf(page);
		if (at >= 0) this.line.splice(at, 1);
		this.ahead += 1;
		page.arrival = this.fetch(page.request).then((outcome) => {
			if (outcome.ok) page.onArrival?.(outcome.value);
			else this.fail(outcome.failure);
			this.pump();
			return outcome;
		});
		return page.arrival;
	}

	private fail(failure: Failure): void {
		this.failure ??= failure;
		this.stop();
	}
}

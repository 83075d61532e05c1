import { failed, type Failure, type Outcome } from './failure';
import type { Lane, Lanes } from './lanes';
import { Need } from './need';
import type { Page } from './page';
import type { PageRequest } from './query';

/** A page that will be wanted. */
export interface PlannedPage {
	request: PageRequest;
	/** Pages are wanted in this order; those of one number in the order in which they were planned. */
	order: number;
	arrival?: Promise<Outcome<Page>>;
	/** Whether it is still wanted. */
	need: Need;
	/** Called when the page is there, before anyone takes it: more pages may be planned. */
	onArrival?: (page: Page) => void;
}

/** Where pages come from, and how many. */
export interface PageSource {
	/** Pages under way and pages that wait unread are at most so many together, beside the one that is being waited for. */
	depth: number;
	/** Bounds the requests under way. */
	lanes: Lanes;
	/** Gets a page; gives up early once it is no longer needed. */
	fetch(request: PageRequest, need: Need, lane: Lane): Promise<Outcome<Page>>;
	/** Plans more pages when there are none left in line; false if there is nothing to plan. */
	planMore(): boolean;
}

/** Fetches pages before they are wanted and hands them out in order. After a failure nothing new is started. */
export class ReadAhead {
	private readonly line: PlannedPage[] = [];

	private ahead = 0;

	private over = false;

	private failure: Failure | null = null;

	private readonly underWay = new Set<PlannedPage>();

	constructor(private readonly source: PageSource) {}

	/** The most pages that are read ahead. */
	get depth(): number {
		return this.source.depth;
	}

	/** Puts a page in line; it is fetched when its turn comes. */
	plan(request: PageRequest, order: number): PlannedPage {
		const page: PlannedPage = { request, order, need: new Need() };
		let at = this.line.length;
		while (at > 0 && this.line[at - 1].order > order) at -= 1;
		this.line.splice(at, 0, page);
		return page;
	}

	/** Waits for a page, fetching it now if it is not under way. A failure of any page is everyone's. */
	async take(page: PlannedPage): Promise<Outcome<Page>> {
		if (this.over) return failed(this.failure ?? { kind: 'stopped' });
		const arrival = page.arrival ?? this.start(page);
		page.arrival = undefined;
		this.ahead -= 1;
		this.pump();
		const outcome = await arrival;
		return this.failure ? failed(this.failure) : outcome;
	}

	/** Takes pages out of the line that turned out not to be needed; how those fare that are under way does not matter. */
	drop(pages: readonly PlannedPage[]): void {
		for (const page of pages) {
			page.need.end();
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
		for (const { need } of this.underWay) need.end();
	}

	/** Starts what may be started. */
	private pump(): void {
		while (!this.over && this.ahead < this.depth) {
			if (this.line.length === 0 && !this.source.planMore()) return;
			void this.start(this.line[0]);
		}
	}

	private start(page: PlannedPage): Promise<Outcome<Page>> {
		const at = this.line.indexOf(page);
		if (at >= 0) this.line.splice(at, 1);
		this.ahead += 1;
		this.underWay.add(page);
		page.arrival = this.source.lanes.run(async (lane) => {
			const outcome = await this.source
				.fetch(page.request, page.need, lane)
				.catch((fault: unknown) => failed({ kind: 'unexpected', detail: String(fault) }));
			// Before the lane is given back: after a failure it must not carry another request.
			this.arrived(page, outcome);
			return outcome;
		});
		return page.arrival;
	}

	private arrived(page: PlannedPage, outcome: Outcome<Page>): void {
		this.underWay.delete(page);
		if (!page.need.isOver) {
			if (outcome.ok) page.onArrival?.(outcome.value);
			else this.fail(outcome.failure);
		}
		this.pump();
	}

	private fail(failure: Failure): void {
		this.failure ??= failure;
		this.stop();
	}
}

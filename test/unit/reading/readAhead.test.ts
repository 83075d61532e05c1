import { Lanes, failed, success, type Failure, type Outcome, type PageRequest } from '../../../nodes/Samespace/reading';
import type { Need } from '../../../nodes/Samespace/reading/need';
import type { Page } from '../../../nodes/Samespace/reading/page';
import { ReadAhead, type PlannedPage } from '../../../nodes/Samespace/reading/readAhead';

const fault: Failure = { kind: 'status', status: 500 };

/** Pages that arrive when the test says so. */
class Shelf {
	started: number[] = [];

	readonly ahead: ReadAhead;

	private readonly arrivals = new Map<number, { arrive: (outcome: Outcome<Page>) => void; need: Need }>();

	constructor(depth: number, planMore: (ahead: ReadAhead) => boolean = () => false) {
		this.ahead = new ReadAhead({
			depth,
			lanes: new Lanes(64),
			fetch: async ({ skip }, need) =>
				await new Promise<Outcome<Page>>((arrive) => {
					this.started.push(skip);
					this.arrivals.set(skip, { arrive, need });
				}),
			planMore: () => planMore(this.ahead),
		});
	}

	plan(skip: number, order = 0): PlannedPage {
		return this.ahead.plan(requestOf(skip), order);
	}

	async arrive(skip: number, outcome: Outcome<Page> = success(pageOf(skip))): Promise<void> {
		this.arrivals.get(skip)?.arrive(outcome);
		await settled();
	}

	isNeeded(skip: number): boolean {
		return this.arrivals.get(skip)?.need.isOver === false;
	}
}

function requestOf(skip: number): PageRequest {
	return { filters: {}, limit: 10, skip };
}

function pageOf(skip: number): Page {
	return { rows: [{ _id: String(skip) }], total: null, bare: false, asked: 10 };
}

async function settled(): Promise<void> {
	for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('reading ahead', () => {
	it('starts nothing before a page is wanted', async () => {
		const shelf = new Shelf(4);
		shelf.plan(0);
		await settled();
		expect(shelf.started).toEqual([]);
	});

	it('fetches so many pages beside the one that is waited for, and no more', async () => {
		const shelf = new Shelf(2);
		const pages = [0, 1, 2, 3, 4, 5].map((skip) => shelf.plan(skip));
		const first = shelf.ahead.take(pages[0]);
		expect(shelf.started).toEqual([0, 1, 2]);
		await shelf.arrive(2);
		await shelf.arrive(1);
		expect(shelf.started).toEqual([0, 1, 2]);
		await shelf.arrive(0);
		expect(await first).toEqual(success(pageOf(0)));
		expect(shelf.started).toEqual([0, 1, 2]);
		await shelf.ahead.take(pages[1]);
		expect(shelf.started).toEqual([0, 1, 2, 3]);
	});

	it('hands pages out in order, however they arrive', async () => {
		const shelf = new Shelf(3);
		const pages = [0, 1, 2, 3].map((skip) => shelf.plan(skip));
		const taken: Array<Outcome<Page>> = [];
		const all = (async () => {
			for (const page of pages) taken.push(await shelf.ahead.take(page));
		})();
		for (const skip of [3, 2, 1, 0]) await shelf.arrive(skip);
		await all;
		expect(taken).toEqual([0, 1, 2, 3].map((skip) => success(pageOf(skip))));
	});

	it('takes pages of an earlier window first, though they were planned later', async () => {
		const shelf = new Shelf(1);
		const first = shelf.plan(0, 0);
		shelf.plan(100, 1);
		shelf.plan(200, 2);
		shelf.plan(1, 0);
		shelf.plan(2, 0);
		void shelf.ahead.take(first);
		expect(shelf.started).toEqual([0, 1]);
		expect([...shelf.started].sort()).toEqual([0, 1]);
	});

	it('lets a page that arrives plan others before anyone takes it', async () => {
		const shelf = new Shelf(2);
		const first = shelf.plan(0);
		first.onArrival = () => {
			shelf.plan(1);
			shelf.plan(2);
		};
		void shelf.ahead.take(first);
		await shelf.arrive(0);
		expect(shelf.started).toEqual([0, 1, 2]);
	});

	it('asks for more to plan when nothing is left in line, and only as long as there is room', async () => {
		let planned = 0;
		const shelf = new Shelf(2, (ahead) => {
			planned += 1;
			ahead.plan(requestOf(100 + planned), planned);
			return true;
		});
		void shelf.ahead.take(shelf.plan(0));
		expect(planned).toBe(2);
		expect(shelf.started).toEqual([0, 101, 102]);
	});

	it('makes room when pages turn out not to be needed, whether in line, under way or there', async () => {
		const shelf = new Shelf(3);
		const pages = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((skip) => shelf.plan(skip));
		void shelf.ahead.take(pages[0]);
		await shelf.arrive(2);
		expect(shelf.started).toEqual([0, 1, 2, 3]);
		shelf.ahead.drop([pages[1], pages[2], pages[4]]);
		expect(shelf.started).toEqual([0, 1, 2, 3, 5, 6]);
		expect(shelf.isNeeded(1)).toBe(false);
		await shelf.arrive(1);
		expect(shelf.started).toEqual([0, 1, 2, 3, 5, 6]);
	});

	it('does not plan more because of a page that is no longer needed', async () => {
		const shelf = new Shelf(1);
		const [first, second] = [shelf.plan(0), shelf.plan(1)];
		second.onArrival = () => void shelf.plan(2);
		void shelf.ahead.take(first);
		shelf.ahead.drop([second]);
		await shelf.arrive(1);
		expect(shelf.started).toEqual([0, 1]);
	});
});

describe('after the failure of any page', () => {
	it('nothing is started, what is under way is no longer needed, and every page fails alike', async () => {
		const shelf = new Shelf(3);
		const pages = [0, 1, 2, 3, 4, 5].map((skip) => shelf.plan(skip));
		const first = shelf.ahead.take(pages[0]);
		await shelf.arrive(2, failed(fault));
		expect([0, 1, 3].map((skip) => shelf.isNeeded(skip))).toEqual([false, false, false]);
		await shelf.arrive(0);
		expect(await first).toEqual(failed(fault));
		expect(await shelf.ahead.take(pages[1])).toEqual(failed(fault));
		expect(await shelf.ahead.take(shelf.plan(9))).toEqual(failed(fault));
		expect(shelf.started).toEqual([0, 1, 2, 3]);
	});

	it('not even what waits for the lane of the page that failed', async () => {
		const started: number[] = [];
		const ahead = new ReadAhead({
			depth: 3,
			lanes: new Lanes(1),
			fetch: async ({ skip }, need) => {
				if (!need.isOver) started.push(skip);
				return await Promise.resolve(failed(fault));
			},
			planMore: () => false,
		});
		const [first] = [0, 1, 2].map((skip) => ahead.plan(requestOf(skip), 0));
		expect(await ahead.take(first)).toEqual(failed(fault));
		await settled();
		expect(started).toEqual([0]);
	});

	it('the first failure counts', async () => {
		const shelf = new Shelf(3);
		const first = shelf.ahead.take(shelf.plan(0));
		shelf.plan(1);
		await shelf.arrive(0, failed(fault));
		await shelf.arrive(1, failed({ kind: 'stopped' }));
		expect(await first).toEqual(failed(fault));
	});

	it('nothing happens if that page is no longer needed', async () => {
		const shelf = new Shelf(2);
		const pages = [0, 1, 2, 3].map((skip) => shelf.plan(skip));
		const first = shelf.ahead.take(pages[0]);
		shelf.ahead.drop([pages[1]]);
		await shelf.arrive(1, failed(fault));
		await shelf.arrive(0);
		expect(await first).toEqual(success(pageOf(0)));
	});

	it('a fetch that throws is such a failure, and no rejection goes unheard', async () => {
		const ahead = new ReadAhead({
			depth: 1,
			lanes: new Lanes(1),
			fetch: async () => await Promise.reject(new RangeError('too deep')),
			planMore: () => false,
		});
		expect(await ahead.take(ahead.plan(requestOf(0), 0))).toEqual(failed({ kind: 'unexpected', detail: 'RangeError: too deep' }));
	});
});

describe('once it is stopped', () => {
	it('nothing is started and a page that is asked for is refused', async () => {
		const shelf = new Shelf(2);
		const pages = [0, 1, 2, 3, 4].map((skip) => shelf.plan(skip));
		void shelf.ahead.take(pages[0]);
		shelf.ahead.stop();
		for (const skip of [0, 1, 2]) await shelf.arrive(skip);
		expect(shelf.started).toEqual([0, 1, 2]);
		expect(await shelf.ahead.take(pages[3])).toEqual(failed({ kind: 'stopped' }));
	});
});

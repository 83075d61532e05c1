import * as fc from 'fast-check';

import { Lanes } from '../../../nodes/Samespace/reading';
import { VirtualTime } from '../../support/virtualTime';

/** A job that keeps its lane until it is told how it fared. */
class Jobs {
	started: number[] = [];

	underWay = 0;

	peak = 0;

	private readonly ends = new Map<number, { lane: { throttled(): void; succeeded(ms: number): void }; finish: () => void }>();

	private count = 0;

	constructor(readonly lanes: Lanes) {}

	start(count = 1): void {
		for (let n = 0; n < count; n += 1) {
			const job = this.count;
			this.count += 1;
			void this.lanes.run(async (lane) => {
				this.started.push(job);
				this.underWay += 1;
				this.peak = Math.max(this.peak, this.underWay);
				await new Promise<void>((finish) => this.ends.set(job, { lane, finish }));
				this.underWay -= 1;
			});
		}
	}

	throttled(job: number): void {
		this.ends.get(job)?.lane.throttled();
	}

	async end(job: number, succeeded = true): Promise<void> {
		if (succeeded) this.ends.get(job)?.lane.succeeded(10);
		this.ends.get(job)?.finish();
		this.ends.delete(job);
		await settled();
	}
}

async function settled(): Promise<void> {
	for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('lanes', () => {
	it('let so many jobs run at once and no more, in the order of asking', async () => {
		const jobs = new Jobs(new Lanes(3));
		jobs.start(7);
		await settled();
		expect(jobs.started).toEqual([0, 1, 2]);
		await jobs.end(1);
		expect(jobs.started).toEqual([0, 1, 2, 3]);
		for (const job of [0, 2, 3, 4, 5, 6]) await jobs.end(job);
		expect(jobs.started).toEqual([0, 1, 2, 3, 4, 5, 6]);
		expect([jobs.peak, jobs.underWay]).toEqual([3, 0]);
	});

	it('are free again after a job that failed', async () => {
		const lanes = new Lanes(1);
		await expect(lanes.run(async () => await Promise.reject(new Error('no')))).rejects.toThrow('no');
		await expect(lanes.run(async () => await Promise.resolve('yes'))).resolves.toBe('yes');
	});

	it('halve once for a burst of throttled requests', async () => {
		const jobs = new Jobs(new Lanes(8));
		jobs.start(8);
		for (let job = 0; job < 8; job += 1) jobs.throttled(job);
		expect(jobs.lanes.open).toBe(4);
	});

	it('halve again when requests sent after that are throttled too, down to one', async () => {
		const jobs = new Jobs(new Lanes(8));
		jobs.start(8);
		const widths: number[] = [];
		for (let burst = 0; burst < 5; burst += 1) {
			for (let job = 0; job < 8; job += 1) jobs.throttled(job);
			widths.push(jobs.lanes.open);
		}
		expect(widths).toEqual([4, 2, 1, 1, 1]);
	});

	it('let nothing new start while more jobs run than lanes are left', async () => {
		const jobs = new Jobs(new Lanes(4));
		jobs.start(6);
		jobs.throttled(0);
		await jobs.end(0, false);
		await jobs.end(1, false);
		expect(jobs.started).toEqual([0, 1, 2, 3]);
		await jobs.end(2, false);
		expect(jobs.started).toEqual([0, 1, 2, 3, 4]);
	});

	it('widen by one for each round of good requests, up to where they began', async () => {
		const jobs = new Jobs(new Lanes(8));
		jobs.start(8);
		jobs.throttled(0);
		for (let job = 0; job < 8; job += 1) await jobs.end(job, false);
		const widths: number[] = [];
		for (let job = 8; job < 40; job += 1) {
			jobs.start();
			await settled();
			await jobs.end(job);
			widths.push(jobs.lanes.open);
		}
		const steps = [4, 5, 6, 7].flatMap((width) => Array.from({ length: width }, (_, n) => (n + 1 < width ? width : width + 1)));
		expect(widths).toEqual([...steps, ...Array.from({ length: 32 - steps.length }, () => 8)]);
	});

	it('let a waiting job start as soon as they widen', async () => {
		const jobs = new Jobs(new Lanes(2));
		jobs.start(2);
		jobs.throttled(0);
		await jobs.end(0, false);
		jobs.start(2);
		await settled();
		expect(jobs.started).toEqual([0, 1]);
		await jobs.end(1);
		expect(jobs.lanes.open).toBe(2);
		expect(jobs.started).toEqual([0, 1, 2, 3]);
	});

	it('never hold more jobs than lanes, never leave one waiting for ever, whatever happens', async () => {
		const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom('good', 'throttled', 'bad')), { maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 6 }), steps, async (width, jobs) => {
				const time = new VirtualTime(0);
				const lanes = new Lanes(width);
				let [underWay, done] = [0, 0];
				const all = jobs.map(async ([ms, fate]) => {
					await lanes.run(async (lane) => {
						underWay += 1;
						if (underWay > width) throw new Error('too many');
						await time.sleep(ms);
						if (fate === 'good') lane.succeeded(10);
						if (fate === 'throttled') lane.throttled();
						underWay -= 1;
						done += 1;
					});
				});
				await time.run(Promise.all(all));
				expect(done).toBe(jobs.length);
				expect(lanes.open).toBeGreaterThanOrEqual(1);
				expect(lanes.open).toBeLessThanOrEqual(width);
			}),
			{ numRuns: 50 },
		);
	});
});

describe('beyond the usual number', () => {
	/** Answers so many requests one after the other, each in so many ms. */
	async function answer(lanes: Lanes, count: number, ms: number): Promise<void> {
		for (let n = 0; n < count; n += 1) await lanes.run(async (lane) => await Promise.resolve(lane.succeeded(ms)));
	}

	it('a lane is added after each 16 answers that came no slower, up to the ceiling', async () => {
		const lanes = new Lanes(4, 8);
		await answer(lanes, 15, 50);
		expect(lanes.open).toBe(4);
		await answer(lanes, 1, 50);
		expect(lanes.open).toBe(5);
		await answer(lanes, 100 * 16, 50);
		expect(lanes.open).toBe(8);
	});

	it('a wider road that makes answers slower is given up, for good', async () => {
		const lanes = new Lanes(4, 8);
		await answer(lanes, 16, 50);
		await answer(lanes, 16, 100);
		expect(lanes.open).toBe(4);
		await answer(lanes, 100 * 16, 50);
		expect(lanes.open).toBe(4);
	});

	it('no lane is added once the cluster has throttled, nor where a number was entered', async () => {
		const throttled = new Lanes(4, 8);
		await throttled.run(async (lane) => await Promise.resolve(lane.throttled()));
		await answer(throttled, 100 * 16, 50);
		expect(throttled.open).toBe(4);
		const entered = new Lanes(6);
		await answer(entered, 100 * 16, 50);
		expect(entered.open).toBe(6);
	});
});

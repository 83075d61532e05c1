import * as fc from 'fast-check';

import { ConcurrencyLimiter } from '../../../../nodes/Samespace/reading';
import { VirtualTime } from '../../../support/virtualTime';

/** A job that keeps its slot until it is told how it fared. */
class Jobs {
	started: number[] = [];

	underWay = 0;

	peak = 0;

	private readonly ends = new Map<number, { slot: { throttled(): void; succeeded(ms: number): void }; finish: () => void }>();

	private count = 0;

	constructor(readonly limiter: ConcurrencyLimiter) {}

	start(count = 1): void {
		for (let n = 0; n < count; n += 1) {
			const job = this.count;
			this.count += 1;
			void this.limiter.run(async (slot) => {
				this.started.push(job);
				this.underWay += 1;
				this.peak = Math.max(this.peak, this.underWay);
				await new Promise<void>((finish) => this.ends.set(job, { slot, finish }));
				this.underWay -= 1;
			});
		}
	}

	throttled(job: number): void {
		this.ends.get(job)?.slot.throttled();
	}

	async end(job: number, succeeded = true): Promise<void> {
		if (succeeded) this.ends.get(job)?.slot.succeeded(10);
		this.ends.get(job)?.finish();
		this.ends.delete(job);
		await settled();
	}
}

async function settled(): Promise<void> {
	for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('the concurrency limiter', () => {
	it('lets so many jobs run at once and no more, in the order of asking', async () => {
		const jobs = new Jobs(new ConcurrencyLimiter(3));
		jobs.start(7);
		await settled();
		expect(jobs.started).toEqual([0, 1, 2]);
		await jobs.end(1);
		expect(jobs.started).toEqual([0, 1, 2, 3]);
		for (const job of [0, 2, 3, 4, 5, 6]) await jobs.end(job);
		expect(jobs.started).toEqual([0, 1, 2, 3, 4, 5, 6]);
		expect([jobs.peak, jobs.underWay]).toEqual([3, 0]);
	});

	it('frees a slot after a job that failed', async () => {
		const limiter = new ConcurrencyLimiter(1);
		await expect(limiter.run(async () => await Promise.reject(new Error('no')))).rejects.toThrow('no');
		await expect(limiter.run(async () => await Promise.resolve('yes'))).resolves.toBe('yes');
	});

	it('halves once for a burst of throttled requests', async () => {
		const jobs = new Jobs(new ConcurrencyLimiter(8));
		jobs.start(8);
		for (let job = 0; job < 8; job += 1) jobs.throttled(job);
		expect(jobs.limiter.allowed).toBe(4);
	});

	it('halves again when requests sent after that are throttled too, down to one', async () => {
		const jobs = new Jobs(new ConcurrencyLimiter(8));
		jobs.start(8);
		const widths: number[] = [];
		for (let burst = 0; burst < 5; burst += 1) {
			for (let job = 0; job < 8; job += 1) jobs.throttled(job);
			widths.push(jobs.limiter.allowed);
		}
		expect(widths).toEqual([4, 2, 1, 1, 1]);
	});

	it('lets nothing new start while more jobs run than slots are left', async () => {
		const jobs = new Jobs(new ConcurrencyLimiter(4));
		jobs.start(6);
		jobs.throttled(0);
		await jobs.end(0, false);
		await jobs.end(1, false);
		expect(jobs.started).toEqual([0, 1, 2, 3]);
		await jobs.end(2, false);
		expect(jobs.started).toEqual([0, 1, 2, 3, 4]);
	});

	it('widens by one for each round of good requests, up to where it began', async () => {
		const jobs = new Jobs(new ConcurrencyLimiter(8));
		jobs.start(8);
		jobs.throttled(0);
		for (let job = 0; job < 8; job += 1) await jobs.end(job, false);
		const widths: number[] = [];
		for (let job = 8; job < 40; job += 1) {
			jobs.start();
			await settled();
			await jobs.end(job);
			widths.push(jobs.limiter.allowed);
		}
		const steps = [4, 5, 6, 7].flatMap((width) => Array.from({ length: width }, (_, n) => (n + 1 < width ? width : width + 1)));
		expect(widths).toEqual([...steps, ...Array.from({ length: 32 - steps.length }, () => 8)]);
	});

	it('lets a waiting job start as soon as it widens', async () => {
		const jobs = new Jobs(new ConcurrencyLimiter(2));
		jobs.start(2);
		jobs.throttled(0);
		await jobs.end(0, false);
		jobs.start(2);
		await settled();
		expect(jobs.started).toEqual([0, 1]);
		await jobs.end(1);
		expect(jobs.limiter.allowed).toBe(2);
		expect(jobs.started).toEqual([0, 1, 2, 3]);
	});

	it('never holds more jobs than slots, and never leaves one waiting for ever, whatever happens', async () => {
		const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom('good', 'throttled', 'bad')), { maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 6 }), steps, async (width, jobs) => {
				const time = new VirtualTime(0);
				const limiter = new ConcurrencyLimiter(width);
				let [underWay, done] = [0, 0];
				const all = jobs.map(async ([ms, fate]) => {
					await limiter.run(async (slot) => {
						underWay += 1;
						if (underWay > width) throw new Error('too many');
						await time.sleep(ms);
						if (fate === 'good') slot.succeeded(10);
						if (fate === 'throttled') slot.throttled();
						underWay -= 1;
						done += 1;
					});
				});
				await time.run(Promise.all(all));
				expect(done).toBe(jobs.length);
				expect(limiter.allowed).toBeGreaterThanOrEqual(1);
				expect(limiter.allowed).toBeLessThanOrEqual(width);
			}),
			{ numRuns: 50 },
		);
	});
});

describe('beyond the usual number', () => {
	/** Answers so many requests one after the other, each in so many ms. */
	async function answer(limiter: ConcurrencyLimiter, count: number, ms: number): Promise<void> {
		for (let n = 0; n < count; n += 1) await limiter.run(async (slot) => await Promise.resolve(slot.succeeded(ms)));
	}

	it('a slot is added after each 16 answers that came no slower, up to the ceiling', async () => {
		const limiter = new ConcurrencyLimiter(4, 8);
		await answer(limiter, 15, 50);
		expect(limiter.allowed).toBe(4);
		await answer(limiter, 1, 50);
		expect(limiter.allowed).toBe(5);
		await answer(limiter, 100 * 16, 50);
		expect(limiter.allowed).toBe(8);
	});

	it('a wider road that makes answers slower is given up, for good', async () => {
		const limiter = new ConcurrencyLimiter(4, 8);
		await answer(limiter, 16, 50);
		await answer(limiter, 16, 100);
		expect(limiter.allowed).toBe(4);
		await answer(limiter, 100 * 16, 50);
		expect(limiter.allowed).toBe(4);
	});

	it('and the first request that is throttled after that halves the number', async () => {
		const limiter = new ConcurrencyLimiter(4, 8);
		await answer(limiter, 16, 50);
		await limiter.run(async (slot) => {
			await answer(limiter, 16, 100);
			slot.throttled();
		});
		expect(limiter.allowed).toBe(2);
	});

	it('no slot is added once the cluster has throttled, nor where a number was entered', async () => {
		const throttled = new ConcurrencyLimiter(4, 8);
		await throttled.run(async (slot) => await Promise.resolve(slot.throttled()));
		await answer(throttled, 100 * 16, 50);
		expect(throttled.allowed).toBe(4);
		const entered = new ConcurrencyLimiter(6);
		await answer(entered, 100 * 16, 50);
		expect(entered.allowed).toBe(6);
	});
});

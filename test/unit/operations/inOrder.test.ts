import * as fc from 'fast-check';

import { inOrder } from '../../../nodes/Samespace/operations/inOrder';
import { VirtualTime } from '../../support/virtualTime';

it('gives results in the order of their numbers, whichever is first, so many at a time', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.nat({ max: 50 }), { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), async (durations, width) => {
			const time = new VirtualTime(0);
			let [underWay, peak] = [0, 0];
			const job = async (index: number): Promise<number> => {
				underWay += 1;
				peak = Math.max(peak, underWay);
				await time.sleep(durations[index]);
				underWay -= 1;
				return index;
			};
			expect(await time.run(inOrder(durations.length, width, job))).toEqual(durations.map((_, n) => n));
			expect(peak).toBeLessThanOrEqual(width);
		}),
		{ numRuns: 50 },
	);
});

it('begins nothing after a job has failed, says so once for each, and throws the failure that came first', async () => {
	const time = new VirtualTime(0);
	const begun: number[] = [];
	let told = 0;
	const job = async (index: number): Promise<void> => {
		begun.push(index);
		await time.sleep(index === 0 ? 30 : 10);
		if (index < 2) throw new Error(`job ${index}`);
	};
	await expect(time.run(inOrder(9, 3, job, () => void (told += 1)))).rejects.toThrow('job 1');
	expect(told).toBe(2);
	expect(begun).toEqual([0, 1, 2]);
});

it('of nothing is nothing', async () => {
	expect(await inOrder(0, 4, async () => await Promise.reject(new Error('never')))).toEqual([]);
});

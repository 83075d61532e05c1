import { Oldest } from '../../../nodes/Samespace/polling/oldest';

const find = (time: number, id = String(time)): Parameters<Oldest['add']>[0] => ({ record: {}, id, listedAt: time });

/** Every number up to `count`, shuffled, but the same way each time. */
const shuffled = (count: number): number[] => Array.from({ length: count }, (_, at) => (at * 7919) % count);

describe('the oldest few of many', () => {
	it('are the oldest, in order, and it is known which is the first that did not fit', () => {
		const oldest = new Oldest(3);
		for (const time of shuffled(1000)) oldest.add(find(time));
		expect(oldest.inOrder().map(({ listedAt }) => listedAt)).toEqual([0, 1, 2]);
		expect(oldest.leftOutFrom).toBe(3);
	});

	it('are all of them while they fit', () => {
		const oldest = new Oldest(3);
		for (const time of [3, 1, 2]) oldest.add(find(time));
		expect(oldest.isFull).toBe(true);
		expect(oldest.inOrder().map(({ listedAt }) => listedAt)).toEqual([1, 2, 3]);
		expect(oldest.leftOutFrom).toBe(Infinity);
	});

	it('are counted once each, however often they come', () => {
		const oldest = new Oldest(3);
		for (const time of [1, 2, 1, 2, 1, 2]) oldest.add(find(time));
		expect(oldest.isFull).toBe(false);
		expect(oldest.inOrder()).toHaveLength(2);
	});

	it('let go of the others on the way: twice as many as wanted are never held', () => {
		const oldest = new Oldest(3);
		for (let time = 0; time < 6; time += 1) oldest.add(find(time));
		expect(oldest.leftOutFrom).toBe(3);
	});
});

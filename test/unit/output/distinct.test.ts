import { createDistinct } from '../../../nodes/Samespace/output/summary/measures/distinct';

describe('counting different texts', () => {
	it('counts each text once in each group', () => {
		const distinct = createDistinct();
		expect([distinct.add(0, 'Ada'), distinct.add(0, 'Ada'), distinct.add(1, 'Ada'), distinct.add(0, 'ada'), distinct.add(1, 'Ada')]).toEqual([true, false, true, true, false]);
	});

	it('is exact over a thousand groups of texts that differ in a letter', () => {
		const distinct = createDistinct();
		let count = 0;
		for (let group = 0; group < 1000; group += 1) {
			for (let n = 0; n < 200; n += 1) {
				const text = String.fromCharCode(n) + String.fromCharCode(group % 7);
				if (distinct.add(group, text)) count += 1;
				if (distinct.add(group, text)) count += 1;
			}
		}
		expect(count).toBe(200_000);
	});
});

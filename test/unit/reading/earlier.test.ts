import { Earlier } from '../../../nodes/Samespace/reading/earlier';
import { IdSet } from '../../../nodes/Samespace/reading/ids';
import type { Page } from '../../../nodes/Samespace/reading/page';
import { calls, productivity } from '../../../nodes/Samespace/reports';

const dayMs = 86_400_000;
const windows = [0, 1, 2, 3].map((n) => ({ start: n * 30 * dayMs, end: (n + 1) * 30 * dayMs }));

function idsOf(...ids: string[]): IdSet {
	const set = new IdSet();
	for (const id of ids) set.add(id);
	return set;
}

/** What is known once each window has told one row, called after it. */
function afterNeatWindows(count: number): Earlier {
	const earlier = new Earlier(calls);
	windows.slice(0, count).forEach((window, n) => earlier.add({ window, ids: idsOf(`row ${n}`), total: 1, isNeat: true }));
	return earlier;
}

function pageOf(ids: string[], total: number | null, at: number): { page: Page; keys: string[] } {
	const rows = ids.map((_id) => ({ _id, start_time: new Date(at).toISOString() }));
	return { page: { rows, total, bare: false, asked: 2 }, keys: ids };
}

describe('what windows before have told', () => {
	it('is the ids of the last one, and those of no other are kept', () => {
		const earlier = afterNeatWindows(3);
		expect(earlier.has('row 2', null)).toBe(true);
		expect(earlier.has('row 1', null)).toBe(false);
		expect(earlier.has('row 0', null)).toBe(false);
	});

	it('is everything that lies before it: such a row has come out with its own window', () => {
		const earlier = afterNeatWindows(3);
		expect(earlier.has('any', windows[2].start - 1)).toBe(true);
		expect(earlier.has('any', windows[2].start)).toBe(false);
	});

	it('is all ids from the first window on that gave rows of others, or not all of its own', () => {
		const earlier = afterNeatWindows(1);
		earlier.add({ window: windows[1], ids: idsOf('row 1'), total: 1, isNeat: false });
		earlier.add({ window: windows[2], ids: idsOf('row 2'), total: 1, isNeat: true });
		for (const id of ['row 0', 'row 1', 'row 2']) expect(earlier.has(id, windows[1].start)).toBe(true);
		expect(earlier.has('late', windows[1].start)).toBe(false);
		expect(earlier.has('late', windows[0].start - 1)).toBe(true);
	});

	it('is nothing where rows are totals: two windows give two rows for one agent', () => {
		const earlier = new Earlier(productivity);
		earlier.add({ window: windows[0], ids: idsOf('agent'), total: 1, isNeat: true });
		expect(earlier.has('agent', null)).toBe(false);
	});
});

describe('a window that tells the same as the one before', () => {
	const first = pageOf(['a', 'b'], 5, windows[0].start);

	function afterWindow(total: number | null): Earlier {
		const earlier = new Earlier(calls);
		expect(earlier.hasAll(first.page, first.keys, windows[0])).toBe(false);
		earlier.add({ window: windows[0], ids: idsOf('a', 'b', 'c', 'd', 'e'), total, isNeat: false });
		return earlier;
	}

	it('is known by its first page, its total and rows that lie outside', () => {
		expect(afterWindow(5).hasAll(first.page, first.keys, windows[1])).toBe(true);
	});

	it.each([
		['another total', pageOf(['a', 'b'], 6, windows[0].start)],
		['no total', pageOf(['a', 'b'], null, windows[0].start)],
		['another order', pageOf(['b', 'a'], 5, windows[0].start)],
		['other rows', pageOf(['a', 'c'], 5, windows[0].start)],
		['fewer rows', pageOf(['a'], 5, windows[0].start)],
		['rows that lie in it', pageOf(['a', 'b'], 5, windows[1].start)],
	])('is not known with %s', (_, { page, keys }) => {
		expect(afterWindow(5).hasAll(page, keys, windows[1])).toBe(false);
	});

	it('is not known if that one did not add up', () => {
		expect(afterWindow(null).hasAll(first.page, first.keys, windows[1])).toBe(false);
	});

	it('is read where its first page is everything: that costs nothing', () => {
		const whole = pageOf(['a', 'b'], 2, windows[0].start);
		const earlier = new Earlier(calls);
		earlier.hasAll(whole.page, whole.keys, windows[0]);
		earlier.add({ window: windows[0], ids: idsOf('a', 'b'), total: 2, isNeat: false });
		expect(earlier.hasAll(whole.page, whole.keys, windows[1])).toBe(false);
	});
});

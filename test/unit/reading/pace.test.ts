import { dayMs, origin, read } from './reading.ts';
import type { FakeRecord } from '../../support/fakeApi';

const pageSize = 10;
const seeds = Array.from({ length: 20 }, (_, n) => n);

/** A number from 0 up to 1 that looks like chance, and is the same for the same seed and place. */
function chance(seed: number, n: number): number {
	let mixed = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b);
	mixed ^= mixed >>> 15;
	mixed = Math.imul(mixed, 0xc2b2ae35);
	return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}

/** Windows of 29 days with so many pages each. */
function recordsIn(pages: number[]): FakeRecord[] {
	return pages.flatMap((count, window) =>
		Array.from({ length: Math.round(count * pageSize) }, (_, n) => ({
			id: `w${window}-${n}`,
			at: origin + Math.floor(window * 29 * dayMs + ((n + 0.5) * 29 * dayMs) / (count * pageSize)),
		})),
	);
}

/**
 * How much longer a reading took than it must: all its requests, one after the other in each lane, but no less than the longest chain of
 * answers that must be waited for: a first page, the first page of a slice, its other pages, and the question that shows that nothing follows.
 * The lanes need not end together, so one answer is not counted.
 */
async function excess(pages: number[], lanes: number, latencyOf: (n: number) => number): Promise<number> {
	const { tookMs, api, failure } = await read(recordsIn(pages), { latencyMs: latencyOf }, { days: 29 * pages.length, concurrency: lanes, pageSize });
	expect(failure).toBeNull();
	const latencies = api.log.map(({ startedAt, endedAt = startedAt }) => endedAt - startedAt);
	const sum = latencies.reduce((all, one) => all + one, 0);
	const mean = sum / latencies.length;
	const chain = mean * (Math.max(...pages) > 9 ? 4 : Math.max(...pages) > 1 ? 3 : 2);
	// Until the first pages are there, nothing else can be asked for.
	const afterFirst = mean * (1 + (latencies.length - pages.length) / lanes);
	return (tookMs - Math.max(...latencies)) / Math.max(sum / lanes, chain, afterFirst);
}

function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const shapes: Array<[string, (window: number, seed: number) => number]> = [
	['one page', () => 0.9],
	['three pages', () => 2.5],
	['eight pages', () => 7.7],
	['uneven pages', (window, seed) => 0.3 + Math.floor(chance(seed, window) * 9)],
];

describe.each(shapes)('windows of %s', (_, pagesOf) => {
	it.each([1, 2, 4, 7, 13, 40])('%i of them leave no lane idle', async (count) => {
		for (const lanes of [1, 2, 4, 8, 16]) {
			const fixed: number[] = [];
			const jittered: number[] = [];
			for (const seed of seeds) {
				const pages = Array.from({ length: count }, (__, window) => pagesOf(window, seed));
				fixed.push(await excess(pages, lanes, () => 50));
				jittered.push(await excess(pages, lanes, (n) => 30 + Math.floor(270 * chance(seed, n))));
			}
			expect({ lanes, median: median(fixed) <= 1.1, worst: Math.max(...fixed) <= 1.25 }).toEqual({ lanes, median: true, worst: true });
			expect({ lanes, jitter: median(jittered) <= 1.1, worst: Math.max(...jittered) <= 1.25 }).toEqual({ lanes, jitter: true, worst: true });
		}
	}, 60_000);
});

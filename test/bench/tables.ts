import { grouped } from './cases.ts';
import { contenders } from './contenders/index.ts';
import { median, megabytes, rounded, withSpread } from './figures.ts';
import type { Series } from './measure.ts';
import type { MemoryUse } from './memory.ts';

/** Rows as a table of markdown; the first column is text, the others are numbers. */
export function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
	const rule = heads.map((_, column) => (column === 0 ? '---' : '---:'));
	return [line(heads), line(rule), ...rows.map(line)].join('\n');
}

/** Contenders side by side: times, and what they are to HTTP Request and to the floor. */
export function comparison(series: readonly Series[]): string {
	const secondsOf = (id: string): number => median(series.find(({ contender }) => contender === id)?.seconds ?? [NaN]);
	const rows = series.map((one) => {
		const { name, floor } = contenders[one.contender];
		const seconds = median(one.seconds);
		return [
			name,
			withSpread(one.seconds),
			grouped(Math.round(one.records / seconds)),
			`${rounded(secondsOf('http') / seconds)}×`,
			`${rounded(seconds / secondsOf(floor))}×`,
			rounded(median(one.cpu)),
			requestsOf(one),
			String(one.connections),
		];
	});
	const heads = ['', 'seconds', 'records/s', 'as fast as C', "the floor's time", 'CPU s', 'requests (least)', 'connections'];
	return table(heads, rows);
}

/** Reports of several sizes, contender by contender. */
export function growth(series: readonly Series[]): string {
	const byContender = [...new Set(series.map(({ contender }) => contender))].flatMap((id) => series.filter(({ contender }) => contender === id));
	const rows = byContender.map((one, at) => {
		const seconds = median(one.seconds);
		const smaller = byContender[at - 1];
		const before = smaller?.contender === one.contender ? `${rounded(seconds / median(smaller.seconds))}×` : '';
		return [contenders[one.contender].name, grouped(one.records), withSpread(one.seconds), grouped(Math.round(one.records / seconds)), before, rounded(median(one.cpu)), requestsOf(one)];
	});
	return table(['', 'records', 'seconds', 'records/s', 'time of the row before', 'CPU s', 'requests (least)'], rows);
}

/** Memory of contenders that hold all records in the end. */
export function memoryOfAll(uses: readonly MemoryUse[]): string {
	const rows = uses.map(({ contender, answer }) => {
		const name = contender === 'keepNothing' ? contender : contenders[contender].name;
		return [name, megabytes(answer.peakHeap), megabytes(answer.aliveHeap)];
	});
	return table(['', 'peak heap, MB', 'of it the result, MB'], rows);
}

/** Memory of a consumer that keeps nothing. */
export function memoryOfNothing(uses: readonly MemoryUse[]): string {
	const rows = uses.map(({ records, answer }) => {
		return [grouped(records), megabytes(answer.aliveHeap), megabytes(answer.arrayBuffers), megabytes(answer.peakHeap)];
	});
	return table(['records', 'heap alive at most, MB', 'buffers alive at most, MB', 'peak heap with garbage, MB'], rows);
}

function requestsOf({ requests, leastRequests }: Series): string {
	return `${grouped(requests)} (${grouped(leastRequests)})`;
}

import { grouped, type Case } from './cases.ts';
import { computedSeconds } from './computed.ts';
import { contenders } from './contenders/index.ts';
import { median, megabytes, rounded, withSpread } from './figures.ts';
import type { Count, Counted } from './counts.ts';
import type { Series } from './measure.ts';
import type { MemoryUse } from './memory.ts';
import { leastRequests } from './requests.ts';

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
			recordsPerSecond(one.records, seconds),
			`${rounded(secondsOf('http') / seconds)}×`,
			`${rounded(seconds / secondsOf(floor))}×`,
			rounded(median(one.cpu)),
			requestsOf(one),
			String(one.peakConcurrency),
			String(one.connections),
		];
	});
	const heads = ['', 'seconds', 'records/s', 'as fast as C', "the floor's time", 'CPU s', 'requests (least)', 'at once', 'connections'];
	return table(heads, rows);
}

/** Reports of several sizes, contender by contender; last what a contender would take that doesn't read the largest. */
export function growth(of: Case, series: readonly Series[]): string {
	const rows = of.contenders.flatMap((id) => {
		const own = series.filter(({ contender }) => contender === id);
		const measured = own.map((one, at) => {
			const seconds = median(one.seconds);
			const before = at > 0 ? `${rounded(seconds / median(own[at - 1].seconds))}×` : '';
			const work = [rounded(median(one.cpu)), requestsOf(one), grouped(one.deepestSkip), rounded(one.walked / one.records)];
			return [contenders[id].name, grouped(one.records), withSpread(one.seconds), recordsPerSecond(one.records, seconds), before, ...work];
		});
		const largest = own.at(-1);
		const larger = largest && of.readsAtMost?.[id] !== undefined ? of.records.filter((records) => records > largest.records) : [];
		const computed = larger.map((records) => {
			const seconds = computedSeconds(of, largest as Series, records);
			const before = `${rounded(seconds / median((largest as Series).seconds))}×`;
			return [contenders[id].name, grouped(records), `${rounded(seconds)} (computed)`, recordsPerSecond(records, seconds), before, '', '', '', ''];
		});
		return [...measured, ...computed];
	});
	const heads = ['', 'records', 'seconds', 'records/s', 'time of the row before', 'CPU s', 'requests (least)', 'deepest skip', 'rows walked for each read'];
	return table(heads, rows);
}

/** Requests of readings that were counted. */
export function counts(counted: readonly Counted[]): string {
	const row = (name: string, count: Count, { pageSize }: { pageSize: number }, toQuiet: string): string[] => [
		name,
		grouped(count.records),
		`${grouped(count.requests)} (${grouped(leastRequests(count.records, pageSize))})`,
		toQuiet,
		grouped(count.deepestSkip),
		rounded(count.walked / count.records),
		String(count.peakConcurrency),
	];
	const rows = counted.flatMap(({ of, quiet, busy }) =>
		busy
			? [row(`${of.title}: quiet`, quiet, of, ''), row(`${of.title}: busy`, busy, of, `${rounded(busy.requests / quiet.requests)}×`)]
			: [row(of.title, quiet, of, '')],
	);
	return table(['', 'records', 'requests (least)', 'of the quiet one', 'deepest skip', 'rows walked for each read', 'at once'], rows);
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

function recordsPerSecond(records: number, seconds: number): string {
	return grouped(Math.round(records / seconds));
}

function requestsOf({ requests, leastRequests }: Series): string {
	return `${grouped(requests)} (${grouped(leastRequests)})`;
}

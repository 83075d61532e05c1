import { grouped, type Case } from './cases.ts';
import { computedSeconds } from './computed.ts';
import { contenders } from './contenders/index.ts';
import type { Counted } from './counts.ts';
import { median, megabytes, rounded } from './figures.ts';
import type { Series } from './measure.ts';
import type { MemoryUse } from './memory.ts';
import { table } from './tables.ts';
import type { ContenderId } from './task.ts';

/** A case with its readings. */
export interface Measured {
	of: Case;
	series: Series[];
}

interface Goal {
	what: string;
	toReach: string;
	measured: string;
	reached: boolean;
}

const flatMb = 20;
/** Requests in relation to the least possible, and those that a whole execution may take in addition. */
const requestsRatio = 1.12;
const extraRequests = 2;

/** What this node is to reach, and what it reached in this run. A goal whose case was not measured is left out. */
export function goalsTable(measured: readonly Measured[], counted: readonly Counted[], flat: readonly MemoryUse[]): string {
	const goals = [...measured.flatMap(caseGoals), ...counted.flatMap(countGoals), ...flatGoals(flat), ...requestsGoals(measured)];
	return table(['', 'to reach', 'measured', ''], goals.map(({ what, toReach, measured: value, reached }) => [what, toReach, value, reached ? 'yes' : '**no**']));
}

function caseGoals({ of, series }: Measured): Goal[] {
	const { fasterThan = [], floor, growth } = of.goals ?? {};
	const goalOf = (what: string, toReach: string, { seconds, other }: { seconds: Seconds; other: Seconds }, reached: (ratio: number) => boolean): Goal[] => {
		if (seconds === undefined || other === undefined) return [];
		const ratio = seconds.value / other.value;
		const computed = seconds.computed || other.computed ? ' (computed)' : '';
		return [{ what: `${of.title}: ${what}`, toReach, measured: `${rounded(ratio)}×${computed}`, reached: reached(ratio) }];
	};
	const largest = Math.max(...of.records);
	const secondsOf = (id: ContenderId, records = largest): Seconds => secondsIn({ of, series }, id, records);
	const own = of.contenders.filter(isOwn);
	return [
		...fasterThan.flatMap(({ own: id, other, times }) =>
			goalOf(`${wordsFor(id)} against ${wordsFor(other)}${sizeWords(of, largest)}`, `${times}×`, { seconds: secondsOf(other), other: secondsOf(id) }, (ratio) => ratio >= times),
		),
		...(floor === undefined ? [] : own).flatMap((id) =>
			goalOf(`${wordsFor(id)} against the floor`, `at most ${floor}× its time`, { seconds: secondsOf(id), other: secondsOf(contenders[id].floor) }, (ratio) => ratio <= (floor as number)),
		),
		...(growth === undefined ? [] : own).flatMap((id) =>
			goalOf(`1,000,000 records against 100,000, ${wordsFor(id)}`, `at most ${growth}× the time`, { seconds: secondsOf(id, 1_000_000), other: secondsOf(id, 100_000) }, (ratio) => ratio <= (growth as number)),
		),
	];
}

type Seconds = { value: number; computed: boolean } | undefined;

/** The median of what was measured, or what follows from a smaller report; undefined where neither is there. */
function secondsIn({ of, series }: Measured, id: ContenderId, records: number): Seconds {
	const all = series.filter(({ contender }) => contender === id);
	const measured = all.find((one) => one.records === records);
	if (measured) return { value: median(measured.seconds), computed: false };
	const smaller = all.at(-1);
	const isComputed = smaller !== undefined && of.readsAtMost?.[id] !== undefined && of.records.includes(records);
	return isComputed ? { value: computedSeconds(of, smaller, records), computed: true } : undefined;
}

function wordsFor(id: ContenderId): string {
	const words: { [id in ContenderId]?: string } = {
		node4: 'defaults',
		node8: 'concurrency 8',
		count4: 'nothing kept',
		http: 'HTTP Request',
		http5000: 'HTTP Request with 5,000 a page',
	};
	return words[id] ?? contenders[id].name;
}

function sizeWords({ records }: Case, largest: number): string {
	return records.length > 1 ? `, ${grouped(largest)} records` : '';
}

function countGoals({ of, quiet, busy }: Counted): Goal[] {
	const { requests, deepestSkip, walkedPerRow, busyToQuiet } = of.goals;
	const atMost = (what: string, most: number | undefined, value: number, words = grouped(value)): Goal[] =>
		most === undefined ? [] : [{ what: `${of.title}: ${what}`, toReach: `at most ${grouped(most)}`, measured: words, reached: value <= most }];
	const walked = quiet.walked / quiet.records;
	const ratio = (busy ?? quiet).requests / quiet.requests;
	return [
		...atMost('requests', requests, quiet.requests),
		...atMost('deepest skip', deepestSkip, quiet.deepestSkip),
		...atMost('rows walked for each row read', walkedPerRow, walked, rounded(walked)),
		...atMost('requests in relation to a quiet one', busyToQuiet, ratio, rounded(ratio)),
	];
}

function flatGoals(flat: readonly MemoryUse[]): Goal[] {
	const aliveWith = (size: number): number => {
		const { aliveHeap, arrayBuffers } = flat.find(({ records }) => records === size)?.answer ?? { aliveHeap: NaN, arrayBuffers: NaN };
		return aliveHeap + arrayBuffers;
	};
	const more = aliveWith(1_000_000) - aliveWith(10_000);
	if (Number.isNaN(more)) return [];
	const what = 'a consumer that keeps nothing: 1,000,000 records against 10,000, heap and buffers alive at most';
	return [{ what, toReach: `within ${flatMb} MB`, measured: `${megabytes(more)} MB more`, reached: more <= flatMb * 1e6 }];
}

function requestsGoals(measured: readonly Measured[]): Goal[] {
	const own = measured.flatMap(({ series }) => series).filter(({ contender }) => isOwn(contender));
	if (own.length === 0) return [];
	const most = Math.max(...own.map(({ requests, leastRequests }) => (requests - extraRequests) / leastRequests));
	const what = `requests less ${extraRequests}, in relation to the least possible, in any timed case`;
	return [{ what, toReach: `at most ${requestsRatio}×`, measured: `${rounded(most)}×`, reached: most <= requestsRatio }];
}

/** Whether it is this node that reads. */
function isOwn(id: ContenderId): boolean {
	return id === 'node4' || id === 'node8' || id === 'count4';
}

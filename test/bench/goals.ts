import type { Case } from './cases.ts';
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

type Goal = [what: string, goal: string, measured: string, reached: boolean];

const flatMb = 20;

/** What this node is to reach, and what it reached in this run. A goal whose case was not measured is left out. */
export function goalsTable(measured: readonly Measured[], flat: readonly MemoryUse[]): string {
	const goals = [...measured.flatMap(({ of, series }) => goalsOf(of, series)), ...flatGoal(flat), requestsGoal(measured)];
	return table(['', 'to reach', 'measured', ''], goals.map(([what, goal, value, reached]) => [what, goal, value, reached ? 'yes' : '**no**']));
}

function goalsOf(of: Case, series: Series[]): Goal[] {
	const secondsOf = (id: ContenderId, records = of.records[0]): number =>
		median(series.find((one) => one.contender === id && one.records === records)?.seconds ?? [NaN]);
	const place = of.roundTripMs ? `TLS, ${of.roundTripMs} ms round trips` : `${of.serverMs} ms`;
	const faster = (id: ContenderId, times: number): Goal => {
		const ratio = secondsOf('http') / secondsOf(id);
		return [`${place}: ${id === 'node4' ? 'defaults' : 'concurrency 8'} against HTTP Request`, `${times}×`, `${rounded(ratio)}×`, ratio >= times];
	};
	const floor = (id: ContenderId, floorId: ContenderId): Goal => {
		const ratio = secondsOf(id) / secondsOf(floorId);
		return [`${place}: ${id === 'node4' ? 'defaults' : 'concurrency 8'} against the floor`, 'at most 1.2× its time', `${rounded(ratio)}×`, ratio <= 1.2];
	};
	if (of.records.length > 1) {
		return [...new Set(series.map(({ contender }) => contender))].filter(isOwn).map((id) => {
			const ratio = secondsOf(id, 1_000_000) / secondsOf(id, 100_000);
			const kept = id === 'count4' ? 'nothing is kept' : 'all are kept as items';
			return [`${place}: 1,000,000 records against 100,000, ${kept}`, 'at most 11× the time', `${rounded(ratio)}×`, ratio <= 11];
		});
	}
	if (of.records[0] !== 100_000 || of.pageSize !== 1000) return [];
	if (of.serverMs === 0) return [faster('node4', 1)];
	if (of.serverMs === 50) return [faster('node4', 4), faster('node8', 6), floor('node4', 'floor4'), floor('node8', 'floor8')];
	return [];
}

function flatGoal(flat: readonly MemoryUse[]): Goal[] {
	const aliveWith = (size: number): number => {
		const { aliveHeap, arrayBuffers } = flat.find(({ records }) => records === size)?.answer ?? { aliveHeap: NaN, arrayBuffers: NaN };
		return aliveHeap + arrayBuffers;
	};
	const more = aliveWith(1_000_000) - aliveWith(10_000);
	if (Number.isNaN(more)) return [];
	return [['a consumer that keeps nothing: 1,000,000 records against 10,000, heap and buffers alive at most', `within ${flatMb} MB`, `${megabytes(more)} MB more`, more <= flatMb * 1e6]];
}

function requestsGoal(measured: readonly Measured[]): Goal {
	const own = measured.flatMap(({ series }) => series).filter(({ contender }) => isOwn(contender));
	const most = Math.max(...own.map(({ requests, leastRequests }) => requests - leastRequests));
	return ['requests above the least possible, in any case', 'at most 1', String(most), most <= 1];
}

/** Whether it is this node that reads. */
function isOwn(id: ContenderId): boolean {
	return id === 'node4' || id === 'node8' || id === 'count4';
}

import { contenderIds, type ContenderId } from './task.ts';

/** One comparison: the same task for several contenders, or tasks of several sizes for one. */
export interface Case {
	title: string;
	/** Each is read by each contender, in the same rounds. */
	records: number[];
	pageSize: number;
	/** How long the cluster takes for each answer. */
	serverMs: number;
	/** Over TLS and through a proxy that delays: the time of a round trip. Else plain HTTP on loopback. */
	roundTripMs?: number;
	contenders: readonly ContenderId[];
}

const sizes = [10_000, 100_000, 1_000_000];

/** The comparisons of a plain run: all that the figures to be reached need, and one look at each other axis. */
export const usualCases: Case[] = [
	compared(100_000, 1000, 0),
	compared(100_000, 1000, 50),
	{ ...compared(100_000, 1000, 50), title: '100,000 records, 1,000 a page, 50 ms server time, TLS with 50 ms round trips', roundTripMs: 50 },
	compared(10_000, 100, 50),
	compared(10_000, 1000, 200),
	linear(0, ['node4', 'count4', 'floor4']),
	linear(50, ['node4', 'count4']),
];

/** Every size with every page size and server time. Hours: 10,000 pages of 200 ms take those who read one by one 34 minutes. */
export const allCases: Case[] = [
	...usualCases,
	...sizes.flatMap((records) => [100, 1000].flatMap((pageSize) => [0, 50, 200].map((ms) => compared(records, pageSize, ms)))),
].filter(({ title }, at, all) => all.findIndex((other) => other.title === title) === at);

function compared(records: number, pageSize: number, serverMs: number): Case {
	const title = `${grouped(records)} records, ${grouped(pageSize)} a page, ${serverMs} ms server time`;
	return { title, records: [records], pageSize, serverMs, contenders: contenderIds };
}

function linear(serverMs: number, contenders: ContenderId[]): Case {
	const title = `${sizes.map(grouped).join(', ')} records, 1,000 a page, ${serverMs} ms server time`;
	return { title, records: sizes, pageSize: 1000, serverMs, contenders };
}

/** 1000000 as 1,000,000. */
export function grouped(count: number): string {
	return count.toLocaleString('en');
}

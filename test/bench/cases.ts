import type { Latency } from '../simulator/index.ts';
import { hundredDays, oneMonth, untilFridayMorning, type Dataset } from './dataset.ts';
import { contenderIds, type ContenderId } from './task.ts';

/** One comparison: the same task for several contenders, or tasks of several sizes for one. */
export interface Case {
	title: string;
	/** Each is read by each contender, in the same rounds. */
	records: number[];
	dataset: Dataset;
	pageSize: number;
	/** How long the cluster takes for each answer. */
	serverMs: Latency;
	/** How long it takes in addition for each 1,000 rows that a page skips; default 0. */
	skipCostMs?: number;
	/** Over TLS and through a proxy that delays: the time of a round trip. Else plain HTTP on loopback. */
	roundTripMs?: number;
	contenders: readonly ContenderId[];
	/**
	 * Contenders that would take hours for a larger report than this. They read page after page in a single window, so
	 * what they'd take is computed: see computed.ts.
	 */
	readsAtMost?: { readonly [id in ContenderId]?: number };
	goals?: CaseGoals;
}

/** What this node is to reach, as ratios of median times. */
export interface CaseGoals {
	/** At least so many times as fast as another contender, with the largest report. */
	fasterThan?: ReadonlyArray<{ own: ContenderId; other: ContenderId; times: number }>;
	/** At most so many times the time of the floor with as many requests at once. */
	floor?: number;
	/** 1,000,000 records take at most so many times as long as 100,000. */
	growth?: number;
}

/** A report whose requests are counted. Nothing is timed, so other programs on the machine make no difference. */
export interface CountCase {
	title: string;
	records: number;
	dataset: Dataset;
	pageSize: number;
	contender: ContenderId;
	/** A busy centre: the same report is read once while nothing happens, then while calls keep coming. */
	busy?: Busy;
	goals: CountGoals;
}

/** Calls that end, and are listed, while a report is read. */
export interface Busy {
	/** One call ends every so many ms. */
	endsEveryMs: number;
	/** How long the cluster takes for an answer: together with the requests under way, this decides how many calls end during a reading. */
	answerMs: number;
	/** Calls that end now began in the last minutes of the range. */
	lastMinutes: number;
}

/** What this node is to reach: each value is the most that's allowed. */
export interface CountGoals {
	requests?: number;
	/** Rows that a page skips. */
	deepestSkip?: number;
	/** Rows that the database passes over or sends, for each row read. */
	walkedPerRow?: number;
	/** Requests of the busy reading in relation to those of the quiet one. */
	busyToQuiet?: number;
}

const sizes = [10_000, 100_000, 1_000_000];
const fasterThanHttp = (node4: number, node8: number): CaseGoals['fasterThan'] => [
	{ own: 'node4', other: 'http', times: node4 },
	{ own: 'node8', other: 'http', times: node8 },
];

/** The comparisons of a plain run: all that the figures to be reached need, and one look at each other axis. */
export const usualCases: Case[] = [
	compared(100_000, 1000, 0, { goals: { fasterThan: [{ own: 'node4', other: 'http', times: 1 }] } }),
	compared(100_000, 1000, 50, { goals: { fasterThan: fasterThanHttp(4, 6), floor: 1.05 } }),
	compared(100_000, 1000, 50, {
		title: '100,000 records, 1,000 a page, 50 ms server time, TLS with 50 ms round trips',
		roundTripMs: 50,
		goals: { fasterThan: fasterThanHttp(4, 6), floor: 1.2 },
	}),
	compared(100_000, 1000, 0, {
		title: '100,000 records, 1,000 a page, 30 to 300 ms server time',
		serverMs: { fromMs: 30, toMs: 300 },
		contenders: ['node4', 'node8', 'http', 'http5000', 'floor4', 'floor8'],
		goals: { floor: 1.1 },
	}),
	compared(10_000, 100, 50),
	compared(10_000, 1000, 200, { goals: { floor: 1.1 } }),
	linear(0, ['node4', 'count4', 'floor4']),
	linear(50, ['node4', 'count4']),
	{
		title: '100,000, 1,000,000 records in one month, 1,000 a page, 50 ms server time and 5 ms for each 1,000 rows skipped',
		records: [100_000, 1_000_000],
		dataset: oneMonth,
		pageSize: 1000,
		serverMs: 50,
		skipCostMs: 5,
		contenders: ['node4', 'count4', 'http', 'http5000'],
		// 1,000,000 records: 42 minutes with 1,000 a page, 9 with 5,000 a page.
		readsAtMost: { http: 100_000, http5000: 100_000 },
		goals: {
			fasterThan: [
				{ own: 'node4', other: 'http', times: 10 },
				{ own: 'node4', other: 'http5000', times: 10 },
			],
			growth: 11,
		},
	},
];

/** Every size with every page size and server time. Hours: 10,000 pages of 200 ms take those who read one by one 34 minutes. */
export const allCases: Case[] = [
	...usualCases,
	...sizes.flatMap((records) => [100, 1000].flatMap((pageSize) => [0, 50, 200].map((ms) => compared(records, pageSize, ms)))),
].filter(({ title }, at, all) => all.findIndex((other) => other.title === title) === at);

/** The reports whose requests are counted. */
export const countCases: CountCase[] = [
	counted(60_000, { requests: 71, deepestSkip: 9000, walkedPerRow: 5 }),
	counted(1_000_000, { requests: 1150, deepestSkip: 9000, walkedPerRow: 5 }),
	busyCentre(1, 1000),
	busyCentre(27, 1000),
	busyCentre(27, 4000),
];

function compared(records: number, pageSize: number, serverMs: number, more: Partial<Case> = {}): Case {
	const title = `${grouped(records)} records, ${grouped(pageSize)} a page, ${serverMs} ms server time`;
	const contenders = contenderIds.filter((id) => id !== 'http5000' || pageSize === 1000);
	return { title, records: [records], dataset: hundredDays, pageSize, serverMs, contenders, ...more };
}

function linear(serverMs: number, contenders: ContenderId[]): Case {
	const title = `${sizes.map(grouped).join(', ')} records, 1,000 a page, ${serverMs} ms server time`;
	return { title, records: sizes, dataset: hundredDays, pageSize: 1000, serverMs, contenders, goals: { growth: 11 } };
}

function counted(records: number, goals: CountGoals): CountCase {
	const title = `Requests for ${grouped(records)} records in one month`;
	return { title, records, dataset: oneMonth, pageSize: 1000, contender: 'count4', goals };
}

/** 20,000 calls a day, one ending every 4 s. */
function busyCentre(days: number, answerMs: number): CountCase {
	return {
		title: `Requests to a busy centre, ${days === 1 ? '1 day' : `${days} days`}, answers take ${answerMs / 1000} s`,
		records: days * 20_000,
		dataset: untilFridayMorning(days),
		pageSize: 1000,
		contender: 'node4',
		busy: { endsEveryMs: 4000, answerMs, lastMinutes: 10 },
		goals: { busyToQuiet: 1.1 },
	};
}

/** 1000000 as 1,000,000. */
export function grouped(count: number): string {
	return count.toLocaleString('en');
}

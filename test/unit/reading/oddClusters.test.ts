import { failed, oneOf, success, type Outcome, type PageRequest } from '../../../nodes/Samespace/reading';
import { csat, sessions } from '../../../nodes/Samespace/reports';
import { dayMs, minuteMs, origin, read, spread, type Reading } from './reading.ts';

const hourMs = 60 * minuteMs;

interface Call {
	id: string;
	at: number;
	/** How long it takes, in ms. */
	ms: number;
	/** When it was filed, where that is not in the order of its time. */
	filed?: number;
	type?: string;
}

/** How a cluster lists calls; what is left out is as it should be. */
interface Way {
	by?: (one: Call, other: Call) => number;
	wholeOnly?: boolean;
	byEnd?: boolean;
	withoutTotal?: boolean;
	unpaged?: boolean;
	filtersByType?: boolean;
	total?: (count: number) => number;
	before?: (calls: Call[], request: PageRequest) => void;
}

type Answering = (n: number, request: PageRequest) => Outcome<unknown>;

function cluster(calls: Call[], way: Way = {}): Answering {
	const { by = byStart, wholeOnly, byEnd, withoutTotal, unpaged, filtersByType, total = (count) => count, before } = way;
	return (_, request) => {
		const { filters, skip, limit } = request;
		if (unpaged && limit !== Infinity) return failed({ kind: 'status', status: 400, said: 'unknown field limit' });
		before?.(calls, request);
		const [from, to] = [filters.start_time, filters.end_time].map((text) => Date.parse(String(text).includes('T') ? String(text) : `${String(text).replace(' ', 'T')}Z`));
		const isListed = ({ at, ms, type }: Call): boolean => {
			const time = byEnd ? at + ms : at;
			return time >= from && time <= to && (!wholeOnly || at + ms <= to) && (!filtersByType || filters.type === undefined || type === filters.type);
		};
		const rows = calls.filter(isListed).sort(by);
		const data = rows.slice(skip, skip + limit).map(({ id, at, ms, type }) => ({ _id: id, type, start_time: isoOf(at), end_time: isoOf(at + ms) }));
		return success(withoutTotal ? data : { total: total(rows.length), data });
	};
}

const byStart = (one: Call, other: Call): number => one.at - other.at;
const newestFirst = (one: Call, other: Call): number => other.at - one.at;
const mixedUp = (one: Call, other: Call): number => mixed(one.id) - mixed(other.id);

function mixed(id: string): number {
	return [...id].reduce((sum, char) => (Math.imul(sum ^ char.charCodeAt(0), 0x85ebca6b) >>> 7) ^ sum, 7);
}

function isoOf(instant: number): string {
	return new Date(instant).toISOString();
}

/** So many calls, evenly over so many days. */
function even(count: number, days: number, ms = 20_000): Call[] {
	return spread(count, days).map((record) => ({ ...record, ms }));
}

/** So many calls, one right after another. */
function dense(count: number, everyMs: number, start: number, ms: number): Call[] {
	return Array.from({ length: count }, (_, n) => ({ id: `d${n}`, at: start + n * everyMs, ms }));
}

function everySeventh(calls: Call[], ms: number): Call[] {
	return calls.map((call, n) => (n % 7 === 0 ? { ...call, ms } : call));
}

function outcomeOf(truth: readonly Call[], { ids, failure }: Reading): unknown {
	return { failure, lost: truth.flatMap(({ id }) => (ids.includes(id) ? [] : id)) };
}

const complete = { failure: null, lost: [] };

describe('bare lists in a busy hour end', () => {
	it.each([
		[true, 10 * minuteMs],
		[false, minuteMs],
	])('newest first; must calls end in what is asked for: %s', async (wholeOnly, ms) => {
		const calls = everySeventh([...dense(150, 30_000, origin + 7 * hourMs, minuteMs), ...even(150, 1)], ms);
		const reading = await read(calls, { fault: cluster(calls, { wholeOnly, withoutTotal: true, by: newestFirst }) }, { days: 1 });
		expect(outcomeOf(calls, reading)).toEqual(complete);
		expect(reading.api.log.length).toBeLessThan(100);
	});

	it('mixed up', async () => {
		const calls = everySeventh([...dense(300, 12_000, origin + 7 * hourMs, minuteMs), ...even(150, 1)], 10 * minuteMs);
		const reading = await read(calls, { fault: cluster(calls, { wholeOnly: true, withoutTotal: true, by: mixedUp }) }, { days: 1 });
		expect(outcomeOf(calls, reading)).toEqual(complete);
		expect(reading.api.log.length).toBeLessThan(200);
	});
});

describe('a list that is nearly in order', () => {
	it('hides no call that was filed late', async () => {
		const calls: Call[] = even(4000, 500).map((call) => ({ ...call, filed: call.at }));
		// In what the first page of a later window covers, when the order has been seen to hold in the windows before it.
		const at = origin + 384 * dayMs + 5 * hourMs;
		calls.push({ id: 'late', at, ms: 20_000, filed: at + 10 * dayMs });
		const asFiled = (one: Call, other: Call): number => (one.filed ?? 0) - (other.filed ?? 0);
		for (const concurrency of [1, 4]) {
			expect(outcomeOf(calls, await read(calls, { fault: cluster(calls, { by: asFiled }) }, { days: 500, concurrency }))).toEqual(complete);
		}
	});

	it('of ends has its oldest first where few are wanted', async () => {
		const calls = [...dense(1000, minuteMs, origin, 20_000), { id: 'long', at: origin + 5.5 * minuteMs, ms: 10 * hourMs }];
		const { ids } = await read(calls, { fault: cluster(calls, { by: (a, b) => a.at + a.ms - b.at - b.ms }) }, { limit: 20, pageSize: 50 });
		expect(ids).toContain('long');
	});

	it('of ends has its newest first where few are wanted', async () => {
		const calls = [...dense(100, 10 * minuteMs, origin, 15 * minuteMs), { id: 'nested', at: origin + 901 * minuteMs, ms: minuteMs }];
		const { ids } = await read(calls, { fault: cluster(calls, { by: (a, b) => b.at + b.ms - a.at - a.ms }) }, { limit: 10, order: 'newestFirst' });
		expect(ids).toContain('nested');
	});
});

describe('a call over the seam of two windows, longer than any known when that was read', () => {
	const seam = origin + 27 * dayMs;

	it.each([
		['seen later', 60, 5],
		['seen before, longer than a day', 3, 30],
	])('comes where calls must also end in what is asked for: one as long is %s', async (_, day, hours) => {
		const long = hours * hourMs;
		const calls: Call[] = [...even(80, 80), { id: 'seen', at: origin + day * dayMs, ms: long }, { id: 'across', at: seam - 10 * minuteMs, ms: long }];
		expect(outcomeOf(calls, await read(calls, { fault: cluster(calls, { wholeOnly: true }) }, { days: 80 }))).toEqual(complete);
	});

	it('comes where calls are listed by their end', async () => {
		const calls: Call[] = [...even(80, 80), { id: 'across', at: seam - 10 * minuteMs, ms: 5 * hourMs }];
		expect(outcomeOf(calls, await read(calls, { fault: cluster(calls, { byEnd: true, by: newestFirst }) }, { days: 80 }))).toEqual(complete);
	});
});

describe('calls that come while others are read', () => {
	it('do not make a total worthless for what is read next', async () => {
		const calls = even(111, 60);
		const truth = [...calls];
		let [came, removed, pending] = [0, false, 0];
		const before = (all: Call[], { filters, skip }: PageRequest): void => {
			const start = String(filters.start_time).slice(0, 10);
			pending = 0;
			if (start === '2026-01-09' && skip === 30 && came < 2) {
				came += 1;
				pending = 1;
				all.push({ id: `late${came}`, at: origin + 19.9 * dayMs + came * minuteMs, ms: 1000 });
			}
			if (start === '2026-01-09' || skip !== 10 || removed) return;
			removed = true;
			all.splice(all.findIndex(({ id }) => id === 'r00076'), 1);
		};
		const reading = await read(calls, { fault: cluster(calls, { before, total: (count) => count - pending }) }, { days: 60 });
		expect(outcomeOf(truth.filter(({ id }) => id !== 'r00076'), reading)).toEqual(complete);
		expect({ came, removed, miscounts: reading.api.behavior.miscounts }).toEqual({ came: 2, removed: true, miscounts: false });
	});

	it('do not make a filter worthless', async () => {
		const calls: Call[] = even(340, 100).map((call, n) => ({ ...call, type: n % 4 === 0 ? 'team' : 'direct' }));
		calls.push(...dense(4000, 18 * minuteMs, origin, 1000).map((call) => ({ ...call, type: 'direct' })));
		let came = 0;
		const before = (all: Call[], { filters, skip }: PageRequest): void => {
			if (filters.type === undefined || skip !== 10 || String(filters.end_time) < '2026-04-19' || came === 2) return;
			came += 1;
			all.push({ id: `late${came}`, at: origin + 99.6 * dayMs + came * minuteMs, type: 'team', ms: 1000 });
		};
		const filtered = { conditions: [oneOf('type', ['team'], true)], sentFilters: { type: 'team' } };
		const { api } = await read(calls, { fault: cluster(calls, { filtersByType: true, by: newestFirst, before }) }, { ...filtered, days: 100, order: 'newestFirst' });
		expect([...api.behavior.omitted]).toEqual([]);
		expect(api.log.length).toBeLessThan(30);
	});

	it('in the busiest hour, newest first, are read with it', async () => {
		const calls = dense(150, minuteMs, origin + 19.8 * dayMs, 30_000);
		const truth = [...calls];
		let requests = 0;
		const before = (all: Call[]): void => {
			requests += 1;
			if (requests % 4 === 0) all.push({ id: `late${requests}`, at: origin + 19.95 * dayMs + requests * 5000, ms: 10_000 });
		};
		expect(outcomeOf(truth, await read(calls, { fault: cluster(calls, { by: newestFirst, before }) }))).toEqual(complete);
	});
});

describe('a cluster without pages and totals', () => {
	it('gives the answers of one hour', async () => {
		const answers = dense(12, 5 * minuteMs, origin + 5 * hourMs, 30_000);
		expect(outcomeOf(answers, await read(answers, { fault: cluster(answers, { unpaged: true, withoutTotal: true }) }, { report: csat }))).toEqual(complete);
	});

	it('gives the logins of one morning, in few requests', async () => {
		const logins = dense(40, 4 * minuteMs, origin + 8 * hourMs, 8 * hourMs);
		const reading = await read(logins, { fault: cluster(logins, { unpaged: true, withoutTotal: true }) }, { report: sessions });
		expect(outcomeOf(logins, reading)).toEqual(complete);
		expect(reading.api.log.length).toBeLessThan(12);
	});

	it.each(['oldest', 'newest'])('that cuts off what it sends, with the %s first, is not taken for one that sends all', async (order) => {
		const logins = dense(60, 4 * minuteMs, origin + 8 * hourMs, 8 * hourMs);
		const all = cluster(logins, { unpaged: true, withoutTotal: true, by: order === 'oldest' ? byStart : newestFirst });
		const reading = await read(
			logins,
			{
				fault: (n, request) => {
					const answer = all(n, request);
					return answer.ok ? success((answer.value as unknown[]).slice(0, 40)) : answer;
				},
			},
			{ report: sessions },
		);
		expect(outcomeOf(logins, reading)).toEqual(complete);
	});
});

it('where parts would be no smaller than the whole, it is read as it is', async () => {
	const calls = dense(900, 2000, origin + 5 * dayMs, 20_000).map((call, n) => (n % 5 === 0 ? { ...call, ms: 6 * minuteMs } : call));
	const reading = await read(calls, { fault: cluster(calls) });
	expect(outcomeOf(calls, reading)).toEqual(complete);
	expect(reading.api.log.length).toBeLessThan(180);
});

it.each([true, false])('6,000 rows in another order with each request come, with a total: %s', async (withTotal) => {
	const records = spread(6000, 140);
	const { failure, ids } = await read(records, { order: 'unstable', withTotal }, { days: 140 });
	expect(failure).toBeNull();
	expect(ids).toHaveLength(6000);
}, 60_000);

it.each([
	['end', true],
	['start', true],
	[true, false],
] as const)('a year of a list that ignores times (%s; with a total: %s) is read about once', async (timesIgnored, withTotal) => {
	for (const order of ['oldestFirst', 'newestFirst'] as const) {
		const { api, ids } = await read(spread(1000, 365), { timesIgnored, withTotal }, { days: 365, order });
		expect(ids).toHaveLength(1000);
		expect(api.log.length).toBeLessThan(226);
	}
});

import { failed, forEachBatch, oneOf, readReport, success, type Outcome, type PageRequest } from '../../../nodes/Samespace/reading';
import { clusterText } from '../../../nodes/Samespace/reading/windows';
import { csat, productivity, sessions } from '../../../nodes/Samespace/reports';
import { FakeApi } from '../../support/fakeApi.ts';
import { VirtualTime } from '../../support/virtualTime.ts';
import { dayMs, minuteMs, origin, queryFor, read, spread, type Reading } from './reading.ts';

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
	/** How far its clock is ahead of UTC, in ms: times that are written without an offset are its own. */
	clockMs?: number;
	filtersByType?: boolean;
	total?: (count: number) => number;
	/** Whatever is asked for, pages have so many rows, and the total counts those alone. Without `skips`, each is the first one. */
	fixedPage?: { rows: number; skips: boolean };
	/** Times in rows are those of a clock in this zone, without an offset. */
	localZone?: string;
	before?: (calls: Call[], request: PageRequest) => void;
}

type Answering = (n: number, request: PageRequest) => Outcome<unknown>;

function cluster(calls: Call[], way: Way = {}): Answering {
	const { by = byStart, clockMs = 0, wholeOnly, byEnd, withoutTotal, unpaged, filtersByType, total = (count) => count, fixedPage, localZone, before } = way;
	return (_, request) => {
		const { filters, skip, limit } = request;
		if (unpaged && limit !== Infinity) return failed({ kind: 'status', status: 400, said: 'unknown field limit' });
		before?.(calls, request);
		const [from, to] = [filters.start_time, filters.end_time].map((text) => (String(text).includes('T') ? Date.parse(String(text)) : Date.parse(`${String(text).replace(' ', 'T')}Z`) - clockMs));
		const isListed = ({ at, ms, type }: Call): boolean => {
			const time = byEnd ? at + ms : at;
			return time >= from && time <= to && (!wholeOnly || at + ms <= to) && (!filtersByType || filters.type === undefined || type === filters.type);
		};
		const rows = calls.filter(isListed).sort(by);
		const first = fixedPage?.skips === false ? 0 : skip;
		const textOf = localZone === undefined ? isoOf : (instant: number) => clusterText(instant, localZone);
		const data = rows.slice(first, first + (fixedPage?.rows ?? limit)).map(({ id, at, ms, type }) => ({ _id: id, type, start_time: textOf(at), end_time: textOf(at + ms) }));
		if (fixedPage) return success({ total: data.length, data });
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

describe('bare lists with a busy hour are read completely', () => {
	it.each([
		[true, 10 * minuteMs],
		[false, minuteMs],
	])('newest first; must calls also end in the requested range: %s', async (wholeOnly, ms) => {
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

	it('by end gives the oldest few, even a long call that started early', async () => {
		const calls = [...dense(1000, minuteMs, origin, 20_000), { id: 'long', at: origin + 5.5 * minuteMs, ms: 10 * hourMs }];
		const { ids } = await read(calls, { fault: cluster(calls, { by: (a, b) => a.at + a.ms - b.at - b.ms }) }, { limit: 20, pageSize: 50 });
		expect(ids).toContain('long');
	});

	it('by end gives the newest few, even a short call that started late', async () => {
		const calls = [...dense(100, 10 * minuteMs, origin, 15 * minuteMs), { id: 'nested', at: origin + 901 * minuteMs, ms: minuteMs }];
		const { ids } = await read(calls, { fault: cluster(calls, { by: (a, b) => b.at + b.ms - a.at - a.ms }) }, { limit: 10, order: 'newestFirst' });
		expect(ids).toContain('nested');
	});
});

describe('a call across two windows, longer than any call known when the first was read', () => {
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
	it('do not make the total count as wrong for what is read next', async () => {
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

	it('do not stop a filter from being sent', async () => {
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

	it('in the busiest hour, newest first, hide none of the others', async () => {
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

	it.each(['oldest', 'newest'])('that cuts off its response, with the %s first, is not mistaken for one that sends everything', async (order) => {
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

describe('a cluster whose total counts the rows of its page', () => {
	it.each([300, 1000, 1500])('and which cuts its only page off at %i rows hides none', async (rows) => {
		const calls = even(6000, 25);
		const reading = await read(calls, { fault: cluster(calls, { fixedPage: { rows, skips: false } }) }, { days: 25, pageSize: 1000 });
		expect(outcomeOf(calls, reading)).toEqual(complete);
		expect(reading.api.log.length).toBeLessThan(12 + (3 * 6000) / rows);
	});

	it('and which sends it whole costs some requests at first, and then none', async () => {
		const calls = even(6000, 100);
		const reading = await read(calls, { fault: cluster(calls, { fixedPage: { rows: 10_000, skips: false } }) }, { days: 100, pageSize: 1000 });
		expect(outcomeOf(calls, reading)).toEqual(complete);
		expect(reading.api.log.length).toBeLessThan(12);
	});

	it('hides none behind a page that is larger than what was asked for', async () => {
		const calls = even(700, 20);
		const reading = await read(calls, { fault: cluster(calls, { fixedPage: { rows: 100, skips: true } }) }, { pageSize: 50 });
		expect(outcomeOf(calls, reading)).toEqual(complete);
	});
});

it.each(['oldestFirst', 'newestFirst'] as const)('a call in an hour that its cluster repeats comes once, though its time could be either: %s', async (order) => {
	const range = { start: Date.parse('2026-10-24T20:20:00Z'), end: Date.parse('2026-10-25T06:20:00Z') };
	const calls = everySeventh(dense(600, minuteMs, range.start, 20_000), 5 * minuteMs);
	for (const pageSize of [7, 20, 50]) {
		const reading = await read(calls, { fault: cluster(calls, { localZone: 'Europe/Berlin' }) }, { range, periods: [range], days: 290, clusterZone: 'Europe/Berlin', pageSize, order });
		expect(outcomeOf(calls, reading)).toEqual(complete);
		expect(new Set(reading.ids).size).toBe(reading.ids.length);
		// Nothing makes the node think that times are ignored.
		expect(Math.max(...reading.api.log.map(({ skip }) => skip))).toBeLessThan(Math.max(200, 10 * pageSize));
	}
});

it('a slice is read as a whole if its parts would be no smaller', async () => {
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

describe('the newest few of a list that begins with the oldest', () => {
	// Calls end in another order than they begin.
	const calls = even(500, 7).map((call, n) => (n % 5 === 0 ? { ...call, ms: 2 * hourMs } : call));
	const newest = (count: number): string[] => calls.slice(-count).map(({ id }) => id).reverse();

	it.each<[string, (count: number) => number]>([
		['a total that stops at 100', (count) => Math.min(count, 100)],
		['a total of half of them', (count) => Math.ceil(count / 2)],
		['a total that lags by three', (count) => count - 3],
		['a total that is right', (count) => count],
	])('are the newest, with %s', async (_, total) => {
		const { ids, failure } = await read(calls, { fault: cluster(calls, { total }) }, { days: 7, limit: 5, pageSize: 100, order: 'newestFirst' });
		expect({ failure, ids }).toEqual({ failure: null, ids: newest(5) });
	});

	it.each([
		[5, 2],
		[40, 2],
		[60, 2],
		[99, 3],
		[100, 3],
	])('%i come in %i requests if the total is right: a page as large as the largest one may be cut off', async (limit, requests) => {
		const { ids, api } = await read(calls, { fault: cluster(calls) }, { days: 7, limit, pageSize: 100, order: 'newestFirst' });
		expect(ids).toEqual(newest(limit));
		expect(api.log.length).toBe(requests);
	});

	it.each([50, 60, 100])('come in few requests from a cluster that sends %i at most', async (cap) => {
		for (const some of [calls, even(500, 7)]) {
			const all = cluster(some);
			const fault: Answering = (n, request) => all(n, { ...request, limit: Math.min(request.limit, cap) });
			const { ids, api } = await read(some, { fault }, { days: 7, limit: 50, pageSize: 1000, order: 'newestFirst' });
			expect(ids).toEqual(newest(50));
			expect(api.log.length).toBeLessThanOrEqual(cap === 100 ? 4 : 14);
		}
	});

	it('are the newest by their start, though they are listed by their end', async () => {
		const byEnd = [...dense(100, 10 * minuteMs, origin, 15 * minuteMs), { id: 'nested', at: origin + 901 * minuteMs, ms: minuteMs }];
		const truth = [...byEnd].sort(newestFirst).slice(0, 10).map(({ id }) => id);
		for (const days of [1, 2]) {
			for (const pageSize of [10, 20, 1000]) {
				const { ids } = await read(byEnd, { fault: cluster(byEnd, { by: (a, b) => a.at + a.ms - b.at - b.ms }) }, { days, limit: 10, pageSize, order: 'newestFirst' });
				expect(ids).toEqual(truth);
			}
		}
	});

	it.each([5, 40, 60, 99, 100])('are right if the total is too low and the cluster sends at most %i rows per page', async (cap) => {
		const all = cluster(calls, { total: (count) => count - 200 });
		const fault: Answering = (n, request) => all(n, { ...request, limit: Math.min(request.limit, cap) });
		for (const limit of [5, 40, 60, 99, 100]) {
			const { ids, failure } = await read(calls, { fault }, { days: 7, limit, pageSize: 100, order: 'newestFirst' });
			expect({ limit, failure, ids }).toEqual({ limit, failure: null, ids: newest(limit) });
		}
	});
});

describe('where logins must end in what is asked for', () => {
	/** Logins of so many hours each, one every few minutes. */
	const shifts = (name: string, count: number, at: number, hours: number): Call[] =>
		Array.from({ length: count }, (_, n) => ({ id: `${name}${n}`, at: at + n * minuteMs, ms: hours * hourMs - n * 1000 }));

	it('the night shift is among the newest few, though it ends long after the day', async () => {
		const logins = [...shifts('day', 60, origin + 8 * hourMs, 8), ...shifts('night', 20, origin + 22 * hourMs, 8)];
		const asked = { report: sessions, range: { start: origin, end: origin + dayMs }, periods: [{ start: origin, end: origin + dayMs }], order: 'newestFirst', days: 2 } as const;
		const { ids } = await read(logins, { fault: cluster(logins, { wholeOnly: true, by: newestFirst }) }, { ...asked, limit: 30, pageSize: 100 });
		expect(ids).toEqual([...logins].reverse().slice(0, 30).map(({ id }) => id));
	});

	it.each(['oldestFirst', 'newestFirst'] as const)('a month of shifts comes whole, page by page, %s', async (order) => {
		const logins = Array.from({ length: 30 }, (_, day) => [...shifts(`${day} day `, 20, origin + day * dayMs + 8 * hourMs, 9), ...shifts(`${day} night `, 20, origin + day * dayMs + 20 * hourMs, 9)]).flat();
		for (const by of [byStart, newestFirst]) {
			const reading = await read(logins, { fault: cluster(logins, { wholeOnly: true, by }), cap: 20 }, { report: sessions, range: { start: origin, end: origin + 30 * dayMs }, periods: [{ start: origin, end: origin + 30 * dayMs }], days: 32, order, pageSize: 20 });
			expect(outcomeOf(logins, reading)).toEqual(complete);
		}
	});

	it('a login is found even if each request reveals a longer one', async () => {
		const logins = [...shifts('day', 10, origin + 8 * hourMs, 8), { id: 'late', at: origin + 20 * hourMs, ms: 12 * hourMs }, { id: 'night', at: origin + 22.5 * hourMs, ms: 11.5 * hourMs }];
		const asked = { report: sessions, range: { start: origin, end: origin + dayMs }, periods: [{ start: origin, end: origin + dayMs }], days: 2 } as const;
		expect(outcomeOf(logins, await read(logins, { fault: cluster(logins, { wholeOnly: true }) }, asked))).toEqual(complete);
	});

	it('a call that ends within the minute after what was asked for first comes, once', async () => {
		const seam = origin + 27 * dayMs;
		for (const more of [0, 20_000, 59_000, 80_000]) {
			const calls: Call[] = [...even(80, 80), { id: 'seen', at: origin + 60 * dayMs, ms: 6 * hourMs }, { id: 'across', at: seam - 10 * minuteMs, ms: 10 * minuteMs + 4 * hourMs + minuteMs + more }];
			const reading = await read(calls, { fault: cluster(calls, { wholeOnly: true }) }, { days: 80 });
			expect(outcomeOf(calls, reading)).toEqual(complete);
			expect(reading.ids).toHaveLength(calls.length);
		}
	});
});

it('the one login of a day, from a cluster without pages and totals, takes few requests', async () => {
	const logins = [{ id: 'only', at: origin + 6 * dayMs + 9 * hourMs, ms: 2 * hourMs }];
	const range = { start: origin + 6 * dayMs, end: origin + 6 * dayMs + 20 * hourMs };
	for (const limit of [null, 50]) {
		const reading = await read(logins, { fault: cluster(logins, { unpaged: true, withoutTotal: true }) }, { report: sessions, range, periods: [range], days: 7, limit });
		expect(outcomeOf(logins, reading)).toEqual(complete);
		expect(reading.api.log.length).toBeLessThan(10);
	}
});

describe('a time zone that is not the cluster zone', () => {
	/** Surveys of a center that is open from 9 to 18 by a clock so many hours ahead of UTC. */
	const surveys = (ahead: number): Call[] => Array.from({ length: 3 }, (_, day) => dense(27, 20 * minuteMs, origin + day * dayMs + (9 - ahead) * hourMs, 4 * minuteMs).map((one) => ({ ...one, id: `${day} ${one.id}` }))).flat();

	it.each([
		['Kolkata', 5.5, 9.5],
		['Manila', 8, 6],
		['Brisbane', 10, 4],
		['New York', -5, 20],
	])('is reported, even if the center is closed at both ends of the requested range: %s', async (_, ahead, untilHour) => {
		const all = surveys(ahead);
		for (const start of [0, dayMs, 2 * dayMs]) {
			const now = origin + 2 * dayMs + untilHour * hourMs;
			const range = { start: origin + start, end: now };
			const asked = { report: csat, range, periods: [range], days: 2 + untilHour / 24 };
			for (const wholeOnly of [false, true]) {
				const known = all.filter(({ at, ms }) => at + ms <= now);
				const { failure } = await read(known, { fault: cluster(known, { clockMs: ahead * hourMs, wholeOnly }) }, asked);
				expect(failure).toMatchObject({ kind: 'zone', detail: `${ahead < 0 ? '-' : '+'}${String(Math.floor(Math.abs(ahead))).padStart(2, '0')}:${ahead % 1 ? '30' : '00'}` });
			}
		}
	});

	it.each([false, true])('is reported, even if the wrong hours are empty; must surveys end in the requested range: %s', async (wholeOnly) => {
		const all = dense(5, 10 * minuteMs, origin + 9 * hourMs, 4 * minuteMs);
		const range = { start: origin + 8 * hourMs, end: origin + 10 * hourMs };
		const { failure } = await read(all, { fault: cluster(all, { clockMs: 5.5 * hourMs, wholeOnly }) }, { report: csat, range, periods: [range], days: 10 / 24 });
		expect(failure).toMatchObject({ kind: 'zone', detail: '+05:30' });
	});

	it.each([false, true])('is ruled out with one request, once, if the zone is right; must surveys end in the requested range: %s', async (wholeOnly) => {
		const all = surveys(0);
		const range = { start: origin, end: origin + 2.5 * dayMs };
		const asked = { range, periods: [range], days: 2.5, pageSize: 100 };
		const fault = cluster(all, { wholeOnly });
		const [reading, ofCalls] = [await read(all, { fault }, { ...asked, report: csat }), await read(all, { fault }, asked)];
		expect(outcomeOf(all.filter(({ at }) => at <= range.end), reading)).toEqual(complete);
		expect(reading.api.log.length).toBe(ofCalls.api.log.length + 1);
	});

	it.each([1, 4, 8])('is looked for while other windows are read, %i requests at once', async (concurrency) => {
		const all = even(1500, 100, 4 * minuteMs);
		const asked = { report: csat, days: 100, concurrency };
		expect(outcomeOf(all, await read(all, { fault: cluster(all) }, asked))).toEqual(complete);
		expect((await read(all, { fault: cluster(all, { clockMs: 5.5 * hourMs }) }, asked)).failure).toMatchObject({ kind: 'zone', detail: '+05:30' });
	});

	it('is not reported for a cluster that lists surveys by when they were answered', async () => {
		const all = dense(60, 30 * minuteMs, origin, 4 * minuteMs).map((one, n) => ({ ...one, answeredAt: one.at + one.ms + (45 + ((n * 7) % 40)) * minuteMs }));
		const range = { start: origin, end: origin + 1.5 * dayMs };
		const byAnswer: Answering = (_, { filters, skip, limit }) => {
			const [from, to] = [filters.start_time, filters.end_time].map((text) => Date.parse(`${String(text).replace(' ', 'T')}Z`));
			const rows = all.filter(({ answeredAt }) => answeredAt >= from && answeredAt <= to);
			return success({ total: rows.length, data: rows.slice(skip, skip + limit).map(({ id, at, ms }) => ({ _id: id, start_time: isoOf(at), end_time: isoOf(at + ms) })) });
		};
		const { failure, ids } = await read(all, { fault: byAnswer }, { report: csat, range, periods: [range], days: 1.5, pageSize: 100 });
		expect(failure).toBeNull();
		expect(ids).toHaveLength(60);
	});

	it('is named where clocks change in what is asked for', async () => {
		const change = origin + 12 * dayMs;
		const all = even(400, 20, 4 * minuteMs);
		const inNewYork: Answering = (_, { filters, skip, limit }) => {
			const behindMs = (at: number): number => (at < change ? 4 : 5) * hourMs;
			const [from, to] = [filters.start_time, filters.end_time].map((text) => Date.parse(`${String(text).replace(' ', 'T')}Z`)).map((at) => at + behindMs(at));
			const rows = all.filter(({ at }) => at >= from && at <= to);
			return success({ total: rows.length, data: rows.slice(skip, skip + limit).map(({ id, at, ms }) => ({ _id: id, start_time: isoOf(at), end_time: isoOf(at + ms) })) });
		};
		for (const days of [20, 25]) {
			const { failure } = await read(all, { fault: inNewYork }, { report: csat, days, pageSize: 1000 });
			expect(failure?.kind).toBe('zone');
		}
	});

	it('is named, whatever else was read: long surveys, or quiet days before', async () => {
		const clockMs = 5.5 * hourMs;
		const all = [...even(300, 30, 4 * minuteMs), { id: 'long', at: origin + 45 * dayMs, ms: 20 * minuteMs }];
		const newestFirstOfTwo = await read(all, { fault: cluster(all, { clockMs }) }, { report: csat, days: 60, order: 'newestFirst' });
		expect(newestFirstOfTwo.failure?.kind).toBe('zone');

		const opened = dense(5, 10 * minuteMs, origin + 9 * dayMs + 4 * hourMs, 4 * minuteMs);
		const ranges = [4, 9].map((day) => ({ start: origin + day * dayMs + 3.5 * hourMs, end: origin + day * dayMs + 5 * hourMs }));
		const fake = new FakeApi([], { fault: cluster(opened, { clockMs }) }, new VirtualTime(origin + 10 * dayMs));
		const failures = [];
		for (const range of ranges) failures.push((await fake.time.run(forEachBatch(readReport({ ...queryFor(10), report: csat, range, periods: [range] }, fake.io(1)), () => undefined))).failure?.kind);
		expect(failures).toEqual([undefined, 'zone']);
	});

	it.each([5, 30])('is named where surveys must end in what is asked for, and last %i minutes', async (minutes) => {
		const all = even(600, 20, minutes * minuteMs);
		for (const clockMs of [5.5 * hourMs, -5 * hourMs]) {
			const { failure } = await read(all, { fault: cluster(all, { clockMs, wholeOnly: true }) }, { report: csat, range: { start: origin, end: origin + 10 * dayMs }, periods: [{ start: origin, end: origin + 10 * dayMs }], days: 20, pageSize: 100 });
			expect(failure?.kind).toBe('zone');
		}
	});

	it('is looked for at most once an hour if only long surveys surround an empty range', async () => {
		const long = dense(5, 60 * minuteMs, origin, 20 * minuteMs);
		const range = { start: origin + 10 * hourMs, end: origin + 20 * hourMs };
		const fake = new FakeApi([], { fault: cluster(long) }, new VirtualTime(origin + dayMs));
		for (const requests of [3, 4, 5]) {
			await fake.time.run(forEachBatch(readReport({ ...queryFor(1), report: csat, range, periods: [range] }, fake.io(1)), () => undefined));
			expect(fake.log.length).toBe(requests);
		}
	});

	it('fails the whole reading if the check for it fails', async () => {
		const range = { start: origin, end: origin + dayMs };
		const empty = cluster([]);
		const fault: Answering = (n, request) => (n === 1 ? empty(n, request) : failed({ kind: 'status', status: 503 }));
		const { failure } = await read([], { fault }, { report: csat, range, periods: [range], days: 1, maxRetries: 0 });
		expect(failure).toMatchObject({ kind: 'status', status: 503 });
	});

	it('where nothing was rated, two requests show that', async () => {
		const range = { start: origin, end: origin + dayMs };
		const { failure, api } = await read([], { fault: cluster([]) }, { report: csat, range, periods: [range], days: 1 });
		expect(failure).toBeNull();
		expect(api.log.length).toBe(2);
	});
});

it('a total that is too low only once hides nothing in a list that goes by end', async () => {
	const first = origin + minuteMs;
	const calls: Call[] = [...['a', 'b', 'c', 'd'].map((id) => ({ id, at: first, ms: 20_000 })), { id: 'last', at: origin + 29 * dayMs, ms: 20_000 }];
	const byEndAlone = cluster(calls, { before: (_, { filters }) => Object.assign(filters, { start_time: '2020-01-01T00:00:00.000Z' }) });
	for (let wrong = 1; wrong < 12; wrong += 1) {
		let n = 0;
		const answering: Answering = (at, request) => {
			const answer = byEndAlone(at, { ...request, filters: { ...request.filters } });
			n += 1;
			return n === wrong && answer.ok ? success({ ...(answer.value as object), total: (answer.value as { total: number }).total - 1 }) : answer;
		};
		const reading = await read(calls, { fault: answering }, { days: 30, pageSize: 3 });
		expect({ wrong, ...(outcomeOf(calls, reading) as object) }).toEqual({ wrong, ...complete });
	}
});

describe('a cluster that takes neither pages nor times', () => {
	const takesNothing = (logins: Call[], most = Infinity): Answering => (_, { filters, limit }) => {
		if (limit !== Infinity || 'start_time' in filters) return failed({ kind: 'status', status: 400, said: 'unknown field' });
		const listed = [...logins].sort(newestFirst).slice(0, most);
		return success(listed.map(({ id, at, ms }) => ({ _id: id, start_time: isoOf(at), end_time: isoOf(at + ms) })));
	};
	const logins = even(437, 60, 8 * hourMs);
	const last = (days: number) => ({ report: sessions, days: 60, range: { start: origin + (60 - days) * dayMs, end: origin + 60 * dayMs }, periods: [{ start: origin + (60 - days) * dayMs, end: origin + 60 * dayMs }] });

	it('gives all, where it sends all', async () => {
		expect(outcomeOf(logins, await read(logins, { fault: takesNothing(logins) }, last(60)))).toEqual(complete);
	});

	it.each([50, 100, 200])('is incomplete if it sends only %i rows and all start in the requested range', async (most) => {
		expect((await read(logins, { fault: takesNothing(logins, most) }, last(30))).failure?.kind).toBe(most < 218 ? 'incomplete' : undefined);
		const recent = logins.filter(({ at }) => at >= origin + 57 * dayMs);
		expect(outcomeOf(recent, await read(logins, { fault: takesNothing(logins, most) }, last(3)))).toEqual(complete);
	});

	it('is asked once for an idle poll, once that is known', async () => {
		const fake = new FakeApi([], { fault: takesNothing(logins) }, new VirtualTime(origin + 60 * dayMs));
		const asked = { ...queryFor(60), ...last(1) };
		await fake.time.run(forEachBatch(readReport(asked, fake.io(4)), () => undefined));
		const before = fake.log.length;
		await fake.time.run(forEachBatch(readReport(asked, fake.io(4)), () => undefined));
		expect(fake.log.length - before).toBe(1);
	});
});

it('an open login without an end_time field does not make the node think that times are ignored', async () => {
	const all: Call[] = [{ id: 'open', at: origin - 20 * hourMs, ms: NaN }, ...dense(60, 20 * minuteMs, origin, 10 * minuteMs)];
	const overlapping: Answering = (_, { filters, skip, limit }) => {
		const [from, to] = [filters.start_time, filters.end_time].map((text) => Date.parse(String(text)));
		const rows = all.filter(({ at, ms }) => at <= to && (Number.isNaN(ms) || at + ms >= from)).sort(newestFirst);
		return success({ total: rows.length, data: rows.slice(skip, skip + limit).map(({ id, at, ms }) => ({ _id: id, start_time: isoOf(at), ...(Number.isNaN(ms) ? {} : { end_time: isoOf(at + ms) }) })) });
	};
	const { api, ids, failure } = await read(all, { fault: overlapping }, { report: sessions, days: 1, pageSize: 100 });
	expect({ failure, count: ids.length, ignoresTimes: api.behavior.ignoresTimes }).toEqual({ failure: null, count: 60, ignoresTimes: false });
});

it.each([byStart, newestFirst, mixedUp])('with a filter that only the node applies, a limit takes hardly more requests than no limit', async (by) => {
	const calls = even(3000, 20).map((call, n) => ({ ...call, type: n % 150 === 0 ? 'team' : 'direct' }));
	const filtered = { conditions: [oneOf('type', ['team'], false)], pageSize: 100, order: 'newestFirst' } as const;
	const [all, limited, one] = [await read(calls, { fault: cluster(calls, { by }) }, filtered), await read(calls, { fault: cluster(calls, { by }) }, { ...filtered, limit: 50 }), await read(calls, { fault: cluster(calls, { by }) }, { ...filtered, limit: 1 })];
	expect(limited.ids).toEqual(all.ids);
	expect(limited.api.log.length).toBeLessThanOrEqual(Math.ceil(all.api.log.length * 1.3));
	expect(one.ids).toEqual(all.ids.slice(0, 1));
	expect(one.api.log.length).toBeLessThan(15);
});

it.each([49, 50, 100])('the totals of %i agents, from a cluster without pages and totals, are all of them', async (count) => {
	const agents = Array.from({ length: count }, (_, n) => ({ _id: `agent ${n}`, user: `Agent ${n}` }));
	const fault: Answering = (_, { limit }) => (limit === Infinity ? success(agents) : failed({ kind: 'status', status: 400, said: 'unknown field limit' }));
	const { failure, ids } = await read([], { fault }, { report: productivity });
	expect({ failure, count: ids.length }).toEqual({ failure: null, count });
});

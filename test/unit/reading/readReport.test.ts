import { oneOf, readReport, success, type Outcome } from '../../../nodes/Samespace/reading';
import { productivity, type ReportRecord } from '../../../nodes/Samespace/reports';
import { FakeApi, passing, type FakeBehaviour, type FakeRecord } from '../../support/fakeApi';
import { VirtualTime } from '../../support/virtualTime';
import { dayMs, idsOf, minuteMs, origin, pageOf, queryFor, read, spread, within } from './reading.ts';

describe('exactly once, where a report is read to its end', () => {
	it('a record that is removed while another arrives does not hide a third one', async () => {
		const records = spread(60);
		const truth = idsOf(records);
		const before = (n: number, rows: FakeRecord[]): void => {
			if (n === 2) rows.splice(3, 1);
			if (n === 3) rows.push({ id: 'late', at: origin + 19 * dayMs });
		};
		const { ids, failure } = await read(records, { before });
		expect(failure).toBeNull();
		expect(ids.sort()).toEqual([...truth, 'late'].sort());
	});

	it('a window whose only record is removed while it is read does not make the totals of others worthless', async () => {
		const records = [{ id: 'first', at: origin }, { id: 'second', at: origin }, { id: 'third', at: origin }, { id: 'last', at: origin + 56 * dayMs }];
		const remove = (id: string, from: FakeRecord[]): void => void from.splice(from.findIndex((record) => record.id === id), 1);
		let [isLastSeen, seen] = [false, 0];
		const behaviour: FakeBehaviour = {
			before: (_, all, { filters, skip }) => {
				const isOfLast = String(filters.end_time) > new Date(origin + 55 * dayMs).toISOString();
				if (isOfLast && skip === 1 && !isLastSeen) {
					isLastSeen = true;
					remove('last', all);
				} else if (!isOfLast && skip === 2 && (seen += 1) === 1) remove('first', all);
			},
		};
		const { ids, failure } = await read(records, behaviour, { days: 56, pageSize: 1, order: 'newestFirst' });
		expect(failure).toBeNull();
		expect(ids).toEqual(expect.arrayContaining(['second', 'third']));
	});

	it('rows in another order with each request are read again until each has come, with a total or without', async () => {
		for (const withTotal of [true, false]) {
			const records = spread(100);
			const { ids, failure } = await read(records, { order: 'unstable', withTotal });
			expect(failure).toBeNull();
			expect(ids.sort()).toEqual(idsOf(records));
		}
	});

	it('an API that ignores the limit and gives pages of its own size, without a total, is read page by page', async () => {
		const records = spread(100);
		const { ids, api } = await read(records, { fault: (_, { skip }) => success(pageOf(records.slice(skip, skip + 25))) });
		expect(ids).toEqual(idsOf(records));
		expect(api.asked).toEqual(['0+10', '25+1', '50+10', '75+10', '100+10']);
	});

	it('an API that gives only the first 25 rows of whatever is asked is read in ever shorter windows', async () => {
		const records = spread(100);
		const { ids, failure } = await read(records, { fault: (_, { filters }) => success(pageOf(within(records, filters).slice(0, 25))) });
		expect(failure).toBeNull();
		expect(ids.sort()).toEqual(idsOf(records));
	});

	it('an API without a total that goes by the end of a window only gives each record once', async () => {
		const records = spread(100, 100);
		const { ids } = await read(records, { withTotal: false, timesIgnored: 'start' }, { days: 100 });
		expect(ids).toEqual(idsOf(records));
	});

	it('a row that an older window gave does not come out again when a later one lists it too', async () => {
		const records = spread(20, 120);
		const fault = (_: number, { filters, skip, limit }: { filters: { readonly [name: string]: unknown }; skip: number; limit: number }) => {
			const rows = within(records, filters);
			const listed = rows.includes(records[18]) ? [records[1], ...rows] : rows;
			return success(pageOf(listed.slice(skip, skip + limit), listed.length));
		};
		const { ids, failure } = await read(records, { fault }, { days: 120 });
		expect(failure).toBeNull();
		expect(ids).toEqual(idsOf(records));
	});

	it('rows without an id that are alike to the letter come as often as they are listed', async () => {
		const row = (): { start_time: string; caller: string } => ({ start_time: new Date(origin + dayMs).toISOString(), caller: '1' });
		const { records, failure } = await read(spread(5), { row });
		expect(failure).toBeNull();
		expect(records).toHaveLength(5);
	});

	it('rows without an id that differ in anything are read page by page', async () => {
		const { records, failure } = await read(spread(25), { row: ({ id, at }) => ({ start_time: new Date(at).toISOString(), notes: id }) });
		expect(failure).toBeNull();
		expect(records.map(({ notes }) => notes)).toEqual(idsOf(spread(25)));
	});

	it('rows without an id that are alike on two pages are an error, with a total or without', async () => {
		const row = (): { start_time: string } => ({ start_time: new Date(origin + dayMs).toISOString() });
		const records = spread(5).map(({ id }) => ({ id, at: origin + dayMs }));
		for (const withTotal of [true, false]) {
			const { failure } = await read(records, { row, withTotal }, { pageSize: 3 });
			expect(failure).toMatchObject({ kind: 'skipIgnored', expected: withTotal ? 5 : null, received: 3 });
		}
	});

	it('two rows of one id in two parts of a window both come out', async () => {
		const records = [...spread(14), { id: 'r00001', at: origin + 15 * dayMs }];
		const { ids, failure } = await read(records, { skipIgnored: true });
		expect(failure).toBeNull();
		expect(ids.sort()).toEqual(idsOf(records).sort());
	});

	it('two rows of one id on one page both come out', async () => {
		const records = [...spread(4), { id: 'r00001', at: origin + 5 * dayMs }];
		for (const withTotal of [true, false]) {
			const { ids, failure } = await read(records, { withTotal });
			expect(failure).toBeNull();
			expect(ids.sort()).toEqual(idsOf(records).sort());
		}
	});

	it('a page that comes again once in a minute that cannot be halved is asked for again', async () => {
		const records = Array.from({ length: 30 }, (_, n) => ({ id: `r${n}`, at: origin + n }));
		const fault = (n: number) => (n === 2 ? success(pageOf(records.slice(0, 10), 30)) : undefined);
		const { ids, failure } = await read(records, { fault }, { periods: [{ start: origin, end: origin + minuteMs }] });
		expect(failure).toBeNull();
		expect(ids.sort()).toEqual(idsOf(records).sort());
	});

	it('a total that ends at ten, as some databases count, does not end the reading there', async () => {
		const records = spread(60, 60);
		for (const limit of [null, 50]) {
			const { ids } = await read(records, { total: (_, total) => Math.min(total, 10) }, { days: 60, limit });
			expect(ids).toHaveLength(limit ?? 60);
		}
	});

	it('a total that is the number of rows on the page does not end the reading there', async () => {
		const records = spread(60);
		const { ids, failure } = await read(records, {
			fault: (_, { filters, skip, limit }) => {
				const rows = within(records, filters).slice(skip, skip + limit);
				return success(pageOf(rows, rows.length));
			},
		});
		expect(failure).toBeNull();
		expect(ids.sort()).toEqual(idsOf(records));
	});

	it('a total that counts what is left is read in ever shorter windows', async () => {
		const records = spread(60);
		const { ids, failure } = await read(records, {
			fault: (_, { filters, skip, limit }) => {
				const rows = within(records, filters).slice(skip);
				return success(pageOf(rows.slice(0, limit), rows.length));
			},
		});
		expect(failure).toBeNull();
		expect(ids.sort()).toEqual(idsOf(records));
	});

	it('after a refused page size, a full page is followed by a check for more rows', async () => {
		const records = spread(25);
		const fault = (_: number, { limit }: { limit: number }) => (limit > 10 ? passing(400) : undefined);
		const { ids, api } = await read(records, { fault, total: (_, total) => Math.min(total, 20) });
		expect(api.asked.slice(0, 3)).toEqual(['0+10', '10+10', '20+1']);
		expect(ids.sort()).toEqual(idsOf(records));
	});
});

describe('no answer makes it read for ever', () => {
	it('not a total that is no count of rows', async () => {
		const records = spread(35);
		const { ids, api } = await read(records, { total: () => Number.MAX_SAFE_INTEGER }, { concurrency: 4 });
		expect(ids).toEqual(idsOf(records));
		expect(api.log.length).toBeLessThan(10);
	});

	it('not a total of a thousand million', async () => {
		const { ids, failure, api } = await read(spread(35), { total: () => 1_000_000_000 }, { concurrency: 4 });
		expect(failure).toBeNull();
		expect(ids).toEqual(idsOf(spread(35)));
		expect(api.log.length).toBeLessThan(500);
	});

	it('not rows that never end', async () => {
		let count = 0;
		const fault = () => {
			count += 1;
			return success([{ _id: `row ${count}` }]);
		};
		const io = { ...new FakeApi([], {}, new VirtualTime(origin)).io(1), fetchPage: async () => await Promise.resolve(fault()) };
		const reading = readReport(queryFor(20), io);
		let step = await reading.next();
		for (; !step.done; step = await reading.next()) expect(count).toBeLessThan(200_000);
		expect(step.value.failure).toMatchObject({ kind: 'skipIgnored' });
	});

	it.each<[string, unknown]>([
		['an empty page under a total', { total: 5, data: [] }],
		['the same row for ever, bare', { _id: 'a' }],
		['the same row for ever', [{ _id: 'a' }, { _id: 'b' }]],
		['the same page under a total', { total: 50, data: [{ _id: 'a' }] }],
		['a row outside the window for ever', { total: 2, data: [{ _id: 'a', start_time: '1999-01-01T00:00:00Z' }] }],
	])('not %s', async (_, body) => {
		const { api, failure } = await read([], { fault: () => success(body) });
		expect(api.log.length).toBeLessThan(200);
		if (failure) expect(['incomplete', 'skipIgnored']).toContain(failure.kind);
	});
});

describe("with 'warn' instead of an error", () => {
	const dense = Array.from({ length: 15 }, (_, n) => ({ id: `x${n}`, at: origin + 2 * dayMs + n }));

	it('everything but the minute that cannot be read comes out, and the gap is that minute', async () => {
		const records = [...spread(100), ...dense];
		const { ids, failure, gaps } = await read(records, { skipIgnored: true }, { onIncomplete: 'warn' });
		expect(failure).toBeNull();
		expect(ids).toEqual(expect.arrayContaining(idsOf(spread(100))));
		expect(ids).toHaveLength(110);
		expect(gaps.length).toBeGreaterThan(0);
		for (const gap of gaps) {
			expect(gap).toMatchObject({ kind: 'skipIgnored', expected: 15, received: 10 });
			// A minute more is asked for on either side.
			const { start, end } = gap.window as { start: number; end: number };
			expect(start).toBeGreaterThanOrEqual(dense[0].at - 3 * minuteMs);
			expect(end).toBeLessThanOrEqual(dense[14].at + 3 * minuteMs);
		}
	});

	it('everything comes out though no total is ever right, without a request for each minute', async () => {
		const records = spread(300, 90);
		for (const error of [5, -1]) {
			const { ids, gaps, api } = await read(records, { total: (_, total) => Math.max(0, total + error) }, { days: 90, onIncomplete: 'warn' });
			expect(ids.sort()).toEqual(idsOf(records));
			// It counts something else where an answer has more rows than it says.
			if (error < 0) expect(gaps).toEqual([]);
			expect(api.log.length).toBeLessThan(1000);
		}
	});

	it('a failure is still a failure', async () => {
		const { failure } = await read(spread(30), { fault: (n) => (n === 2 ? passing(401) : undefined) }, { onIncomplete: 'warn' });
		expect(failure).toMatchObject({ kind: 'status', status: 401, attempts: 1 });
	});
});

describe('just enough requests', () => {
	it('a window of several pages is not held up by the first pages of others', async () => {
		const records = spread(1000, 140);
		const tookMs = async (concurrency: number): Promise<number> => (await read(records, { latencyMs: () => 50 }, { days: 140, concurrency })).tookMs;
		expect(await tookMs(1)).toBeGreaterThanOrEqual(5000);
		expect(await tookMs(4)).toBeLessThan(1700);
		expect(await tookMs(8)).toBeLessThan(1000);
	});

	it.each([4, 8])('nor by the pages of one whose first page comes sooner, %s at once', async (concurrency) => {
		const records = spread(1000, 140);
		for (const every of [3, 7, 30, 1000]) {
			const { tookMs } = await read(records, { latencyMs: (n) => (n % every === 1 ? 65 : 50) }, { days: 140, concurrency });
			expect(tookMs).toBeLessThan((110 / concurrency) * 65 + 100);
		}
	});

	it('nor by the page of another one while the consumer is busy, one request at a time', async () => {
		const api = new FakeApi(spread(400, 50), { latencyMs: () => 100 }, new VirtualTime(origin + 50 * dayMs));
		const reading = readReport(queryFor(50), api.io(1));
		const startedAt = api.time.now();
		await api.time.run(
			(async () => {
				while (!(await reading.next()).done) await api.time.sleep(100);
			})(),
		);
		expect(api.time.now() - startedAt).toBeLessThanOrEqual(49 * 100);
	});

	it('windows of one page each are read side by side', async () => {
		const { tookMs, api } = await read(spread(100, 400), { latencyMs: () => 50 }, { days: 400, concurrency: 4 });
		expect(api.log).toHaveLength(14 + 2);
		expect(tookMs).toBeLessThanOrEqual(6 * 50);
	});

	it('windows of two pages each are read side by side', async () => {
		const { tookMs, api } = await read(spread(200, 400), { latencyMs: () => 50 }, { days: 400, concurrency: 4 });
		expect(api.log).toHaveLength(28);
		expect(tookMs).toBeLessThanOrEqual(8 * 50);
	});

	it.each([
		['at all hours', () => 1],
		['in office hours', (hour: number, day: number) => (hour >= 8 && hour < 18 ? 1 : 0.05) * (day % 6 === 0 ? 0.15 : 1)],
	])('calls %s take at most 12 % more than their pages, two for each window, and two', async (_, busyness) => {
		for (const days of [28, 300]) {
			for (const count of [300, 1000, 3000]) {
				const { ids, api, statistics } = await read(callsOf(count, days, busyness), { latencyMs: () => 50, row: ended }, { days, concurrency: 4 });
				expect(ids).toHaveLength(count);
				expect(api.log.length).toBeLessThanOrEqual((1.12 * count) / 10 + 2 * statistics.windows + 2);
				expect(Math.max(...api.log.map(({ skip }) => skip))).toBeLessThanOrEqual(90);
			}
		}
	});

	it('a row missing from a cut-off page does not count as proof of a wrong zone', async () => {
		const records = [...Array.from({ length: 8 }, (_, n) => ({ id: n < 7 ? `r${n}` : 'first', at: origin })), { id: 'last', at: origin + dayMs }];
		const behaviour = { withTotal: false, cap: 4, timesIgnored: 'start', order: 'unstable' } as const;
		for (const pageSize of [4, 5, 6]) {
			const { failure, ids } = await read(records, behaviour, { days: 1, pageSize });
			expect(failure?.kind).not.toBe('zone');
			if (!failure) expect(ids.sort()).toEqual(idsOf(records));
		}
	});

	it('an API that ignores times is read once, not once a window', async () => {
		const records = spread(100, 100);
		const { ids, api } = await read(records, { timesIgnored: true }, { days: 100 });
		expect(ids).toEqual(idsOf(records));
		expect(api.log.length).toBeLessThanOrEqual(10 + 3 * 3 + 1);
	});

	it('26,280 hourly windows (three years) take one request each', async () => {
		const periods = Array.from({ length: 26_280 }, (_, n) => ({ start: origin + n * 60 * minuteMs, end: origin + (n + 1) * 60 * minuteMs }));
		const io = { ...new FakeApi([], {}, new VirtualTime(origin)).io(4), fetchPage: async () => await Promise.resolve(success({ total: 0, data: [] })) };
		const reading = readReport({ ...queryFor(20), periods }, io);
		expect((await reading.next()).done).toBe(true);
		expect(io.statistics).toMatchObject({ windows: 26_280, requests: 26_280 });
	});
});

describe('a report of totals', () => {
	const periods = [0, 1].map((month) => ({ start: origin + month * 28 * dayMs, end: origin + (month + 1) * 28 * dayMs }));
	const agents = ['a', 'b', 'c'].map((_id) => ({ _id, user: _id }));
	const page = (skip: number, limit: number, total = agents.length): Outcome<unknown> => success({ total, data: agents.slice(skip, skip + limit) });

	it('gives a row for each agent and period', async () => {
		const { ids, statistics } = await read([], { fault: (_, { skip, limit }) => page(skip, limit) }, { report: productivity, periods, concurrency: 4 });
		expect(ids).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
		expect(statistics).toMatchObject({ windows: 2, requests: 3, duplicates: 0 });
	});

	it('that ignores skip is an error, after it was read once more', async () => {
		const { failure, api } = await read([], { fault: () => page(0, 2) }, { report: productivity, periods: periods.slice(0, 1), pageSize: 2 });
		expect(failure).toMatchObject({ kind: 'skipIgnored', expected: 3, received: 2 });
		expect(api.asked).toEqual(['0+2', '2+2', '0+2', '2+2']);
	});

	it('whose total is wrong is read once more, and then an error', async () => {
		const wrong = (n: number) => page(n % 2 === 1 ? 0 : 3, 10, 4);
		const { failure, api } = await read([], { fault: wrong }, { report: productivity, periods: periods.slice(0, 1) });
		expect(failure).toMatchObject({ kind: 'incomplete', expected: 4, received: 3 });
		expect(api.asked).toEqual(['0+10', '3+10', '0+10', '3+10']);
	});
});

describe('nothing is started', () => {
	it.each<[string, FakeBehaviour]>([
		['', {}],
		[', also while requests wait to be sent again', { fault: (n) => (n > 1 ? passing(503) : undefined) }],
	])('once the consumer has had enough%s', async (_, behaviour) => {
		const api = new FakeApi(spread(100), behaviour, new VirtualTime(origin));
		const reading = readReport(queryFor(20), api.io(4));
		await api.time.run(reading.next());
		await api.time.run(reading.return(undefined as never));
		const sent = api.log.length;
		await api.time.run(api.time.sleep(10_000));
		expect(api.log).toHaveLength(sent);
	});

	it('once Stop is pressed, also while a request waits to be sent again', async () => {
		const controller = new AbortController();
		const fault = (n: number) => {
			if (n === 3) controller.abort();
			return passing(503);
		};
		const { failure, api } = await read(spread(100), { fault }, { concurrency: 2, signal: controller.signal, maxRetries: 50 });
		expect(failure).toEqual({ kind: 'stopped' });
		expect(api.log).toHaveLength(3);
	});

	it('after an error in a later window while an earlier one is read again', async () => {
		const records = spread(40, 40);
		const total = (n: number, true_: number): number => (n <= 8 ? true_ + 1 : true_);
		const { failure, api } = await read(records, { total, fault: (_, { filters }) => (String(filters.start_time) > '2026-01-25' ? passing(403) : undefined) }, { days: 40, concurrency: 3 });
		expect(failure).toMatchObject({ status: 403 });
		const refusedAt = Math.min(...api.log.filter(({ failed }) => failed).map(({ endedAt }) => endedAt as number));
		expect(Math.max(...api.log.map(({ startedAt }) => startedAt))).toBeLessThanOrEqual(refusedAt);
	});

	it('and slots are given back at once when another page has failed', async () => {
		const api = new FakeApi(spread(100), { fault: (n) => (n === 2 ? passing(401) : n > 2 ? { ok: false, failure: { kind: 'status', status: 503, retryAfterMs: 120_000 } } : undefined), latencyMs: (n) => 10 + (n === 2 ? 50 : 0) }, new VirtualTime(origin));
		const io = api.io(4);
		const reading = readReport(queryFor(20), io);
		const startedAt = api.time.now();
		expect(await api.time.run(reading.next())).toMatchObject({ done: true, value: { failure: { status: 401 } } });
		await api.time.run(io.limiter.run(async () => await Promise.resolve()));
		expect(api.time.now() - startedAt).toBeLessThan(1000);
	});
});

describe('filters and limits', () => {
	const records = spread(60).map((record, n) => ({ ...record, type: n % 3 === 0 ? 'team' : 'direct' }));
	const team = idsOf(records.filter(({ type }) => type === 'team'));
	const isTeam = oneOf('type', ['team'], true);

	it.each([
		['sent and honoured', true, false, ['0+9']],
		['sent and ignored', true, true, ['0+9', '9+10']],
		['not sent', false, false, ['0+10', '10+10']],
	])('a limit counts what matches, where a filter is %s', async (_, sent, filtersIgnored, asked) => {
		const query = { conditions: [{ ...isTeam, sent }], sentFilters: sent ? { type: 'team' } : {}, limit: 7 };
		const { ids, api, statistics } = await read(records, { filtersIgnored }, query);
		expect(ids).toEqual(team.slice(0, 7));
		expect(api.asked.slice(0, asked.length)).toEqual(asked);
		expect(statistics.records).toBe(7);
	});

	it('skip leaves out records that match, not rows', async () => {
		const { ids } = await read(records, {}, { conditions: [{ ...isTeam, sent: false }], skip: 5, limit: 10 });
		expect(ids).toEqual(team.slice(5, 15));
	});

	it('a limit counts the items that a record makes', async () => {
		const { ids } = await read(records, {}, { limit: 7, itemsOf: ({ _id }) => (_id === 'r00001' ? 0 : 3) });
		expect(ids).toEqual(['r00000', 'r00001', 'r00002', 'r00003']);
	});
});

/** So many calls by chance, more of them where it is busier. The seed is the count. */
function callsOf(count: number, days: number, busyness: (hour: number, day: number) => number): FakeRecord[] {
	const records: FakeRecord[] = [];
	let seed = count;
	const chance = (): number => {
		seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
		return seed / 2 ** 32;
	};
	while (records.length < count) {
		const at = origin + Math.floor(chance() * days * dayMs);
		const time = new Date(at);
		if (chance() < busyness(time.getUTCHours(), time.getUTCDay())) records.push({ id: `c${records.length}`, at });
	}
	return records.sort((one, other) => one.at - other.at);
}

/** A call of up to half an hour, as long as its time decides. */
function ended({ id, at }: FakeRecord): ReportRecord {
	return { _id: id, start_time: new Date(at).toISOString(), end_time: new Date(at + ((at * 7) % (30 * minuteMs))).toISOString() };
}

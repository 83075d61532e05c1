import { advance, pollReaderFor, type Stretch } from '../../../nodes/Samespace/polling';
import { emptyStatistics, ConcurrencyLimiter, newBehavior, Pace, type Outcome, type PageRequest, type Range, type ReadingIo } from '../../../nodes/Samespace/reading';
import { calls, type ReportRecord } from '../../../nodes/Samespace/reports';
import { call, idsOf, minuteMs, noon, optionsWith, stateAt } from './support';

const query = { report: calls, clusterZone: 'UTC', sentFilters: { type: 'team' }, conditions: [], pageSize: 2, maxRetries: 0 };

function ioThatAnswers(answer: (request: PageRequest) => Outcome<unknown>): { io: ReadingIo; requests: PageRequest[] } {
	const requests: PageRequest[] = [];
	const behavior = newBehavior();
	const io: ReadingIo = {
		fetchPage: async (_report, sent) => {
			const request = sent as PageRequest;
			requests.push(request);
			return await Promise.resolve(answer(request));
		},
		behaviorOf: () => behavior,
		now: () => noon,
		sleep: async () => await Promise.resolve(),
		random: () => 0,
		limiter: new ConcurrencyLimiter(2),
		pace: new Pace(),
		statistics: emptyStatistics(),
	};
	return { io, requests };
}

const pageOf = (records: ReportRecord[], { skip, limit }: PageRequest): Outcome<unknown> => ({
	ok: true,
	value: { total: records.length, data: records.slice(skip, skip + limit).map((record) => ({ ...record })) },
});

const never = (): boolean => false;

/** Reads a stretch, and gives what was visited. */
async function read(io: ReadingIo, range: Range, changes: Partial<typeof query> = {}, isEnough: (until: number) => boolean = never): Promise<{ ids: unknown[]; outcome: Outcome<Stretch> }> {
	const visited = new Map<unknown, ReportRecord>();
	const outcome = await pollReaderFor({ ...query, ...changes }, io).read(range, (record) => void visited.set(record._id, record), isEnough);
	return { ids: idsOf([...visited.values()]), outcome };
}

describe('the reading of a poll', () => {
	const records = ['a', 'b', 'c', 'd', 'e'].map((id, at) => call(id, noon + at * minuteMs));
	const range = { start: noon, end: noon + 10 * minuteMs };

	it('is the reading engine’s: pages, filters and conditions are its own', async () => {
		const { io, requests } = ioThatAnswers((request) => pageOf(records, request));
		const conditions = [{ sent: false, accepts: ({ _id: id }: ReportRecord) => id !== 'c' }] as never;
		const { ids, outcome } = await read(io, range, { conditions });
		expect(ids).toEqual(['a', 'b', 'd', 'e']);
		expect(outcome).toEqual({ ok: true, value: { until: null, newest: noon + 4 * minuteMs, gaps: [], strange: 0 } });
		expect(requests[0].filters).toMatchObject({ start_time: expect.any(String), end_time: expect.any(String), type: 'team' });
	});

	it('tells of the newest row though it does not meet the filters: the clock is measured by it', async () => {
		const { io } = ioThatAnswers((request) => pageOf(records, request));
		const { ids, outcome } = await read(io, range, { conditions: [{ sent: false, accepts: () => false }] as never });
		expect(ids).toEqual([]);
		expect(outcome).toMatchObject({ value: { newest: noon + 4 * minuteMs } });
	});

	it('ends where there is enough, at a boundary up to which all was read', async () => {
		const days = Array.from({ length: 60 }, (_, at) => call(String(at), noon + at * 24 * 60 * minuteMs));
		const { io, requests } = ioThatAnswers((request) => {
			const { start_time: from, end_time: to } = request.filters as { start_time: string; end_time: string };
			return pageOf(days.filter(({ start_time: time }) => String(time) >= from && String(time) <= to), request);
		});
		const asked = { start: noon, end: noon + 70 * 24 * 60 * minuteMs };
		const { ids, outcome } = await read({ ...io, now: () => asked.end }, asked, { pageSize: 50 }, () => true);
		const until = outcome.ok ? (outcome.value.until as number) : 0;
		expect(until).toBeLessThan(asked.end);
		expect(ids).toEqual(idsOf(days.filter(({ start_time: time }) => Date.parse(String(time)) < until)));
		expect(requests.length).toBeLessThan(8);
	});

	it('makes an idle poll one request', async () => {
		const { io, requests } = ioThatAnswers((request) => pageOf([], request));
		const state = await stateAt(noon);
		const outcome = await advance(state, noon + minuteMs, pollReaderFor(query, io), optionsWith());
		expect(outcome.ok).toBe(true);
		expect(requests).toHaveLength(1);
	});

	it('gives back the failure of the engine', async () => {
		const { io } = ioThatAnswers(() => ({ ok: false, failure: { kind: 'status', status: 403 } }));
		expect((await read(io, { start: noon, end: noon })).outcome).toMatchObject({ ok: false, failure: { kind: 'status', status: 403 } });
	});

	it('asks for one larger page where more rows lie at one instant than a page has, in an order that changes', async () => {
		const dense = Array.from({ length: 30 }, (_, at) => call(String(at), noon + minuteMs));
		let asked = 0;
		const { io, requests } = ioThatAnswers((request) => {
			asked += 1;
			return pageOf(dense.map((_, at) => dense[(at * 7 + asked * 11) % dense.length]), request);
		});
		const { ids, outcome } = await read(io, range, { pageSize: 10 });
		expect(outcome).toMatchObject({ ok: true, value: { gaps: [] } });
		expect(ids).toHaveLength(30);
		expect(Math.max(...requests.map(({ limit }) => limit))).toBeGreaterThanOrEqual(30);
	});

	it.each([
		['is refused', { kind: 'status', status: 400, said: 'no' }],
		['takes too long', { kind: 'timeout' }],
		['is too large', { kind: 'tooLarge' }],
		['fails at a gateway', { kind: 'status', status: 504 }],
	] as const)('takes what came in smaller pages where the larger one %s', async (_, failure) => {
		const { io } = ioThatAnswers((request) => {
			if (request.limit > 100) return { ok: false, failure };
			const page = pageOf(records, request);
			return page.ok ? { ok: true, value: { ...(page.value as object), total: records.length + 1 } } : page;
		});
		const { ids, outcome } = await read(io, range, { pageSize: 100 });
		expect(outcome).toMatchObject({ ok: true, value: { gaps: [{ kind: 'incomplete' }] } });
		expect(ids.sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	it.each([{ kind: 'network' }, { kind: 'stopped' }, { kind: 'status', status: 429 }, { kind: 'status', status: 503 }] as const)('fails where the larger page fails in passing (%j): the next poll asks again', async (failure) => {
		const { io } = ioThatAnswers((request) => {
			if (request.limit > 100) return { ok: false, failure };
			return { ok: true, value: { total: 5, data: [] } };
		});
		expect((await read(io, range, { pageSize: 100 })).outcome).toMatchObject({ ok: false, failure });
	});

	it('takes what came where nothing accounts for the total, and tells of the gap', async () => {
		const { io } = ioThatAnswers(() => ({ ok: true, value: { total: 5, data: [] } }));
		const { outcome } = await read(io, { start: noon, end: noon + 1 });
		expect(outcome).toMatchObject({ ok: true, value: { gaps: [{ kind: 'incomplete', expected: 5, received: 0 }] } });
	});

	it('gives the newest few, newest first', async () => {
		const { io } = ioThatAnswers((request) => pageOf(records, request));
		const newest = await pollReaderFor(query, { ...io, now: () => range.end }).newest(range, 2);
		expect(newest.ok && idsOf(newest.value)).toEqual(['e', 'd']);
	});
});

import { failed, oneOf, type Outcome } from '../../../../nodes/Samespace/reading';
import { namesSomethingElse, pageSizesBelow } from '../../../../nodes/Samespace/reading/pages/restrictions';
import { calls, csat, productivity, sessions, type ReportDefinition } from '../../../../nodes/Samespace/reports';
import type { FakeBehaviour, FakeRecord, LoggedPage } from '../../../support/fakeApi';
import { idsOf, read, spread } from '../reading.ts';

const days = 20;
const records = spread(2_345, days);
const refused = (said?: string, status = 400): Outcome<unknown> => failed({ kind: 'status', status, said });

/** What a cluster refuses of a request, if anything. */
type Refusing = (request: Pick<LoggedPage, 'filters' | 'limit' | 'skip'>) => Outcome<unknown> | undefined;

const aLimitAbove = (most: number, said?: string, status = 400): Refusing => ({ limit }) => (limit !== Infinity && limit > most ? refused(said, status) : undefined);
const anyPaging: Refusing = ({ limit }) => (limit === Infinity ? undefined : refused('unknown parameter limit'));
const theFilter = (name: string, said?: string): Refusing => ({ filters }) => (name in filters ? refused(said) : undefined);
const both = (...all: Refusing[]): Refusing => (request) => all.map((one) => one(request)).find((outcome) => outcome !== undefined);

async function readFrom(refusing: Refusing, { report = calls, filter, behaviour = {}, concurrency = 1 }: { report?: ReportDefinition; filter?: string; behaviour?: FakeBehaviour; concurrency?: number } = {}) {
	const typed: FakeRecord[] = records.map((record, n) => ({ ...record, type: n % 2 === 0 ? 'team' : 'direct' }));
	const asked = {
		report,
		days,
		pageSize: 1000,
		concurrency,
		...(filter ? { sentFilters: { [filter]: 'team' }, conditions: [{ ...oneOf('type', ['team'], true), filter }] } : {}),
	};
	const run = await read(typed, { fault: (_, request) => refusing(request), ...behaviour }, asked);
	const wanted = filter ? typed.filter(({ type }) => type === 'team') : typed;
	return { ...run, wanted: idsOf(wanted) };
}

describe('the first run succeeds against a cluster that refuses', () => {
	it.each<[string, Refusing, number]>([
		['a limit above 500', aLimitAbove(500), 500],
		['a limit above 100', aLimitAbove(100, undefined, 422), 100],
		['a limit above 50', aLimitAbove(50, 'Bad Request', 413), 50],
		['a limit above 10', aLimitAbove(10), 10],
		['a limit above 250, and says so', aLimitAbove(250, 'limit must be at most 250'), 250],
	])('%s', async (_, refusing, size) => {
		const { ids, wanted, failure, api } = await readFrom(refusing);
		expect(failure).toBeNull();
		expect(ids).toEqual(wanted);
		const granted = api.log.filter(({ failed: isRefused }) => !isRefused);
		expect(granted.at(-2)?.limit).toBe(size);
		// Few requests find the size, and none is refused afterwards.
		const pages = Math.ceil(records.length / size);
		expect(api.log.length).toBeLessThanOrEqual(1.25 * pages + 10);
		expect(api.log.slice(7).every(({ failed: isRefused }) => !isRefused)).toBe(true);
	});

	it('a limit, with requests beside one another: one learns for all', async () => {
		const { ids, wanted, api } = await readFrom(aLimitAbove(100), { concurrency: 4 });
		expect(ids).toEqual(wanted);
		expect(api.log.filter(({ failed: isRefused }) => isRefused).length).toBeLessThanOrEqual(6);
	});

	it.each([sessions, csat])('paging, where the vendor’s page shows none: $title', async (report) => {
		const { ids, wanted, failure, api } = await readFrom(anyPaging, { report });
		expect(failure).toBeNull();
		expect(ids).toEqual(wanted);
		expect(api.log.length).toBeLessThanOrEqual(9);
	});

	it('times, where the vendor’s page shows none', async () => {
		const { ids, wanted, failure } = await readFrom(theFilter('start_time', 'unexpected field'), { report: sessions, behaviour: { timesIgnored: true } });
		expect(failure).toBeNull();
		expect(ids).toEqual(wanted);
	});

	it('paging and times', async () => {
		const { ids, wanted, failure } = await readFrom(both(anyPaging, theFilter('start_time')), { report: sessions, behaviour: { timesIgnored: true } });
		expect(failure).toBeNull();
		expect(ids).toEqual(wanted);
	});

	it('a filter that the vendor’s page does not show: it is applied here', async () => {
		const { ids, wanted, failure, api } = await readFrom(theFilter('status', 'unknown filter status'), { filter: 'status', behaviour: { filtersIgnored: true } });
		expect(failure).toBeNull();
		expect(ids).toEqual(wanted);
		expect(api.behavior.omitted).toEqual(new Set(['status']));
	});

	it('such a filter and a large limit', async () => {
		const { ids, wanted, failure } = await readFrom(both(theFilter('status'), aLimitAbove(100)), { filter: 'status', behaviour: { filtersIgnored: true } });
		expect(failure).toBeNull();
		expect(ids).toEqual(wanted);
	});
});

describe('a refusal stays an error', () => {
	it.each<[string, Refusing, number]>([
		['in words about something else', () => refused('This account was closed'), 1],
		['of calls whatever is left out', () => refused('invalid request'), 8],
		['of times, which the page shows for calls', theFilter('start_time', 'start_time is invalid'), 8],
	])('%s', async (_, refusing, most) => {
		const { ids, failure, api } = await readFrom(refusing);
		expect(failure).toMatchObject({ kind: 'status', status: 400 });
		expect(ids).toEqual([]);
		expect(api.log.length).toBeLessThanOrEqual(most);
	});

	it('of a filter that is documented, or that cannot be applied here', async () => {
		const { failure } = await readFrom(theFilter('type', 'unknown filter'), { filter: 'type' });
		expect(failure).toMatchObject({ status: 400 });
		const custom = await read(records, { fault: (_, request) => theFilter('depth')(request) }, { days, sentFilters: { depth: 2 } });
		expect(custom.failure).toMatchObject({ status: 400 });
	});

	it('of productivity, whose every filter the page shows', async () => {
		const { failure } = await readFrom(theFilter('direction', 'bad filter'), { report: productivity, filter: 'direction' });
		expect(failure).toMatchObject({ status: 400 });
	});
});

it.each<[string, Outcome<unknown>]>([
	['a fault', failed({ kind: 'network' })],
	['Stop', failed({ kind: 'stopped' })],
	['another refusal', failed({ kind: 'status', status: 401 })],
])('nothing is learnt from a smaller page that ends with %s', async (_, outcome) => {
	const { failure, api } = await readFrom(({ limit }) => (limit === 1000 ? refused() : outcome));
	expect(failure).not.toBeNull();
	expect(api.behavior).toMatchObject({ mostRows: null, isUnpaged: false, omitted: new Set() });
});

describe('an answer that says in an odd way that there is nothing', () => {
	it.each<[string, unknown]>([
		['null', null],
		['an empty object', {}],
		['words', { message: 'No data found' }],
		['a list without the total that others have', { data: [] }],
	])('%s: is asked for once more, and a passing one costs no row', async (_, nothing) => {
		const { ids, wanted, failure, api } = await readFrom(() => undefined, { behaviour: { body: (n, body) => (n === 1 ? nothing : body) } });
		expect({ ids, failure }).toEqual({ ids: wanted, failure: null });
		expect(api.log).toHaveLength(4);
	});

	it.each<[string, unknown]>([
		['null', null],
		['words', { message: 'No records' }],
	])('%s: is believed the second time', async (_, nothing) => {
		const { ids, failure, api } = await readFrom(() => undefined, { behaviour: { body: () => nothing } });
		expect({ ids, failure }).toEqual({ ids: [], failure: null });
		expect(api.log).toHaveLength(2);
	});

	it('and so is a 404 that says so; another one is an error', async () => {
		const saying = (said: string) => async () => await read([], { fault: () => failed({ kind: 'status', status: 404, said }) }, { days });
		expect((await saying('No data found')()).failure).toBeNull();
		expect((await saying('Cannot POST /x')()).failure).toMatchObject({ status: 404 });
	});
});

it.each([
	[1000, undefined, [100, 500, 50, 10, 5]],
	[5000, undefined, [1000, 100, 500, 50, 10, 5]],
	[1000, 'limit should not exceed 200', [200, 100, 500, 50, 10, 5]],
	[8, undefined, [5]],
])('below a limit of %i that was refused with %j are tried %j', (limit, said, sizes) => {
	expect(pageSizesBelow(limit, said)).toEqual(sizes);
});

it.each([
	['limit is too large', false],
	['"status" is not allowed', false],
	['Unprocessable Entity', false],
	[undefined, false],
	['no', true],
	['This account was closed', true],
])('%j is about something else: %s', (said, isElse) => {
	expect(namesSomethingElse(said)).toBe(isElse);
});

import type { CallRecord, ReportName, Switches } from './index.ts';
import { ask, page, pathOf, send } from './testing/client.ts';
import type { PageBody } from './testing/client.ts';
import { idsOf, sharedSimulator } from './testing/sharedSimulator.ts';

const calls = [
	['before', '09:59:40.000', '10:00:00.000'],
	['atStart', '10:00:00.000', '10:01:00.000'],
	['early', '10:00:00.400', '10:02:00.000'],
	['inside', '10:10:00.000', '10:20:00.000'],
	['atEnd', '10:20:00.000', '10:30:00.000'],
	['straddles', '10:20:00.000', '10:30:00.001'],
	['late', '10:29:59.600', '10:29:59.900'],
	['last', '10:30:00.000', '10:30:00.000'],
	['after', '10:30:00.700', '10:31:00.000'],
] as const;
const half = { start: '2026-03-10T10:00:00.000Z', end: '2026-03-10T10:30:00.000Z' };
const at = (clock: string) => `2026-03-10T${clock}Z`;

/** A call at each half of the hour that Berlin has twice on 26 October 2025 (00:00 to 02:00 UTC), and around it. */
const berlinCalls = ['23:30', '00:30', '01:30', '02:30'].map((clock) => ({
	_id: clock,
	start_time: `2025-10-${clock === '23:30' ? '25' : '26'}T${clock}:00.000Z`,
}));

const shared = sharedSimulator({
	now: '2026-03-15T12:00:00.000Z',
	truth: {
		calls: calls.map(([_id, start, end]) => ({ _id, start_time: at(start), end_time: at(end) })),
		sessions: [
			{ _id: 'closed', start_time: at('10:05:00.000'), end_time: at('10:06:00.000') },
			{ _id: 'open', start_time: at('10:05:00.000'), end_time: null },
		],
		csat: berlinCalls,
	},
});

async function idsIn(query = half, report: ReportName = 'calls'): Promise<unknown[]> {
	return idsOf((await page(shared.simulator, report, query)).data);
}

function without(...ids: string[]): string[] {
	return ['atStart', 'early', 'inside', 'atEnd', 'straddles', 'late', 'last'].filter((id) => !ids.includes(id));
}

describe('U20 records that start and end in the range', () => {
	it('count, others do not; the truth is unmoved', async () => {
		expect(await idsIn()).toEqual(without());
		shared.set({ wholeRecordsOnly: true });
		expect(await idsIn()).toEqual(without('straddles'));
		expect(idsOf(shared.simulator.truth.calls(half))).toEqual(without());
	});

	it('with U5: an end on the exclusive end is outside', async () => {
		shared.set({ wholeRecordsOnly: true, endInclusive: false });
		expect(await idsIn()).toEqual(without('atEnd', 'straddles', 'last'));
	});

	it('leaves open logins out, with U23 only once they go on beyond the end', async () => {
		shared.set({ wholeRecordsOnly: ['sessions'] });
		expect(await idsIn(half, 'sessions')).toEqual(['closed']);
		shared.set({ openLogins: true });
		shared.simulator.setNow(at('10:30:00.000'));
		expect(await idsIn(half, 'sessions')).toEqual(['closed', 'open']);
		shared.simulator.setNow(at('10:30:00.001'));
		expect(await idsIn(half, 'sessions')).toEqual(['closed']);
		expect(await idsIn()).toEqual(without());
	});

	it('with U7: says nothing where the times are ignored, and never of productivity', async () => {
		shared.set({ wholeRecordsOnly: true, timeFilterIgnored: ['sessions'] });
		expect(await idsIn(half, 'sessions')).toEqual(['closed', 'open']);
		const productivity = (await page(shared.simulator, 'productivity', half)).data;
		expect(productivity).toEqual(shared.simulator.truth.productivity(half));
	});
});

describe('U27 times compared in whole seconds or minutes', () => {
	const wide = { start: at('10:00:00.600'), end: at('10:29:59.700') };
	it.each<[Partial<Switches>, string[]]>([
		[{}, without('atStart', 'early', 'last')],
		[{ comparedIn: 's' }, without('late', 'last')],
		[{ comparedIn: 's', recordTimesRounded: true }, without('last')],
		[{ comparedIn: 's', rounding: 'round' }, without('atStart', 'early')],
		[{ comparedIn: 's', rounding: 'round', recordTimesRounded: true }, without('atStart', 'early')],
		[{ comparedIn: 'minute' }, without('late', 'last')],
		[{ comparedIn: 'minute', recordTimesRounded: true }, without('last')],
		[{ comparedIn: 'minute', rounding: 'round' }, without()],
		[{ comparedIn: 'minute', rounding: 'round', recordTimesRounded: true }, ['before', ...without(), 'after']],
	])('%j', async (switches, ids) => {
		shared.set(switches);
		expect(await idsIn(wide)).toEqual(ids);
	});

	it.each<[boolean, boolean, string[]]>([
		[false, true, without('atStart', 'early')],
		[true, false, without('last')],
		[false, false, without('atStart', 'early', 'last')],
	])('with U5: start inclusive %s, end inclusive %s', async (startInclusive, endInclusive, ids) => {
		shared.set({ comparedIn: 's', recordTimesRounded: true, startInclusive, endInclusive });
		expect(await idsIn()).toEqual(endInclusive ? [...ids, 'after'] : ids);
	});

	it('with U20: ends are compared in the same way', async () => {
		shared.set({ wholeRecordsOnly: true, comparedIn: 's', recordTimesRounded: true });
		expect(await idsIn()).toEqual(without());
	});
});

describe("U21 the cluster's zone is not the credential's", () => {
	it('shifts every row by the same offset', async () => {
		shared.set({ timezone: 'Asia/Kolkata' });
		const evening = { start: '2025-10-26T06:00:00.000Z', end: '2025-10-26T08:00:00.000Z' };
		expect(await idsIn(evening, 'csat')).toEqual(['00:30', '01:30', '02:30']);
	});
});

describe('U28 a repeated hour', () => {
	async function surveys(start: string, end: string): Promise<unknown> {
		const filters = { start_time: `2025-10-26 ${start}:00`, end_time: `2025-10-26 ${end}:00` };
		const { status, json } = await send(shared.simulator, { path: pathOf.csat, body: { filters } });
		return status === 200 ? idsOf((json as PageBody).data) : status;
	}

	it.each<[Switches['repeatedHour'], string, string, unknown]>([
		['first', '02:15', '02:45', ['00:30']],
		['second', '02:15', '02:45', ['01:30']],
		['both', '02:15', '02:45', ['00:30', '01:30']],
		['first', '02:45', '03:45', ['01:30', '02:30']],
		['second', '02:45', '03:45', ['02:30']],
		['both', '02:45', '03:45', ['02:30']],
		['first', '01:15', '02:15', ['23:30']],
		['second', '01:15', '02:15', ['23:30', '00:30']],
		['both', '01:15', '02:15', ['23:30']],
		['first', '01:15', '03:45', ['23:30', '00:30', '01:30', '02:30']],
		['second', '01:15', '03:45', ['23:30', '00:30', '01:30', '02:30']],
		['both', '01:15', '03:45', ['23:30', '00:30', '01:30', '02:30']],
		['both', '02:45', '02:15', 400],
	])('%s: from %s to %s', async (repeatedHour, start, end, expected) => {
		shared.set({ timezone: 'Europe/Berlin', repeatedHour });
		expect(await surveys(start, end)).toEqual(expected);
		expect(idsOf(shared.simulator.truth.csat())).toEqual(berlinCalls.map(({ _id }) => _id));
	});

	it('with U27: what the clocks show is compared in whole minutes, too', async () => {
		shared.set({ timezone: 'Europe/Berlin', repeatedHour: 'both', comparedIn: 'minute', recordTimesRounded: true });
		expect(await surveys('02:30', '02:30')).toEqual(['00:30', '01:30']);
	});

	it.each<[Switches['repeatedHour'], number]>([
		['first', 1],
		['second', 2],
		['both', 3],
	])('%s: the hour of productivity is that of the texts', async (repeatedHour, talks) => {
		const { simulator } = shared;
		shared.set({ timezone: 'Europe/Berlin', repeatedHour });
		const added = ['00:30', '01:20', '01:40'].map((clock) => hourCall(clock));
		const hour = { start: '2025-10-26T02:00:00.000Z', end: '2025-10-26T02:59:59.000Z' };
		const answer = await ask(simulator, 'productivity', hour);
		expect(answer.json).toMatchObject({ data: [{ outbound_conversations: talks }] });
		for (const { _id } of added) simulator.removeCall(_id);
	});

	function hourCall(clock: string): CallRecord {
		return shared.simulator.addCall({ start_time: `2025-10-26T${clock}:00.000Z`, direction: 'out' });
	}
});

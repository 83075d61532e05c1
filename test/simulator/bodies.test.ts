import type { Envelope, NothingBody, ReportName, Switches } from './index.ts';
import { ask, page } from './testing/client.ts';
import { sharedSimulator } from './testing/sharedSimulator.ts';

const shared = sharedSimulator({ now: '2026-03-15T12:00:00.000Z', days: 60 });
const week = { start: '2026-03-01T00:00:00.000Z', end: '2026-03-08T00:00:00.000Z' };
const future = { start: '2027-03-01T00:00:00.000Z', end: '2027-03-02T00:00:00.000Z' };
const noData = '{"message":"No data found"}';

describe("U19 how 'nothing to report' looks", () => {
	it.each<[NothingBody, number, string]>([
		['asPages', 200, '{"total":0,"data":[]}'],
		['totalAndData', 200, '{"total":0,"data":[]}'],
		['array', 200, '[]'],
		['object', 200, '{}'],
		['dataNull', 200, '{"data":null}'],
		['null', 200, 'null'],
		['noContent', 204, ''],
		['emptyBody', 200, ''],
		['message', 200, noData],
		['message404', 404, noData],
	])('%s', async (nothingBody, status, text) => {
		const { simulator } = shared;
		shared.set({ nothingBody });
		for (const report of ['calls', 'sessions', 'productivity', 'csat'] as const) {
			expect(await ask(simulator, report, future)).toMatchObject({ status, text });
			expect((await page(simulator, report, week)).data).toEqual(simulator.truth[report](week));
		}
		const { headers } = await ask(simulator, 'calls', future);
		expect(headers['content-length']).toBe(status === 204 ? undefined : String(text.length));
		expect(simulator.log[0]).toMatchObject({ status, rows: 0, total: 0, walked: 0, finished: true });
	});

	it('may differ from report to report', async () => {
		shared.set({ nothingBody: { calls: 'null', csat: 'message404' } });
		const texts = [];
		for (const report of ['calls', 'csat', 'sessions'] as const) texts.push((await ask(shared.simulator, report, future)).text);
		expect(texts).toEqual(['null', noData, '{"total":0,"data":[]}']);
	});

	it('is for filters that nothing matches, too', async () => {
		shared.set({ nothingBody: 'object' });
		expect((await ask(shared.simulator, 'calls', { ...week, filters: { status: 'none' } })).text).toBe('{}');
	});

	it.each([
		[false, /^\{"total":\d+,"data":\[\]\}$/],
		[true, /^$/],
	])('a page past the last row, with nothingPastEnd %s', async (nothingPastEnd, text) => {
		shared.set({ nothingBody: 'noContent', nothingPastEnd });
		expect((await ask(shared.simulator, 'calls', { ...week, skip: 9999 })).text).toMatch(text);
	});

	it.each<[Envelope, NothingBody, string]>([
		['array', 'asPages', '[]'],
		['array', 'totalAndData', '{"total":0,"data":[]}'],
		['dataOnly', 'null', 'null'],
		['oneObject', 'array', '[]'],
	])('with U1: pages as %s, nothing as %s', async (envelope, nothingBody, text) => {
		shared.set({ envelope, nothingBody });
		expect((await ask(shared.simulator, 'calls', future)).text).toBe(text);
	});
});

describe('U22 durations and numbers as text', () => {
	const start_time = '2026-03-03T10:00:00.000Z';
	const around = { start: start_time, end: start_time };

	it.each<[Partial<Switches>, unknown, unknown, unknown]>([
		[{}, 89, 4.5, 1455],
		[{ durations: 'text' }, '89', 4.5, 1455],
		[{ durations: 'clock' }, '00:01:29', 4.5, 1455],
		[{ numbersAsText: true }, '89', '4.5', '1455'],
		[{ numbersAsText: true, durations: 'clock' }, '00:01:29', '4.5', '1455'],
	])('%j', async (switches, duration, mos, domain_id) => {
		const { simulator } = shared;
		shared.set(switches);
		const call = simulator.addCall({ start_time, duration: 89, mos: 4.5, domain_id: 1455, custom_data: { score: 7 } });
		const row = (await page(simulator, 'calls', around)).data.find(({ _id }) => _id === call._id);
		expect(row).toMatchObject({ duration, mos, domain_id, start_time, custom_data: { score: 7 } });
		expect(simulator.truth.calls(around)).toContainEqual(call);
		simulator.removeCall(call._id);
	});

	it.each<[ReportName, string[]]>([
		['calls', ['progress_duration', 'duration', 'conference_duration', 'hold_duration']],
		['sessions', ['session_duration']],
		['productivity', ['session_duration', 'away_time', 'acd', 'acw', 'asa', 'avg_hold_time', 'avg_ring_duration']],
		['csat', ['duration', 'acw_duration']],
	])('clock writes every duration of %s', async (report, fields) => {
		shared.set({ durations: 'clock' });
		const truth = shared.simulator.truth[report](week) as unknown as Array<Record<string, number>>;
		const { data } = await page(shared.simulator, report, week);
		const seconds = data.map((row) => fields.map((field) => secondsIn(String(row[field]))));
		expect(seconds).toEqual(truth.map((row) => fields.map((field) => Math.round(row[field] ?? Number.NaN))));
	});

	it('text keeps the decimals of means, and hours go beyond 99', async () => {
		const { simulator } = shared;
		shared.set({ durations: 'text' });
		const truth = simulator.truth.productivity(week);
		const { data } = await page(simulator, 'productivity', week);
		expect(data.map(({ acd }) => acd)).toEqual(truth.map(({ acd }) => String(acd)));
		expect(data.map(({ inbound_conversations }) => inbound_conversations)).toEqual(
			truth.map(({ inbound_conversations }) => inbound_conversations),
		);
		shared.set({ durations: 'clock' });
		const call = simulator.addCall({ start_time, duration: 360_001 });
		expect((await page(simulator, 'calls', around)).data).toMatchObject([{ duration: '100:00:01' }]);
		simulator.removeCall(call._id);
	});

	it('with U14: ids and times are extended JSON, numbers text', async () => {
		shared.set({ numbersAsText: true, extendedJson: 'numberLong' });
		const [session] = shared.simulator.truth.sessions(week);
		expect((await page(shared.simulator, 'sessions', { ...week, limit: 1 })).data[0]).toMatchObject({
			_id: { $oid: session?._id },
			start_time: { $date: { $numberLong: String(Date.parse(session?.start_time ?? '')) } },
			session_duration: String(session?.session_duration),
		});
	});
});

function secondsIn(clock: string): number {
	const [hours = Number.NaN, minutes = Number.NaN, seconds = Number.NaN] = clock.split(':').map(Number);
	return hours * 3600 + minutes * 60 + seconds;
}

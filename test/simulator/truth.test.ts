import { startSimulator } from './index.ts';
import type { ReportName, Simulator, Truth } from './index.ts';
import { page } from './testing/client.ts';
import { vendorCall, vendorCsat, vendorSession } from './dataset/vendorSamples.ts';

const now = '2026-03-15T12:00:00.000Z';
const march = { start: '2026-03-01T00:00:00.000Z', end: '2026-03-15T00:00:00.000Z' };
const reports: ReportName[] = ['calls', 'sessions', 'productivity', 'csat'];

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ now, days: 60 });
});
afterAll(async () => await simulator.close());
afterEach(() => simulator.assertNoViolations());

async function readPaged(report: ReportName, filters = {}): Promise<unknown[]> {
	const rows: unknown[] = [];
	for (;;) {
		const { total, data } = await page(simulator, report, { ...march, filters, limit: 37, skip: rows.length });
		rows.push(...data);
		if (rows.length >= total) return rows;
	}
}

describe('the truth', () => {
	it.each(reports)('is what a plain reading of %s gives', async (report) => {
		const truth = simulator.truth[report](march);
		expect(truth.length).toBeGreaterThan(report === 'productivity' ? 5 : 30);
		expect(await readPaged(report)).toEqual(truth);
	});

	it.each<[ReportName, Record<string, unknown>]>([
		['calls', { status: 'missed' }],
		['calls', { type: 'direct', status: 'answered' }],
		['sessions', { user_display_name: ['李小龍', 'Sarah Taylor'] }],
		['productivity', { direction: ['in'], team_name: [], channel: ['voice', 'chat'], user_display_name: [] }],
		['productivity', { user_display_name: ['김민준'] }],
	])('of %s filtered by %j is what a filtered reading gives', async (report, filters) => {
		const truth = simulator.truth[report]({ ...march, ...filters });
		const everything = simulator.truth[report](march);
		expect(truth.length).toBeGreaterThan(0);
		expect(truth).not.toEqual(everything);
		expect(await readPaged(report, filters)).toEqual(truth);
	});

	it('is oldest first and inclusive at both ends', () => {
		const calls = simulator.truth.calls(march);
		const starts = calls.map(({ start_time }) => start_time);
		expect(starts).toEqual([...starts].sort());
		expect(starts[0]).toBe(march.start);
		expect(starts.at(-1)).toBe(march.end);
	});

	it('has added calls in their place, whether or not another one was removed', async () => {
		const cluster = await startSimulator({ now, days: 60 });
		const before = cluster.truth.calls(march);
		const times = [march.start, before[5].start_time, before[5].start_time, before[20].start_time, march.end];
		const added = times.map((start_time) => cluster.addCall({ start_time }));
		const expected = [...before, ...added].sort((a, b) => Date.parse(a.start_time) - Date.parse(b.start_time));
		expect(cluster.truth.calls(march)).toEqual(expected);
		cluster.removeCall(before[7]._id);
		expect(cluster.truth.calls(march)).toEqual(expected.filter(({ _id }) => _id !== before[7]._id));
		await cluster.close();
	});

	it('does not depend on the switches', () => {
		const before = reports.map((report) => simulator.truth[report](march));
		Object.assign(simulator.switches, {
			startInclusive: false,
			order: 'newestFirst',
			extendedJson: true,
			visibility: true,
		});
		const after = reports.map((report) => simulator.truth[report](march));
		Object.assign(simulator.switches, {
			startInclusive: true,
			order: 'oldestFirst',
			extendedJson: false,
			visibility: false,
		});
		expect(after).toEqual(before);
	});

	it("is the caller's to change", () => {
		simulator.truth.calls(march).forEach((call) => (call.status = 'spoiled'));
		expect(simulator.truth.calls({ ...march, status: 'spoiled' })).toEqual([]);
	});

	it('follows paths into custom_data', () => {
		const [wanted] = simulator.truth.calls(march).filter(({ custom_data }) => 'dial_id' in custom_data);
		const found = simulator.truth.calls({ 'custom_data.dial_id': wanted?.custom_data.dial_id });
		expect(found).toEqual([wanted]);
	});
});

describe('productivity', () => {
	it('counts and averages over answered calls that start in the window', () => {
		const rows = simulator.truth.productivity(march);
		const calls = simulator.truth.calls({ ...march, status: 'answered' });
		const sessions = simulator.truth.sessions(march);
		for (const row of rows) {
			const own = calls.filter(({ user_system_id }) => user_system_id === row._id);
			const inbound = own.filter(({ direction }) => direction === 'in');
			expect(row.inbound_conversations).toBe(inbound.length);
			expect(row.outbound_conversations).toBe(own.length - inbound.length);
			expect(row.acd).toBeCloseTo(mean(own.map(({ duration }) => duration)), 2);
			expect(row.asa).toBeCloseTo(mean(inbound.map(({ progress_duration }) => progress_duration)), 2);
			const logins = sessions.filter(({ user_system_id }) => user_system_id === row._id);
			expect(row.session_duration).toBe(logins.reduce((sum, { session_duration }) => sum + session_duration, 0));
			expect(row.away_time).toBeLessThanOrEqual(row.session_duration / 8);
		}
	});

	it('of a day and the next add up to both', () => {
		const whole = simulator.truth.productivity({ start: '2026-03-01T00:00:00Z', end: '2026-03-02T23:59:59.999Z' });
		const first = simulator.truth.productivity({ start: '2026-03-01T00:00:00Z', end: '2026-03-01T23:59:59.999Z' });
		const second = simulator.truth.productivity({ start: '2026-03-02T00:00:00Z', end: '2026-03-02T23:59:59.999Z' });
		const seconds = (rows: ReturnType<Truth['productivity']>) =>
			rows.reduce((sum, row) => sum + row.session_duration, 0);
		expect(seconds(first) + seconds(second)).toBe(seconds(whole));
		expect(seconds(first)).toBeGreaterThan(0);
	});
});

describe('the dataset', () => {
	it("begins with the records of the vendor's page", () => {
		expect(simulator.truth.calls()[0]).toEqual(vendorCall);
		expect(simulator.truth.sessions()[0]).toEqual(vendorSession);
		expect(simulator.truth.csat()[0]).toEqual(vendorCsat);
	});

	it('is the same for the same seed and another for another', async () => {
		const [same, other] = await Promise.all([
			startSimulator({ now, days: 60 }),
			startSimulator({ now, days: 60, seed: 2 }),
		]);
		for (const report of reports) {
			expect(same.truth[report](march)).toEqual(simulator.truth[report](march));
			expect(other.truth[report](march)).not.toEqual(simulator.truth[report](march));
		}
		await Promise.all([same.close(), other.close()]);
	});

	it('has no id twice, and a survey for answered calls only', () => {
		for (const report of ['calls', 'sessions', 'csat'] as const) {
			const ids = simulator.truth[report]().map(({ _id }) => _id);
			expect(new Set(ids).size).toBe(ids.length);
		}
		const calls = new Map(simulator.truth.calls().map((call) => [call.uuid, call]));
		const surveyed = simulator.truth.csat(march).map(({ _id }) => calls.get(_id)?.status);
		expect(new Set(surveyed)).toEqual(new Set(['answered']));
	});

	it('holds what real data holds: midnights, ties, gaps, odd answers, many scripts', () => {
		const calls = simulator.truth.calls(march);
		const starts = calls.map(({ start_time }) => start_time);
		expect(starts.filter((start) => start.endsWith('T00:00:00.000Z'))).toHaveLength(15);
		expect(new Set(starts).size).toBeLessThan(starts.length);
		expect(new Set(calls.map(({ status }) => status))).toEqual(new Set(['answered', 'missed', 'failed']));
		expect(calls.some((call) => !('mos' in call))).toBe(true);
		expect(calls.some(({ answer_time }) => answer_time === null)).toBe(true);
		expect(calls.some(({ user_system_id }) => user_system_id === '')).toBe(true);
		const answers = simulator.truth.csat().flatMap(({ csat }) => csat);
		expect(answers.some((answer) => !('answer' in answer))).toBe(true);
		expect(answers.some(({ answer }) => answer !== undefined && Number.isNaN(Number(answer)))).toBe(true);
		expect(simulator.truth.csat().some(({ notes }) => /[\n"]/.test(notes))).toBe(true);
	});

	it('of explicit records holds nothing else', async () => {
		const small = await startSimulator({ truth: { calls: [{ start_time: now, status: 'failed' }] } });
		expect(small.truth.calls()).toMatchObject([{ start_time: now, status: 'failed', duration: 0, answer_time: null }]);
		expect(small.truth.sessions()).toEqual([]);
		expect((await page(small, 'calls', { start: now, end: now })).data).toEqual(small.truth.calls());
		await small.close();
	});

	it('of a million calls is read page by page without being made whole', async () => {
		const big = await startSimulator({ now, days: 100, callsPerDay: 10_000 });
		const window = { start: '2026-02-13T12:00:00.000Z', end: now };
		const { total, data } = await page(big, 'calls', { ...window, limit: 1000, skip: 250_000 });
		expect(total).toBe(300_000);
		expect(data).toHaveLength(1000);
		expect((await page(big, 'calls', { ...window, limit: 1, skip: 250_999 })).data[0]).toEqual(data[999]);
		const minute = { start: '2026-02-20T10:00:00.000Z', end: '2026-02-20T10:30:00.000Z' };
		expect((await page(big, 'calls', minute)).data).toEqual(big.truth.calls(minute));
		await big.close();
	});
});

function mean(values: number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

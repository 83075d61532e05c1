import { startSimulator } from './index.ts';
import type { Arrivals, OpenLogins, ReportName, SessionRecord } from './index.ts';
import { page } from './testing/client.ts';
import { idsOf, sharedSimulator } from './testing/sharedSimulator.ts';

const now = '2026-03-15T12:00:00.000Z';
const shared = sharedSimulator({ now, days: 20 });
const today = { start: '2026-03-15T00:00:00.000Z', end: '2026-03-15T23:59:59.999Z' };

describe('U23 open logins', () => {
	const login = { start_time: '2026-03-15T11:00:00.000Z', end_time: null, session_duration: 0, logout_reason: '' };

	async function listed(id: string): Promise<Partial<SessionRecord> | undefined> {
		const found = (await page(shared.simulator, 'sessions', today)).data.filter(({ _id }) => _id === id);
		expect(found.length).toBeLessThan(2);
		return found[0];
	}

	it.each<[OpenLogins, string, string | null, number]>([
		[false, '11:10:30.500', null, 0],
		[true, '11:10:30.500', '11:10:30.500', 630],
		[{ everySeconds: 60 }, '11:00:59.999', '11:00:00.000', 0],
		[{ everySeconds: 60 }, '11:10:30.500', '11:10:00.000', 600],
		[{ everySeconds: 300 }, '11:14:59.999', '11:10:00.000', 600],
	])('%j at %s', async (openLogins, clock, end, session_duration) => {
		const { simulator } = shared;
		const { _id } = simulator.addSession(login);
		shared.set({ openLogins });
		simulator.setNow(`2026-03-15T${clock}Z`);
		expect(await listed(_id)).toMatchObject({
			_id,
			end_time: end && `2026-03-15T${end}Z`,
			session_duration,
			activity: 'login',
		});
		expect(simulator.truth.sessions(today)).toContainEqual(expect.objectContaining({ ...login, _id }));
		simulator.removeSession(_id);
	});

	it('count in productivity with what they have lasted so far', async () => {
		const cluster = await startSimulator({ now, truth: { sessions: [login] }, switches: { openLogins: { everySeconds: 60 } } });
		const durations = [];
		for (const clock of ['11:10:30', '11:20:30']) {
			cluster.setNow(`2026-03-15T${clock}.000Z`);
			durations.push((await page(cluster, 'productivity', today)).data[0]?.session_duration);
		}
		await cluster.close();
		expect(durations).toEqual([600, 1200]);
	});

	it('ends under the same id with its record, with U9 from its start on', async () => {
		const { simulator } = shared;
		const end_time = '2026-03-15T11:30:00.000Z';
		const ending = { ...login, end_time, session_duration: 1800, logout_reason: 'User Logout' };
		const session = simulator.addSession(ending);
		shared.set({ openLogins: { everySeconds: 60 }, visibility: true });
		const ends = [];
		for (const clock of ['10:59:59', '11:00:00', '11:29:59', '11:30:00', '11:45:00']) {
			simulator.setNow(`2026-03-15T${clock}.000Z`);
			const row = await listed(session._id);
			ends.push(row && [row.end_time?.slice(11, 19), row.session_duration, row.logout_reason]);
		}
		expect(ends).toEqual([
			undefined,
			['11:00:00', 0, ''],
			['11:29:00', 1740, ''],
			['11:30:00', 1800, 'User Logout'],
			['11:30:00', 1800, 'User Logout'],
		]);
		simulator.removeSession(session._id);
	});
});

describe('U25 rows that keep coming', () => {
	async function growth(arrivals: Arrivals, report: ReportName, requests: number): Promise<number[]> {
		const { simulator } = shared;
		shared.set({ arrivals });
		const before = simulator.truth.count(report, today);
		const sizes = [];
		for (let i = 0; i < requests; i++) {
			const { total, data } = await page(simulator, report, today);
			expect(data).toEqual(simulator.truth[report](today));
			sizes.push(total - before);
		}
		return sizes;
	}

	it.each<['calls' | 'sessions' | 'csat', number, number[]]>([
		['calls', 1, [1, 2, 3, 4, 5]],
		['sessions', 2, [0, 1, 1, 2, 2]],
		['csat', 3, [0, 0, 1, 1, 1]],
	])('%s, one every %i requests, truth included', async (report, everyRequests, sizes) => {
		expect(await growth({ report, everyRequests }, report, 5)).toEqual(sizes);
	});

	it('counts requests for the report only, those for productivity as for calls', async () => {
		const { simulator } = shared;
		shared.set({ arrivals: { everyRequests: 2 } });
		const before = simulator.truth.count('calls');
		for (const report of ['calls', 'sessions', 'csat', 'productivity'] as const) await page(simulator, report, today);
		expect(simulator.truth.count('calls')).toBe(before + 1);
	});

	it("one for every so many milliseconds of the cluster's clock", async () => {
		const { simulator } = shared;
		expect(await growth({ everyMs: 60_000 }, 'calls', 2)).toEqual([0, 0]);
		const before = simulator.truth.count('calls', today);
		simulator.setNow('2026-03-15T12:02:59.999Z');
		await page(simulator, 'sessions', today);
		expect(simulator.truth.count('calls', today)).toBe(before + 2);
	});

	it.each([
		['UTC', undefined, '2026-03-15T00:00:00.000Z', now],
		['Asia/Kolkata', undefined, '2026-03-14T18:30:00.000Z', now],
		['UTC', { start: '2026-03-10T10:00:00.000Z', end: '2026-03-10T10:05:00.000Z' }, '2026-03-10T10:00:00.000Z', '2026-03-10T10:05:00.000Z'],
	])('into today in %s, or into %j', async (timezone, into, start, end) => {
		const { simulator } = shared;
		const known = new Set(idsOf(simulator.truth.calls()));
		shared.set({ timezone, arrivals: { everyRequests: 1, into } });
		for (let i = 0; i < 20; i++) await page(simulator, 'calls', { ...today, limit: 1 });
		const arrived = simulator.truth.calls().filter(({ _id }) => !known.has(_id));
		expect(arrived).toHaveLength(20);
		expect(new Set(arrived.map(({ start_time }) => start_time)).size).toBe(20);
		for (const { start_time, end_time } of arrived) expect([start, start_time, end_time, end].sort()).toEqual([start, start_time, end_time, end]);
	});

	it('with U9 what has come is listed, with U17 a total that lags misses it', async () => {
		shared.set({ visibility: true, arrivals: { everyRequests: 1 }, totalError: { lagsRequests: 1 } });
		const { total, data } = await page(shared.simulator, 'calls', today);
		expect(data.length - total).toBe(1);
		const next = await page(shared.simulator, 'calls', today);
		expect(next.total).toBe(data.length);
	});

	it('the same seed brings the same rows', async () => {
		const rows = async () => {
			const cluster = await startSimulator({ now, days: 1, switches: { arrivals: { everyRequests: 1 } } });
			const { data } = await page(cluster, 'calls', today);
			await cluster.close();
			return data;
		};
		expect(await rows()).toEqual(await rows());
	});
});

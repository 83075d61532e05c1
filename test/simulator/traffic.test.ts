import { startSimulator } from './index.ts';
import type { Simulator } from './index.ts';
import { latencyOf } from './server/latency.ts';
import { workingTime } from './dataset/traffic.ts';

const dayMs = 86_400_000;
const now = '2026-03-15T00:00:00.000Z';
const days = 14;
const callsPerDay = 1000;

describe('the traffic of a contact centre', () => {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator({ now, days, callsPerDay, traffic: 'contactCentre' });
	});
	afterAll(async () => await simulator.close());

	/** Calls on a day of March 2026 from one hour up to another, UTC. */
	const callsOn = (day: number, from = 0, to = 24): number => {
		const start = Date.UTC(2026, 2, day, from);
		return simulator.truth.count('calls', { start: iso(start), end: iso(start + ((to - from) * dayMs) / 24 - 1) });
	};

	it('has all of the calls in its days', () => {
		const start = iso(Date.parse(now) - days * dayMs);
		expect(simulator.truth.count('calls', { start, end: iso(Date.parse(now) - 1) })).toBe(days * callsPerDay);
	});

	it('has half as many calls at weekends', () => {
		const [saturday, monday] = [callsOn(7), callsOn(9)];
		expect(saturday / monday).toBeCloseTo(0.5, 1);
		expect(callsOn(2)).toBeGreaterThan(callsPerDay);
	});

	it('is quiet at night and busiest in the morning', () => {
		expect(callsOn(9, 0, 5)).toBeLessThan(0.02 * callsOn(9));
		expect(callsOn(9, 10, 11)).toBeGreaterThan(0.1 * callsOn(9));
	});

	it('gives calls in the order of their time', () => {
		const starts = simulator.truth.calls({ start: '2026-03-05T00:00:00.000Z', end: '2026-03-09T23:59:59.999Z' }).map(({ start_time }) => start_time);
		expect(starts.length).toBeGreaterThan(callsPerDay);
		expect(starts).toEqual([...starts].sort());
	});

	it('goes on as the clock does', async () => {
		const live = await startSimulator({ now, days, callsPerDay, traffic: 'contactCentre', live: true });
		const range = { start: '2026-03-16T00:00:00.000Z', end: '2026-03-16T23:59:59.999Z' };
		expect(live.truth.count('calls', range)).toBe(0);
		live.setNow('2026-03-17T00:00:00.000Z');
		const monday = live.truth.count('calls', range);
		await live.close();
		expect(Math.abs(monday - callsOn(9))).toBeLessThanOrEqual(2);
	});
});

it.each(['even', 'contactCentre'] as const)('working time of %s traffic leads back to the real time', (traffic) => {
	const { of, toReal } = workingTime(traffic);
	for (let hour = 0; hour < 24 * 15; hour += 1) {
		const real = Date.parse(now) + hour * 3_600_000 + 1234;
		expect(Math.abs(toReal(of(real)) - real)).toBeLessThan(1);
	}
});

describe('a latency between two bounds', () => {
	const bounds = { fromMs: 30, toMs: 300 };
	const latencies = Array.from({ length: 1000 }, (_, n) => latencyOf(bounds, 1, n + 1));

	it('stays within them and uses all of the room', () => {
		expect(Math.min(...latencies)).toBeGreaterThanOrEqual(30);
		expect(Math.min(...latencies)).toBeLessThan(35);
		expect(Math.max(...latencies)).toBeLessThanOrEqual(300);
		expect(Math.max(...latencies)).toBeGreaterThan(295);
		expect(latencies.reduce((sum, ms) => sum + ms, 0) / latencies.length).toBeCloseTo(165, -1);
	});

	it('is the same for the same request', () => {
		expect(latencyOf(bounds, 1, 7)).toBe(latencies[6]);
		expect(latencyOf(40, 1, 7)).toBe(40);
	});
});

function iso(ms: number): string {
	return new Date(ms).toISOString();
}

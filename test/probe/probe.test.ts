import { startSimulator } from '../simulator/index.ts';
import type { Simulator, SimulatorOptions, Switches } from '../simulator/index.ts';
import type { Probe } from './finding.ts';
import { probes } from './probes/index.ts';
import type { ReportName } from './reports.ts';
import type { Settings } from './settings.ts';
import { bundles, cases, defaultWay } from './testing/cases.ts';
import { valuesToHide } from './testing/hidden.ts';
import { probeCluster } from './testing/probeCluster.ts';
import type { Outcome } from './testing/probeCluster.ts';

const now = '2026-03-15T12:00:00.000Z';
const options: SimulatorOptions = { now, days: 40, seed: 7 };

let simulator: Simulator;
let defaults: Switches;
let plain: Outcome;
/** Every line that any run printed. */
const printed = new Set<string>();

beforeAll(async () => {
	simulator = await startSimulator(options);
	defaults = { ...simulator.switches };
	plain = await run();
});
afterAll(async () => await simulator.close());
afterEach(() => {
	Object.assign(simulator.switches, defaults);
	simulator.faults.clear();
	simulator.hooks.clear();
	simulator.setNow(now);
	simulator.clearLog();
});

type RunOptions = { settings?: Partial<Settings>; cluster?: Simulator; wanted?: readonly Probe[] };

async function run(switches: Partial<Switches> = {}, { settings, cluster = simulator, wanted }: RunOptions = {}): Promise<Outcome> {
	Object.assign(cluster.switches, switches);
	const outcome = await probeCluster(cluster, settings, wanted);
	for (const line of outcome.text.split('\n')) printed.add(line);
	return outcome;
}

function pick(outcome: Outcome, unknown: string, expected: object): Record<string, string> {
	return Object.fromEntries(Object.keys(expected).map((report) => [report, outcome.does(unknown, report as ReportName)]));
}

describe('a cluster with the default switches', () => {
	it.each(defaultWay)('%s', (unknown, expected) => expect(pick(plain, unknown, expected)).toEqual(expected));

	it('is asked less than a hundred times, one request after another', async () => {
		const { sent } = await run();
		expect(sent).toBeLessThan(100);
		expect(simulator.log).toHaveLength(sent);
		expect(simulator.peakConcurrency).toBe(1);
	});
});

describe('each switch is seen', () => {
	it.each(cases)('%s', async (_, switches, unknown, expected) => {
		expect(pick(plain, unknown, expected)).not.toEqual(expected);
		const wanted = probes
			.filter(({ unknowns }) => unknowns.split(', ').includes(unknown))
			.map((probe) => ({ ...probe, reports: probe.reports.filter((report) => report in expected) }));
		expect(pick(await run(switches, { wanted }), unknown, expected)).toEqual(expected);
	});

	it('a total that is low at first', async () => {
		// Another minute is another question, which nobody has asked yet.
		simulator.setNow('2026-03-15T12:34:00.000Z');
		const outcome = await run({ totalError: { lowAtFirst: 1 } });
		expect(outcome.does('U17', 'calls')).toBe('too low at first, then higher for the same question');
	});
});

describe('with several switches at once', () => {
	it.each(bundles().map((switches) => [Object.keys(switches).join(', '), switches]))('prints a table: %s', async (_, switches) => {
		const { text } = await run(switches as Partial<Switches>);
		expect(text.split('\n').length).toBeGreaterThan(30);
	});
});

describe('U6, U21: the zone', () => {
	it.each([
		['Asia/Kolkata', 'UTC', 'another zone than SAMESPACE_TIMEZONE: UTC+05:30 at that time'],
		['America/Caracas', 'Asia/Tokyo', 'another zone than SAMESPACE_TIMEZONE: UTC-04:00 at that time'],
		['Asia/Kolkata', 'Asia/Kolkata', 'the zone in SAMESPACE_TIMEZONE'],
	])('a cluster in %s, asked in %s', async (timezone, entered, expected) => {
		const outcome = await run({ timezone }, { settings: { timezone: entered } });
		expect(pick(outcome, 'U21', { csat: '', productivity: '' })).toEqual({ csat: expected, productivity: expected });
		expect(outcome.does('U5', 'csat')).toBe('start_time inclusive, end_time inclusive');
	});
});

describe('U28: a repeated hour', () => {
	it.each<[Switches['repeatedHour'], string]>([
		['first', 'the first of the two'],
		['second', 'the second of the two'],
		['both', 'both hours'],
	])('means %s', async (repeatedHour, expected) => {
		const timezone = 'Europe/Berlin';
		const autumn = await startSimulator({ ...options, now: '2026-11-10T12:00:00.000Z', timezone });
		autumn.addCsat({ start_time: '2026-10-25T00:20:00.000Z' });
		autumn.addCsat({ start_time: '2026-10-25T01:20:00.000Z' });
		const outcome = await run({ repeatedHour }, { settings: { timezone }, cluster: autumn });
		await autumn.close();
		expect(outcome.does('U28', 'csat')).toBe(expected);
	});
});

describe('what happens on the way', () => {
	it.each<[Switches['openLogins'], string]>([
		[true, 'refreshed as the login goes on'],
		[false, 'empty while the login is open'],
	])('U23: open logins refreshed: %s', async (openLogins, expected) => {
		simulator.hooks.add({ moment: 'after', times: 1000, run: () => simulator.setNow(new Date(simulator.now().getTime() + 1000)) });
		expect((await run({ openLogins, visibility: true })).does('U23', 'sessions')).toBe(expected);
	});

	it('U10: waits as long as Retry-After says, and tells its form', async () => {
		simulator.faults.add({ kind: 'status', status: 429, retryAfter: '1', nth: 3 });
		const started = Date.now();
		const outcome = await run();
		expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
		expect(outcome.does('U10', 'calls')).toBe('HTTP 429, Retry-After in seconds');
		expect(outcome.does('U1', 'calls')).toBe('`{total, data}`');
	});

	it('U24, U26: tells a gateway and an error with HTTP 200 when it meets them', async () => {
		simulator.faults.add({ kind: 'status', status: 520, nth: 4 });
		simulator.faults.add({ kind: 'error200', nth: 6 });
		const outcome = await run();
		expect(outcome.does('U24', 'calls')).toBe('a status of a gateway');
		expect(outcome.does('U26', 'calls')).toBe('happens');
	});

	it('says not seen where there are no records', async () => {
		const empty = await startSimulator({ now, truth: {} });
		const outcome = await run({}, { cluster: empty });
		await empty.close();
		expect(['U1', 'U2', 'U5', 'U13', 'U20', 'U22', 'U27'].map((unknown) => outcome.does(unknown, 'calls'))).toEqual(
			Array(7).fill('not seen'),
		);
		expect(outcome.does('U12', 'calls')).toBe('31 days');
	});
});

// Last: all that was printed above is searched.
describe('what is printed', () => {
	it('holds no value of any record, and not the key', () => {
		const text = [...printed].join('\n');
		expect(printed.size).toBeGreaterThan(100);
		const hidden = valuesToHide(simulator);
		expect(hidden.length).toBeGreaterThan(5000);
		expect(hidden.filter((value) => text.includes(value))).toEqual([]);
	});
});

import { DateTime } from 'luxon';
import type { AxiosInstance } from 'axios';
import type { INode } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/index.ts';
import { idsOf } from '../support/asking.ts';
import { clusterOf, freshInstance, type FreshInstance } from '../support/instance.ts';
import { signIn } from '../support/rest.ts';
import { addCredential, manualStart, samespaceNode, startOverRest } from '../support/restRuns.ts';

const workflows = 10;
const requestsEach = 20;
const pageSize = 20;
const end = DateTime.utc().minus({ days: 2 }).startOf('hour');
const range = { start: end.minus({ days: 8 }).toISO(), end: end.toISO() };

let simulator: Simulator;
let instance: FreshInstance;
let rest: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator({ days: 12, callsPerDay: (requestsEach * pageSize) / 8 });
	instance = await freshInstance({ timezone: 'UTC' }, simulator);
	await instance.start();
	rest = await signIn(instance.url);
}, 180_000);

afterAll(async () => {
	await simulator?.close();
	await instance?.stop();
}, 60_000);

it('ten workflows at once on a cluster that allows 5 requests a second: all finish, none starves, and soon nothing is refused any more', async () => {
	const credentials = await addCredential(rest, clusterOf(simulator));
	const parameters = { resource: 'report', operation: 'getCalls', dateRange: 'custom', startTime: range.start, endTime: range.end, returnAll: true, options: { pageSize } };
	const read: INode = { ...samespaceNode('Read', parameters), credentials };
	simulator.switches.rateLimit = { requests: 5, intervalMs: 1000, retryAfter: 'seconds' };
	simulator.clearLog();
	const started = await Promise.all(Array.from({ length: workflows }, async () => await startOverRest(rest, [manualStart, read])));
	const runs = await Promise.all(started.map(async ({ ended }) => await ended(240_000)));
	for (const run of runs) {
		expect(run.error).toBeUndefined();
		expect(idsOf(run.items('Read') as [])).toEqual(idsOf(simulator.truth.calls(range)));
	}
	const took = runs.map(({ ms }) => ms);
	expect(Math.max(...took)).toBeLessThan(2 * Math.min(...took));
	const { log } = simulator;
	const granted = log.filter(({ status }) => status === 200);
	expect(granted.length).toBeGreaterThanOrEqual(workflows * requestsEach);
	// Neither clock is exact: a request may be late, and meet the next one.
	const later = log.filter(({ startedAt }) => startedAt > log[0].startedAt + 20_000);
	expect(later.length).toBeGreaterThan(50);
	expect(later.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(later.length / 50);
}, 300_000);

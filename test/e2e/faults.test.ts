import type { AxiosInstance } from 'axios';

import { credentialReference, type WorkflowFile } from '../../playground/workflows.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { idsOf } from '../support/asking.ts';
import { clusterOf, freshInstance, type FreshInstance } from '../support/instance.ts';
import { signIn } from '../support/rest.ts';
import { runSaved, saveAll } from '../support/restRuns.ts';

const range = { start: '2026-01-10T00:00:00.000Z', end: '2026-03-10T00:00:00.000Z' };

let simulator: Simulator;
let instance: FreshInstance;
let rest: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator({ now: '2026-03-20T12:00:00Z', days: 90, callsPerDay: 40 });
	instance = await freshInstance({ timezone: 'UTC' }, simulator);
	await instance.start();
	rest = await signIn(instance.url);
	await saveAll(rest, clusterOf(simulator), [reading()]);
}, 180_000);

afterAll(async () => {
	await simulator?.close();
	await instance?.stop();
}, 60_000);

it('faults that pass cost a real n8n nothing but time', async () => {
	simulator.faults.add({ kind: 'status', status: 429, retryAfter: '0', nth: 1 });
	simulator.faults.add({ kind: 'resetMidBody', nth: 3 });
	simulator.faults.add({ kind: 'truncatedJson', nth: 5 });
	simulator.faults.add({ kind: 'html200', nth: 7 });
	simulator.faults.add({ kind: 'status', status: 503, retryAfter: '0', nth: 9 });
	simulator.faults.add({ kind: 'emptyPage', nth: 12 });
	const run = await runSaved(rest, 'faultyReading');
	expect(run.error).toBeUndefined();
	expect(simulator.faults.fired).toBe(6);
	expect(idsOf(run.items('Read') as [])).toEqual(idsOf(simulator.truth.calls(range)));
	simulator.assertNoViolations();
}, 120_000);

it('a fault that stays ends the run with an error that says what to do', async () => {
	simulator.faults.clear();
	simulator.faults.add({ kind: 'status', status: 400, message: 'no such thing', times: 1000 });
	const run = await runSaved(rest, 'faultyReading');
	expect(run.error).toMatchObject({ message: expect.stringContaining('Samespace refused the request: no such thing'), description: expect.stringContaining("Check 'Date Range'") });
}, 120_000);

function reading(): WorkflowFile {
	return {
		id: 'faultyReading',
		name: 'A reading with faults',
		nodes: [
			{ id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{
				id: 'read',
				name: 'Read',
				type: 'n8n-nodes-samespace.samespace',
				typeVersion: 1,
				position: [300, 0],
				credentials: credentialReference,
				parameters: {
					resource: 'report',
					operation: 'getCalls',
					dateRange: 'custom',
					startTime: range.start,
					endTime: range.end,
					output: 'raw',
					returnAll: true,
					options: { pageSize: 200 },
				},
			},
		],
		connections: { Start: { main: [[{ node: 'Read', type: 'main', index: 0 }]] } },
	};
}

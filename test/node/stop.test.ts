/* eslint-disable @n8n/community-nodes/no-restricted-globals -- presses Stop after a while */
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { ask } from '../support/asking.ts';

/** By then a request that was on its way when Stop was pressed has come to the cluster. */
const arrivalMs = 100;
const concurrency = 2;

let cluster: Simulator;
afterEach(async () => await cluster.close());

it.each([
	['a slow reading', undefined],
	['a wait before a retry', { kind: 'status', status: 503, retryAfter: '60', times: 99 } as const],
])('Stop during %s: nothing new is sent, and the run ends at once', async (_, fault) => {
	cluster = await startSimulator({ days: 60, callsPerDay: 100, latencyMs: 100, now: '2026-11-20T00:00:00Z' });
	if (fault) cluster.faults.add(fault);
	let stoppedAt = 0;
	let sent = 0;
	const run = await ask(cluster, 'calls', { start: '2026-10-01T00:00:00Z', end: '2026-11-20T00:00:00Z' }, {
		parameters: { options: { pageSize: 10, concurrency } },
		onStart: (stop) => {
			setTimeout(() => {
				stop();
				stoppedAt = Date.now();
				setTimeout(() => (sent = cluster.log.length), arrivalMs);
			}, 450);
		},
	});
	expect(Date.now() - stoppedAt).toBeLessThan(1000);
	await new Promise((resolve) => setTimeout(resolve, 1000));
	expect(sent).toBeGreaterThan(0);
	expect(cluster.log).toHaveLength(sent);
	// Only those under way were cut off: had one been started since, it would be one more.
	expect(cluster.log.filter(({ finished }) => !finished).length).toBeLessThanOrEqual(concurrency);
	expect(run.status).toBe('canceled');
});

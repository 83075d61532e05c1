import type { IDataObject } from 'n8n-workflow';

import { measuresOf } from '../../nodes/Samespace/output/summary';
import { calls } from '../../nodes/Samespace/reports';
import { startSimulator } from '../simulator/index.ts';
import type { BusyTrigger } from '../support/busyTrigger';
import type { MeasuredRun } from '../support/measuredRun';
import { runScript, startClusterProcess, type ClusterProcess } from '../support/processes.ts';

const millionHeapMb = 256;
const million = { callsPerDay: 10_000, days: 100, now: '2026-11-20T00:00:00Z', inboundAnswered: 0.4 };
const millionCalls = { resource: 'report', operation: 'getCalls', dateRange: 'custom', startTime: '2026-08-12T00:00:00Z', endTime: '2026-11-20T00:00:00Z' };

interface MillionTruth {
	calls: number;
	sums: { [figure: string]: number };
	/** Numbers that nobody has spoken with since they were last missed. */
	owed: number;
}

/** A million calls, a day at a time, from a cluster of the same seed in this process. */
async function truthOfMillion(): Promise<MillionTruth> {
	const twin = await startSimulator({ ...million });
	const sums = { talk_time_total: 0, inbound: 0, inbound_answered: 0, outbound_connected: 0, conference_time_total: 0 };
	const missedAt = new Map<number, string>();
	const answeredAt = new Map<number, string>();
	let calls = 0;
	for (let day = Date.parse(millionCalls.startTime); day <= Date.parse(millionCalls.endTime); day += 86_400_000) {
		const end = Math.min(day + 86_400_000 - 1, Date.parse(millionCalls.endTime));
		for (const call of twin.truth.each('calls', { start: new Date(day), end: new Date(end) })) {
			const isInbound = call.direction === 'in';
			calls += 1;
			if (isInbound) sums.inbound += 1;
			if (call.answer_time !== null) sums.talk_time_total += call.duration;
			if (call.answer_time !== null) sums[isInbound ? 'inbound_answered' : 'outbound_connected'] += 1;
			sums.conference_time_total += call.conference_duration;
			const number = Number(`1${(isInbound ? call.caller : call.callee).slice(-9)}`);
			if (call.answer_time !== null) answeredAt.set(number, call.answer_time);
			else if (isInbound) missedAt.set(number, call.start_time);
		}
	}
	await twin.close();
	const owed = [...missedAt].filter(([number, at]) => at > (answeredAt.get(number) ?? '')).length;
	return { calls, sums, owed };
}

let cluster: ClusterProcess;
afterEach(async () => await cluster.close());

async function measure(parameters: IDataObject, { countLines = false, showsItems = true, sampleEveryMs = 5000, heapMb = millionHeapMb } = {}): Promise<MeasuredRun> {
	const credential = { clusterId: 'acme', apiKey: cluster.apiKey, timezone: 'UTC', baseUrl: cluster.url };
	return (await runScript('measuredRun', { parameters, credential, countLines, showsItems, sampleEveryMs }, heapMb)) as MeasuredRun;
}

it('a recording of 50 MB passes with less than 20 MB more memory', async () => {
	cluster = await startClusterProcess();
	await cluster.post('recording', { path: '/router/api/open-recording-url/long/1', bytes: 50_000_000 });
	const run = await measure({ resource: 'recording', operation: 'download', recordingUrl: '/router/api/open-recording-url/long/1' }, { sampleEveryMs: 150 });
	expect(run.error).toBeUndefined();
	expect(run.bytes).toBe(50_000_000);
	expect(run.extraBytes).toBeLessThan(20_000_000);
}, 240_000);

describe('1,000,000 calls in a Node with 256 MB of heap', () => {
	let truth: MillionTruth;
	beforeAll(async () => {
		truth = await truthOfMillion();
		expect(truth.calls).toBeGreaterThanOrEqual(1_000_000);
	}, 300_000);

	beforeEach(async () => {
		cluster = await startClusterProcess('--calls-per-day', String(million.callsPerDay), '--days', String(million.days), '--now', million.now, '--inbound-answered', String(million.inboundAnswered));
	});

	it('become all figures by agent and hour, whose counts add up to the truth', async () => {
		const run = await measure({ ...millionCalls, output: 'summary', groupBy: ['agent', 'hour'], metrics: measuresOf(calls).map(({ name }) => name) });
		expect(run.error).toBeUndefined();
		for (const [name, sum] of Object.entries({ calls: truth.calls, ...truth.sums })) expect([name, run.json.reduce((total, row) => total + Number(row[name]), 0)]).toEqual([name, sum]);
		expect(run.json.length).toBeGreaterThan(20_000);
	}, 600_000);

	it('become one follow-up for each of 300,000 numbers that wait for a call', async () => {
		expect(truth.owed).toBeGreaterThan(300_000);
		const run = await measure({ ...millionCalls, output: 'followUps', options: { shortAbandonSeconds: 0 } }, { showsItems: false });
		expect(run.error).toBeUndefined();
		expect(run.count).toBe(truth.owed);
	}, 600_000);

	it('become files whose rows are the truth', async () => {
		const run = await measure({ ...millionCalls, returnAs: 'csv' }, { countLines: true });
		expect(run.error).toBeUndefined();
		expect(run.json.reduce((rows, file) => rows + Number(file.rows), 0)).toBe(truth.calls);
		expect(run.json).toHaveLength(Math.ceil(truth.calls / 100_000));
	}, 600_000);
});

it('200,000 calls become a dashboard in a Node with 128 MB of heap', async () => {
	cluster = await startClusterProcess('--calls-per-day', '10000', '--days', '20', '--now', million.now);
	const twentyDays = { ...millionCalls, startTime: '2026-10-31T00:00:00Z' };
	const page = await measure({ ...twentyDays, output: 'dashboard' }, { heapMb: 128 });
	expect(page.error).toBeUndefined();
	expect(String(page.json[0].html)).toContain('Calls by day');
}, 300_000);

it('a busy trigger, polled every five minutes for 24 hours, holds no more memory at the end than after four, and has emitted each call once', async () => {
	cluster = await startClusterProcess('--calls-per-day', '20000', '--days', '3');
	const start = new Date(Date.now() - 26 * 3_600_000).toISOString();
	const credential = { clusterId: 'acme', apiKey: cluster.apiKey, timezone: 'UTC', baseUrl: cluster.url };
	const { emitted, heldBytes, stateLengths } = (await runScript('busyTrigger', { credential, start, hours: 24, pollEveryMinutes: 5 }, millionHeapMb)) as BusyTrigger;
	const end = new Date(Date.parse(start) + 23 * 3_600_000).toISOString();
	const calls = (await cluster.get(`truth?report=calls&start=${start}&end=${end}`)) as Array<{ _id: string; end_time: string }>;
	const ids = calls.filter(({ end_time: ended }) => ended > start && ended < end).map(({ _id }) => _id);
	const times = new Map<string, number>();
	for (const id of emitted) times.set(id, (times.get(id) ?? 0) + 1);
	expect(ids.length).toBeGreaterThan(15_000);
	expect(ids.filter((id) => times.get(id) !== 1)).toEqual([]);
	expect(emitted).toHaveLength(times.size);
	// The least of some hours: an answer that was still on its way to the collector counts once, what is kept counts in each.
	expect(Math.min(...heldBytes.slice(20)) - Math.min(...heldBytes.slice(3, 7))).toBeLessThan(3_000_000);
	expect(Math.max(...stateLengths)).toBeLessThan(200_000);
}, 600_000);

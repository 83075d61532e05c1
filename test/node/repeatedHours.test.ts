import { startSimulator, type Simulator } from '../simulator/index.ts';
import { ask, credentialFor } from '../support/asking.ts';
import type { NodeRun } from '../support/runNode.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let cluster: Simulator;
afterEach(async () => await cluster.close());

/** An agent's calls, one every ten minutes, none of them on a full minute. */
function callsOf(start: number, hours: number): Array<{ start_time: string }> {
	const agent = { user_system_id: 'agent-1', user_display_name: 'Ada', status: 'answered', direction: 'out' };
	return Array.from({ length: hours * 6 }, (_, n) => ({
		_id: `call-${n}`,
		...agent,
		start_time: new Date(start + n * 10 * minuteMs + 5 * minuteMs + 30_500).toISOString(),
		duration: 60,
	}));
}

interface Case {
	clusterZone: string;
	workflowZone: string;
	/** The first instant of the repeated hour. */
	setBackAt: string;
	/** The one row that holds both hours. */
	joined: [start: string, end: string];
}

const cases: Case[] = [
	{ clusterZone: 'Europe/Berlin', workflowZone: 'Europe/Berlin', setBackAt: '2025-10-26T00:00:00Z', joined: ['2025-10-25T23:59:59Z', '2025-10-26T02:00:00Z'] },
	{ clusterZone: 'Europe/Berlin', workflowZone: 'UTC', setBackAt: '2025-10-26T00:00:00Z', joined: ['2025-10-25T23:59:59Z', '2025-10-26T02:00:00Z'] },
	{ clusterZone: 'Europe/Berlin', workflowZone: 'Asia/Kolkata', setBackAt: '2025-10-26T00:00:00Z', joined: ['2025-10-25T23:30:00Z', '2025-10-26T02:30:00Z'] },
	{ clusterZone: 'Australia/Lord_Howe', workflowZone: 'UTC', setBackAt: '2026-04-04T14:30:00Z', joined: ['2026-04-04T14:00:00Z', '2026-04-04T16:00:00Z'] },
	{ clusterZone: 'America/Havana', workflowZone: 'America/Havana', setBackAt: '2025-11-02T04:00:00Z', joined: ['2025-11-02T03:59:59Z', '2025-11-02T06:00:00Z'] },
];

const readings = ['first', 'second', 'both'] as const;

async function runBy(interval: string, { clusterZone, workflowZone, setBackAt }: Case, repeatedHour: (typeof readings)[number], parameters = {}): Promise<{ run: NodeRun; starts: number[] }> {
	const start = Math.floor(Date.parse(setBackAt) / hourMs) * hourMs - 30 * hourMs - (workflowZone === 'Asia/Kolkata' ? hourMs / 2 : 0);
	const calls = callsOf(start, 60);
	cluster = await startSimulator({ now: '2026-11-20T00:00:00Z', truth: { calls, sessions: [], csat: [] }, switches: { timezone: clusterZone, repeatedHour } });
	const range = { start: new Date(start).toISOString(), end: new Date(start + 60 * hourMs).toISOString() };
	const run = await ask(cluster, 'productivity', range, {
		credential: credentialFor(cluster, { timezone: clusterZone }),
		timezone: workflowZone,
		parameters: { interval, ...parameters },
	});
	cluster.assertNoViolations();
	return { run, starts: calls.map((call) => Date.parse(call.start_time)) };
}

function hintsIn({ hints }: NodeRun): string {
	return hints.map(({ message }) => message).join(' ');
}

describe.each(readings)('where the text of a repeated hour stands for: %s', (reading) => {
	it.each(cases)('each hour has its own calls: $clusterZone, in a workflow of $workflowZone', async (one) => {
		const { run, starts } = await runBy('hour', one, reading);
		expect(run.error).toBeUndefined();
		const rows = run.json.map((row) => ({
			start: Date.parse(String(row.period_start)),
			end: Date.parse(String(row.period_end)),
			calls: Number(row.outbound_conversations),
		}));
		for (const { start, end, calls } of rows) {
			expect(calls).toBe(starts.filter((at) => at > start && at < end).length);
			expect(calls).toBeGreaterThan(0);
		}
		rows.slice(1).forEach(({ start }, at) => expect(start).toBe(rows[at].end));
		expect(rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(starts.length);
		const [from, to] = one.joined.map((text) => Date.parse(text));
		expect(rows.filter(({ start, end }) => end - start > hourMs + 1000)).toEqual([expect.objectContaining({ start: from, end: to })]);
		expect(hintsIn(run)).toContain(`${one.clusterZone} were set back`);
	});

	it('each day has its own calls where the repeated hour begins at midnight', async () => {
		const { run, starts } = await runBy('day', cases[4], reading);
		expect(run.json.map((row) => row.period_start)).toEqual([
			...['2025-10-31T18:00:00.000-04:00', '2025-11-01T00:00:00.000-04:00'],
			...['2025-11-01T23:59:59.000-04:00', '2025-11-03T00:00:00.000-05:00'],
		]);
		expect(hintsIn(run)).not.toContain('set back');
		for (const row of run.json) {
			const [start, end] = [row.period_start, row.period_end].map((time) => Date.parse(String(time)));
			expect(row.outbound_conversations).toBe(starts.filter((at) => at > start && at < end).length);
		}
	});

	it('a range that ends in a repeated hour is read to the end of both hours, and the row and a hint say so', async () => {
		const calls = callsOf(Date.parse('2025-10-25T22:00:00Z'), 6);
		cluster = await startSimulator({ now: '2026-11-20T00:00:00Z', truth: { calls, sessions: [], csat: [] }, switches: { timezone: 'Europe/Berlin', repeatedHour: reading } });
		const credential = credentialFor(cluster, { timezone: 'Europe/Berlin' });
		const run = await ask(cluster, 'productivity', { start: '2025-10-25T22:00:00Z', end: '2025-10-26T00:20:00Z' }, { credential });
		expect(run.json).toMatchObject([{ period_start: '2025-10-25T22:00:00.000Z', period_end: '2025-10-26T02:00:00.000Z', outbound_conversations: 24 }]);
		expect(hintsIn(run)).toContain('clocks in Europe/Berlin were set back on 2025-10-26, so the time from 02:00 to 03:00 occurred twice');
	});

	it('windows of a longer range that meet in a repeated hour count each call once', async () => {
		const start = Date.parse('2025-10-06T01:00:00Z');
		const calls = callsOf(start, 24 * 40);
		cluster = await startSimulator({ now: '2026-11-20T00:00:00Z', truth: { calls, sessions: [], csat: [] }, switches: { timezone: 'Europe/Berlin', repeatedHour: reading } });
		const range = { start: new Date(start).toISOString(), end: new Date(start + 40 * 24 * hourMs).toISOString() };
		const run = await ask(cluster, 'productivity', range, { credential: credentialFor(cluster, { timezone: 'Europe/Berlin' }) });
		const asked = cluster.log.map(({ body }) => (body as { filters: { end_time: string } }).filters.end_time);
		expect(asked).toContain('2025-10-26 02:00:00');
		expect(run.json).toMatchObject([{ outbound_conversations: calls.length, merged_periods: 2 }]);
	});

	it.each(['hour', 'day'])('a summary by %s has a group for every row, whatever the zone of the workflow', async (group) => {
		const others = ['Europe/Berlin', 'UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Atlantic/Cape_Verde'].map((workflowZone) => ({ ...cases[0], workflowZone }));
		for (const one of [...others, ...cases.slice(3)]) {
			const { run, starts } = await runBy(group, one, reading, { output: 'summary', groupBy: [group], metrics: ['outbound_conversations'] });
			expect(run.error).toBeUndefined();
			expect(run.json.map((row) => row[group])).not.toContain(null);
			expect(run.json.reduce((sum, row) => sum + Number(row.outbound_conversations), 0)).toBe(starts.length);
			if (group === 'hour' && one === others[0]) expect(run.json).toContainEqual(expect.objectContaining({ hour: '2025-10-26T02:00:00.000+02:00', outbound_conversations: 12 }));
			await cluster.close();
		}
	});
});

it('a day without a repeated hour says nothing of one', async () => {
	const { run } = await runBy('hour', { ...cases[0], setBackAt: '2025-10-16T00:00:00Z' }, 'first');
	expect(run.json).toHaveLength(60);
	expect(hintsIn(run)).not.toContain('set back');
});

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the files that the examples write */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AxiosInstance } from 'axios';
import { DateTime } from 'luxon';
import { parseCsv } from '../../playground/csv.ts';
import { FILES_FOLDER } from '../../playground/environment.ts';
import { readExamples } from '../../playground/workflows.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { deliveries } from '../support/deliveries.ts';
import { clusterOf, freshInstance, zoneAtNoon, type FreshInstance } from '../support/instance.ts';
import { signIn } from '../support/rest.ts';
import { runSaved, saveAll, type RestRun } from '../support/restRuns.ts';

const zone = zoneAtNoon();
const today = DateTime.now().setZone(zone).startOf('day');
/** Those that hand something on are run with a receiver: see deliveries.test.ts. */
const examples = readExamples().filter(({ name }) => !deliveries.includes(name));
const checked = new Set<string>();

let simulator: Simulator;
let instance: FreshInstance;
let rest: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator();
	instance = await freshInstance({ timezone: zone }, simulator);
	await instance.start();
	rest = await signIn(instance.url);
	await saveAll(rest, clusterOf(simulator), examples);
}, 180_000);

afterAll(async () => {
	await simulator?.close();
	await instance?.stop();
}, 60_000);

async function runExample(name: string): Promise<RestRun> {
	const example = examples.find((workflow) => workflow.name === name);
	if (example === undefined) throw new Error(`No example is called '${name}'`);
	checked.add(name);
	const run = await runSaved(rest, example.id);
	expect(run.error).toBeUndefined();
	return run;
}

/** The rows of a CSV file that an example wrote, each as an object of texts. */
function readFile(name: string): Array<{ [column: string]: string }> {
	const [head, ...rows] = parseCsv(readFileSync(join(instance.folder, FILES_FOLDER, name), 'utf8'));
	return rows.map((row) => Object.fromEntries(head.map((column, index) => [column, row[index]])));
}

type CallRecord = ReturnType<typeof simulator.truth.calls>[number];

/** What simplified rows show otherwise: times by the workflow's clock, and whole URLs. */
function asSimplified({ start_time: time, direction, caller, callee, recording_url: url }: CallRecord): object {
	return { start_time: DateTime.fromISO(time).setZone(zone).toISO(), phone_number: direction === 'in' ? caller : callee, recording_url: url ? simulator.url + url : url };
}

function texts(record: object, columns: string[]): { [column: string]: string } {
	const fields = record as { [column: string]: unknown };
	return Object.fromEntries(columns.map((column) => [column, String(fields[column] ?? '')]));
}

type Window = { start: string; end: string };

/** The windows of the productivity report that the cluster was asked for; its zone is UTC. */
function windowsAsked(): Window[] {
	return simulator.log
		// A second question for a window only shows that nothing follows.
		.filter(({ report, body }) => report === 'productivity' && (body as { skip: number }).skip === 0)
		.map(({ body }) => (body as { filters: { start_time: string; end_time: string } }).filters)
		.map((filters) => ({ start: `${filters.start_time}Z`, end: `${filters.end_time}Z` }));
}

/** Sums for each agent. What happened at the very instant where two windows meet is in both. */
function productivityOver(windows: Window[], names: string[]): { [agent: string]: number[] } {
	const totals: { [agent: string]: number[] } = {};
	for (const row of windows.flatMap((window) => simulator.truth.productivity(window))) {
		const values = row as unknown as { [name: string]: number };
		totals[row.user] = names.map((name, index) => (totals[row.user]?.[index] ?? 0) + values[name]);
	}
	return totals;
}

describe('the ready workflows', () => {
	jest.setTimeout(60_000);

	it("writes exactly yesterday's calls to a CSV file", async () => {
		await runExample("Yesterday's calls to a CSV file");
		const yesterday = today.minus({ days: 1 });
		const truth = simulator.truth.calls({ start: yesterday.toISO() ?? '', end: today.minus(1).toISO() ?? '' });
		const rows = readFile(`samespace-calls-${yesterday.toFormat('yyyy-MM-dd')}-part-001.csv`);
		const columns = Object.keys(rows[0]);
		expect(columns).toEqual(expect.arrayContaining(['_id', 'start_time', 'caller', 'user_display_name']));
		expect(rows).toEqual(truth.map((call) => texts({ ...call, ...asSimplified(call) }, columns)));
	});

	it('adds up the hours of each agent', async () => {
		const run = await runExample('Hours of each agent');
		const seconds = new Map<string, number>();
		for (const session of simulator.truth.sessions({ start: today.minus({ days: 29 }).toISO() ?? '' })) {
			const { user_display_name: agent, session_duration: duration } = session;
			seconds.set(agent, (seconds.get(agent) ?? 0) + duration);
		}
		const hours = run.items('Seconds to Hours').map((row) => [row.agent, row.hours]);
		expect(Object.fromEntries(hours)).toEqual(
			Object.fromEntries([...seconds].map(([agent, total]) => [agent, Math.round(total / 36) / 100])),
		);
	});

	it("writes last month's productivity to a CSV file, the busiest agent first", async () => {
		simulator.clearLog();
		await runExample("Last month's productivity");
		const month = today.minus({ months: 1 });
		const rows = readFile(`samespace-productivity-${month.toFormat('yyyy-MM')}.csv`);
		const busiest = rows.map((row) => Number(row.inbound_conversations));
		const sums = ['session_duration', 'away_time', 'inbound_conversations', 'outbound_conversations'];
		const totals = rows.map((row) => [row.user, sums.map((name) => Number(row[name]))] as const);
		expect(Object.fromEntries(totals)).toEqual(productivityOver(windowsAsked(), sums));
		expect(busiest).toEqual([...busiest].sort((a, b) => b - a));
	});

	it('lists every answer of two points or fewer, the newest first', async () => {
		const run = await runExample('Poor ratings');
		const truth = simulator.truth
			.csat({ start: today.minus({ days: 29 }).toISO() ?? '' })
			.flatMap(({ csat }) => csat.filter(({ answer = '' }) => /^\s*\d+\s*$/.test(answer) && Number(answer) <= 2))
			.map(({ uuid, question }) => `${uuid}: ${question.replace(/^SURVEY_ANSWER_\d+:/, '')}`);
		const rows = run.items('Get Poor Ratings');
		const times = rows.map(({ start_time }) => String(start_time));
		expect(rows.map(({ _id, question }) => `${String(_id)}: ${String(question)}`).sort()).toEqual(truth.sort());
		expect(times).toEqual([...times].sort().reverse());
	});

	it('writes a month of calls into files of a thousand rows', async () => {
		await runExample('A month of calls as files');
		const truth = simulator.truth.calls({ start: today.minus({ days: 29 }).toISO() ?? '' });
		const files = readdirSync(join(instance.folder, FILES_FOLDER)).filter((name) => /calls-.*-to-.*-part-/.test(name));
		const rows = files.sort().flatMap(readFile);
		expect(files).toHaveLength(Math.ceil(truth.length / 1000));
		expect(rows.map(({ _id }) => _id)).toEqual(truth.map(({ _id }) => _id));
	});

	it('are each looked at by a test', () => {
		expect([...checked].sort()).toEqual(examples.map(({ name }) => name).sort());
	});
});

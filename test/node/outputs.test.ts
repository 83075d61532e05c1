import { parse } from 'csv-parse/sync';
import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { calls } from '../../nodes/Samespace/reports';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { ask, credentialFor, idsOf, newestFirst, reportNames } from '../support/asking.ts';
import { contentOf, openBinaryStore, withBrokenStore } from '../support/binaryStore.ts';
import { runNode } from '../support/runNode.ts';

const range = { start: '2026-10-01T00:00:00.000Z', end: '2026-11-18T00:00:00.000Z' };
const oddTexts = ['"quoted", and a comma', 'two\r\nlines\nand a third', '😀 naïve Ωμέγα 中文', '=HYPERLINK("http://evil.example","click")', '@SUM(1)', '-2+3', '\tindented', 'x'.repeat(32_768)];

let cluster: Simulator;
let clearStore: () => Promise<void>;
beforeAll(async () => {
	clearStore = await openBinaryStore();
	cluster = await startSimulator({ days: 60, callsPerDay: 40, agents: 6, now: '2026-11-20T12:00:00Z' });
	oddTexts.forEach((text, n) =>
		cluster.addCall({ _id: `odd-${n}`, start_time: '2026-10-10T10:00:00.000Z', team_name: text, custom_data: { note: text } }),
	);
});
afterAll(async () => {
	cluster.assertNoViolations();
	await cluster.close();
	await clearStore();
});

async function filesOf(parameters: IDataObject): Promise<Array<{ name: string; rows: number; content: string }>> {
	const run = await ask(cluster, 'calls', range, { parameters: { returnAs: 'csv', ...parameters } });
	expect(run.error).toBeUndefined();
	return await Promise.all(
		run.items.map(async ({ json, binary }) => {
			const { data } = binary as { data: IBinaryData };
			return { name: String(data.fileName), rows: Number(json.rows), content: (await contentOf(data)).toString('utf8') };
		}),
	);
}

it("a file that n8n can't keep is an error of n8n's storage, not of the node", async () => {
	const { error } = await withBrokenStore(async () => await ask(cluster, 'calls', range, { parameters: { returnAs: 'csv' } }));
	expect(error).toMatchObject({ message: "n8n couldn't store the file", context: { itemIndex: 0 } });
	expect(error?.description).toMatch(/\((ENOTDIR|EEXIST)\)/);
});

it("a spreadsheet's reader reads every CSV file back to the same values", async () => {
	const truth = cluster.truth.calls(range) as unknown as Array<{ [column: string]: unknown }>;
	const files = await filesOf({ rowsPerFile: 500 });
	expect(files.map(({ rows }) => rows)).toEqual([...Array(Math.floor(truth.length / 500)).fill(500), truth.length % 500]);
	const rows = files.flatMap(({ content }) => parse(content, { columns: true }) as Array<{ [column: string]: string }>);
	expect(rows).toHaveLength(truth.length);
	rows.forEach((row, at) => {
		expect(Object.keys(row)).toEqual(calls.columns.map(({ name }) => name));
		for (const { name, type } of calls.columns) expect(row[name]).toBe(cellOf(truth[at][name], type === 'json'));
	});
});

it('NDJSON files hold the records as they are', async () => {
	const files = await filesOf({ returnAs: 'ndjson', rowsPerFile: 700 });
	const records = files.flatMap(({ content }) => content.trimEnd().split('\n').map((line) => JSON.parse(line) as { _id: string }));
	expect(records).toEqual(cluster.truth.calls(range));
	expect(files.map(({ name }) => name)).toEqual(files.map((_, n) => `samespace-calls-2026-10-01-to-2026-11-18-part-00${n + 1}.ndjson`));
});

it('selected fields come with the id first, then in the order in which they were chosen, dotted paths too', async () => {
	const run = await ask(cluster, 'calls', range, { parameters: { output: 'selectedFields', fields: ['caller', 'custom_data.dial_id'] } });
	const truth = newestFirst(cluster.truth.calls(range));
	expect(run.json.map((item) => Object.keys(item))).toEqual(truth.map(() => ['_id', 'caller', 'custom_data.dial_id']));
	expect(run.json.map(({ 'custom_data.dial_id': dialId }) => dialId)).toEqual(truth.map(({ custom_data: data }) => (data as { dial_id?: string }).dial_id ?? null));
});

it.each(reportNames)("each simplified field of %s can be used in an expression, the caller's aside", async (report) => {
	const [item] = (await ask(cluster, report, range, { parameters: { output: 'simplified', returnAll: false, limit: 1 } })).json;
	for (const name of Object.keys(item).filter((field) => field !== 'caller')) {
		// A recording without an address is passed over, so the expression is all that happens.
		const parameters = { resource: 'recording', operation: 'download', recordingUrl: `={{ [$json.${name}, ''][1] }}` };
		const run = await runNode({ parameters, input: [item], credential: credentialFor(cluster) });
		expect({ name, error: run.error?.message, json: run.json }).toEqual({ name, error: undefined, json: [item] });
	}
});

it('a summary by agent and day adds up to the truth', async () => {
	const parameters = { output: 'summary', groupBy: ['agent', 'day'] };
	const run = await ask(cluster, 'calls', range, { parameters, timezone: 'Asia/Kolkata' });
	const truth = cluster.truth.calls(range);
	const counts = new Map<string, number>();
	for (const { user_display_name: agent, start_time: time } of truth) {
		const day = new Date(Date.parse(time) + 5.5 * 3_600_000).toISOString().slice(0, 10);
		counts.set(`${agent}|${day}`, (counts.get(`${agent}|${day}`) ?? 0) + 1);
	}
	expect(new Map(run.json.map(({ agent, day, calls: count }) => [`${String(agent ?? '')}|${String(day)}`, count]))).toEqual(counts);
});

it.each(['hour', 'day', 'week', 'month'])('productivity by %s is one row an agent and period, stamped with it', async (interval) => {
	const start = '2026-10-20T00:00:00.000+02:00';
	const end = '2026-10-27T00:00:00.000+01:00';
	const run = await ask(cluster, 'productivity', { start, end }, { parameters: { interval }, timezone: 'Europe/Berlin' });
	expect(run.error).toBeUndefined();
	const periods = new Set(run.json.map((row) => `${String(row.period_start)} ${String(row.period_end)}`));
	const rows = new Set(run.json.map((row) => `${String(row._id)} ${String(row.period_start)}`));
	expect(rows.size).toBe(run.json.length);
	expect(periods.size).toBe({ hour: 169, day: 7, week: 2, month: 1 }[interval]);
	if (interval === 'day') expect([...periods]).toContain('2026-10-25T00:00:00.000+02:00 2026-10-26T00:00:00.000+01:00');
});

it('a limit on productivity over a long range does not cut windows off', async () => {
	const parameters = { returnAll: false, limit: 2 };
	const [limited, whole] = [await ask(cluster, 'productivity', range, { parameters }), await ask(cluster, 'productivity', range)];
	expect(limited.json).toEqual(whole.json.slice(0, 2));
	expect(whole.json.every(({ merged_periods: merged }) => Number(merged) >= 1)).toBe(true);
	expect(idsOf(whole.json as [])).toEqual(idsOf(cluster.truth.productivity(range)));
});

it('one item per answer: a limit counts answers, and a rating filter selects them', async () => {
	const answers = cluster.truth.csat(range).flatMap(({ csat }) => csat as Array<{ answer?: string }>);
	const all = await ask(cluster, 'csat', range, { parameters: { itemPer: 'answer' } });
	expect(all.json).toHaveLength(answers.length);
	const poor = await ask(cluster, 'csat', range, { parameters: { itemPer: 'answer', filters: { maxRating: 2 } } });
	expect(poor.json).toHaveLength(answers.filter(({ answer }) => answer !== undefined && answer.trim() !== '' && Number(answer) <= 2).length);
	const some = await ask(cluster, 'csat', range, { parameters: { itemPer: 'answer', returnAll: false, limit: 10 } });
	expect(some.json).toEqual(all.json.slice(0, 10));
});

function cellOf(value: unknown, isJson: boolean): string {
	if (value === null || value === undefined) return '';
	if (isJson) return JSON.stringify(value);
	const text = String(value);
	return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- sets n8n's clock, and breaks a state in its database */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { AxiosInstance } from 'axios';

import { HOME_FOLDER } from '../../playground/environment.ts';
import { root } from '../../playground/places.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { Editor } from '../support/editor.ts';
import { clusterOf, freshInstance, type FreshInstance } from '../support/instance.ts';
import { publish, signIn, until } from '../support/rest.ts';
import { addCredential, samespaceNode } from '../support/restRuns.ts';

const hourMs = 3_600_000;
/** n8n polls once a minute; a second poll tells what the first one found. */
const threePollsMs = 300_000;
const fromNow = (ms: number): string => new Date(Date.now() + ms).toISOString();
const trigger = 'Call Completed';

/** What a user is told, in the list of executions and in the node, and on which cluster. */
const notices = [
	{ name: 'restarted', title: 'This trigger started over', words: "The trigger's saved state couldn't be read", cluster: 'quiet' },
	{ name: 'repeated', title: 'This trigger may have emitted some records twice', words: "The trigger's list of emitted records couldn't be read", cluster: 'quiet' },
	{ name: 'clock', title: "The n8n server's clock has jumped", words: 'Nothing was lost', cluster: 'quiet' },
	{ name: 'room', title: 'The look-back contains more records than this trigger can remember', words: "Shorten 'Look Back (Minutes)'", cluster: 'crowded' },
	{ name: 'incomplete', title: 'Not all records could be read', words: 'Those that arrived were emitted', cluster: 'incomplete' },
	{ name: 'strange', title: "Samespace sent rows that aren't records", words: 'skipped; all others were emitted', cluster: 'strange' },
	{ name: 'behind', title: 'clock is behind', words: 'once the clock is right, the next poll continues', cluster: 'ahead' },
] as const;
type Name = (typeof notices)[number]['name'];
const withClockAhead: readonly Name[] = ['restarted', 'repeated', 'clock', 'behind'];

/** What is found in the place of the state instead. */
const broken: { [name in Name]?: (state: { cursor: string }) => unknown } = {
	restarted: () => 'nothing that a trigger saves',
	repeated: ({ cursor }) => ({ version: 2, cursor: fromNow(-hourMs), emitted: cursor }),
};

const clusters = new Map<string, Simulator>();
const workflows = new Map<string, string>();
let clockFolder: string;
let instance: FreshInstance;
let rest: AxiosInstance;
let editor: Editor;

async function addWorkflow(name: Name, cluster: string): Promise<void> {
	const credentials = await addCredential(rest, clusterOf(clusters.get(cluster)!));
	const node = { ...samespaceNode(trigger, { event: 'callCompleted', pollTimes: { item: [{ mode: 'everyMinute' }] } }, 'samespaceTrigger'), credentials };
	const { data } = await rest.post<{ data: { id: string } }>('/workflows', { name, nodes: [node], connections: {}, settings: {}, active: false });
	workflows.set(name, data.data.id);
	expect(await publish(rest, data.data.id)).toContain('"published"');
}

/** The workflows' saved states, by name; with `change`, what it gives is put in their places. */
function states(change?: (name: string, state: { cursor: string }) => unknown): Map<string, unknown> {
	const database = new DatabaseSync(join(instance.folder, HOME_FOLDER, '.n8n', 'database.sqlite'));
	try {
		const rows = database.prepare('SELECT id, name, staticData FROM workflow_entity').all() as Array<{ id: string; name: string; staticData: string | null }>;
		const found = new Map<string, unknown>();
		for (const { id, name, staticData } of rows) {
			const saved = JSON.parse(staticData ?? '{}') as { [node: string]: { poll: { cursor: string } } };
			const state = saved[`node:${trigger}`]?.poll;
			if (state === undefined) continue;
			found.set(name, state);
			const changed = change?.(name, state);
			if (changed !== undefined) database.prepare('UPDATE workflow_entity SET staticData = ? WHERE id = ?').run(JSON.stringify({ [`node:${trigger}`]: { poll: changed } }), id);
		}
		return found;
	} finally {
		database.close();
	}
}

/** The failed executions of a workflow whose text has the title. */
async function told(name: string, title: string): Promise<string[]> {
	const filter = JSON.stringify({ status: ['error'], workflowId: workflows.get(name) });
	const { data } = await rest.get<{ data: { results: Array<{ id: string }> } }>('/executions', { params: { filter } });
	const texts = await Promise.all(data.data.results.map(async ({ id }) => ({ id, text: JSON.stringify((await rest.get(`/executions/${id}`)).data) })));
	return texts.filter(({ text }) => text.includes(title)).map(({ id }) => id);
}

beforeAll(async () => {
	const crowd = Array.from({ length: 26_000 }, (_call, at) => ({ _id: `call-${at}`, start_time: fromNow(-hourMs / 2 - at * 100), end_time: fromNow(-hourMs / 2 - at * 100) }));
	const truths = { quiet: [], crowded: crowd, incomplete: [], strange: [], ahead: [] };
	for (const [name, calls] of Object.entries(truths)) clusters.set(name, await startSimulator({ truth: { calls, sessions: [], csat: [] } as never }));
	for (const simulator of clusters.values()) for (const minutes of [20, 10]) simulator.addCall({ start_time: fromNow(-minutes * 60_000), end_time: fromNow(-minutes * 60_000) });
	clusters.get('ahead')!.addCall({ start_time: fromNow(hourMs), end_time: fromNow(hourMs) });
	clusters.get('incomplete')!.switches.totalError = 'tooHigh';
	clusters.get('strange')!.faults.add({ kind: 'nullRecord', times: 100 });

	clockFolder = await mkdtemp(join(tmpdir(), 'samespace-clock-'));
	const clock = join(clockFolder, 'ahead-ms');
	await writeFile(clock, String(2 * hourMs));
	const variables = { NODE_OPTIONS: `--require ${join(root, 'test', 'support', 'clockAhead.cjs')}`, CLOCK_AHEAD_FILE: clock };
	instance = await freshInstance({ timezone: 'UTC', variables }, ...clusters.values());
	let n8n = await instance.start();
	rest = await signIn(instance.url);
	for (const { name, cluster } of notices) if (withClockAhead.includes(name)) await addWorkflow(name, cluster);
	await until(() => withClockAhead.every((name) => states().has(name)), 'the triggers have a state', threePollsMs, 1000);
	await n8n.stop();
	states((name, state) => broken[name as Name]?.(state));
	await writeFile(clock, '0');
	n8n = await instance.start();
	rest = await signIn(instance.url);
	for (const { name, cluster } of notices) if (!withClockAhead.includes(name)) await addWorkflow(name, cluster);
	editor = await Editor.open(instance.url, 'notices');
	await editor.signIn();
}, 900_000);

afterAll(async () => {
	await editor?.close();
	for (const simulator of clusters.values()) await simulator.close();
	await instance?.stop();
	await rm(clockFolder, { recursive: true });
}, 90_000);

it.each(notices)("'$title' is shown by an execution that failed", async ({ name, title, words }) => {
	await until(async () => (await told(name, title)).length > 0, title, threePollsMs, 1000);
	await editor.openExecution(workflows.get(name)!, (await told(name, title))[0]);
	await editor.picture(name);
	expect(await editor.openExecuted(trigger)).toContain(words);
	await editor.picture(`${name}, opened`);
}, 400_000);

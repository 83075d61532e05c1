/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits, as a person does, to see that nothing more happens */
import type { AxiosInstance } from 'axios';
import type { INode } from 'n8n-workflow';

import { calls } from '../../nodes/Samespace/reports';
import { credentialReference, type WorkflowFile } from '../../playground/workflows.ts';
import type { Simulator } from '../simulator/index.ts';
import type { Editor } from '../support/editor.ts';
import type { NodeView } from '../support/nodeView.ts';
import { signIn, until } from '../support/rest.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
let simulator: Simulator;
let editor: Editor;
let view: NodeView;
let rest: AxiosInstance;

beforeAll(async () => {
	bench = await openWorkbench('working', {
		cluster: { days: 40, callsPerDay: 100, agents: 500 },
		workflows: [reading('formOnly'), reading('slowReading'), polling()],
	});
	({ simulator, editor, view } = bench);
	rest = await signIn(bench.instance.url);
}, 240_000);

afterAll(async () => await bench?.close(), 60_000);

it('the agents are offered, all 500 of them, by search', async () => {
	await editor.openWorkflow('formOnly');
	await editor.openNode('Read');
	await view.add('Add Filter', 'Agent');
	const offered = await view.offered('userDisplayName').finally(async () => await editor.picture('agents'));
	const known = new Set(simulator.truth.sessions({ start: new Date(Date.now() - 6.9 * 86_400_000) }).map(({ user_display_name: name }) => name));
	expect(known.size).toBeGreaterThan(450);
	expect(offered.length).toBeGreaterThanOrEqual(known.size);
	const someone = [...known].sort().at(-7) ?? '';
	expect(await editor.searchMenu(someone.slice(0, 12))).toContain(someone);
	await editor.picture('agents-by-search');
	await editor.closeMenu();
}, 120_000);

it('Selected Fields offers each column', async () => {
	await view.choose('output', 'Selected Fields');
	const offered = await view.offered('fields');
	await editor.picture('selected-fields');
	expect(offered).toHaveLength(calls.columns.length + (calls.derived ?? []).length);
	await editor.closeMenu();
}, 60_000);

it('Stop ends a slow reading within a second, as canceled', async () => {
	await editor.openWorkflow('slowReading');
	simulator.latencyMs = 400;
	simulator.clearLog();
	await editor.runWorkflow();
	await until(() => simulator.log.length > 8, 'the reading is under way');
	await editor.stopWorkflow();
	await new Promise((resolve) => setTimeout(resolve, 1000));
	const sent = simulator.log.length;
	await editor.picture('stopped');
	await new Promise((resolve) => setTimeout(resolve, 3000));
	simulator.latencyMs = 0;
	expect(simulator.log).toHaveLength(sent);
	const { data } = await rest.get<{ data: { results: Array<{ status: string }> } }>('/executions', {
		params: { filter: JSON.stringify({ workflowId: 'slowReading' }) },
	});
	expect(data.data.results[0].status).toBe('canceled');
}, 120_000);

it("'Fetch Test Event' shows the newest calls and changes nothing", async () => {
	await editor.openWorkflow('polledCalls');
	await editor.openNode('Call Completed');
	const [head, ...rows] = await view.execute();
	await editor.picture('fetch-test-event');
	const ended = simulator.truth.calls({ start: new Date(Date.now() - 86_400_000) }).filter(({ start_time: time }) => Date.parse(time) <= Date.now());
	expect(head[0]).toBe('_id');
	expect(rows.map(([id]) => id)).toEqual(ended.slice(-rows.length).map(({ _id }) => _id));
	expect(rows.length).toBeGreaterThan(1);
	const { data } = await rest.get<{ data: { staticData: unknown } }>('/workflows/polledCalls');
	expect(JSON.stringify(data.data.staticData ?? {})).not.toContain('cursor');
	simulator.assertNoViolations();
}, 120_000);

function node(name: string, type: string, parameters: INode['parameters'], x = 0): INode {
	return { id: name, name, type, typeVersion: 1, position: [x, 0], parameters, credentials: type.includes('samespace') ? credentialReference : undefined };
}

function reading(id: string): WorkflowFile {
	const parameters = { resource: 'report', operation: 'getCalls', dateRange: 'last30Days', returnAll: true, options: { pageSize: 10 } };
	return {
		id,
		name: id,
		nodes: [node('Start', 'n8n-nodes-base.manualTrigger', {}), node('Read', 'n8n-nodes-samespace.samespace', parameters, 300)],
		connections: { Start: { main: [[{ node: 'Read', type: 'main', index: 0 }]] } },
	};
}

function polling(): WorkflowFile {
	return {
		id: 'polledCalls',
		name: 'Polled calls',
		nodes: [node('Call Completed', 'n8n-nodes-samespace.samespaceTrigger', { event: 'callCompleted', pollTimes: { item: [{ mode: 'everyMinute' }] } })],
		connections: {},
	};
}

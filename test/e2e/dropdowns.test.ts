import { randomUUID } from 'node:crypto';

import { credentialReference, type WorkflowFile } from '../../playground/workflows.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;

/** Four filters that were filled in, each with its list. */
const filters = { userDisplayName: ['Somebody'], teamName: ['Some Team'], channel: ['voice'], status: ['answered'] };

beforeAll(async () => {
	bench = await openWorkbench('dropdowns', { cluster: { days: 30, callsPerDay: 10_000, agents: 200, latencyMs: 200 }, workflows: [filtered()] });
}, 240_000);

afterAll(async () => await bench?.close(), 60_000);

it('a node with four filters opens with eight requests at most on a cluster of 10,000 calls a day', async () => {
	const { simulator, editor, view } = bench;
	await editor.openWorkflow('filtered');
	simulator.clearLog();
	await editor.openNode('Read');
	const agents = await view.offered('userDisplayName');
	await editor.picture('agents');
	await editor.closeMenu();
	const recent = simulator.truth.calls({ start: new Date(Date.now() - 86_400_000) });
	const known = new Set(recent.map(({ user_display_name: name }) => name));
	expect(agents.filter((name) => known.has(name)).length).toBeGreaterThan(150);
	for (const [parameter, some] of Object.entries({ teamName: 'team_name', channel: 'channel', status: 'status' } as const)) {
		const offered = await view.offered(parameter);
		await editor.closeMenu();
		const values = new Set(recent.map((call) => call[some]));
		expect(offered).toEqual(expect.arrayContaining([...values].filter((value) => value)));
	}
	expect(simulator.log.length).toBeLessThanOrEqual(8);
	expect(simulator.log.length).toBeGreaterThan(1);
	simulator.assertNoViolations();
}, 120_000);

function filtered(): WorkflowFile {
	const parameters = { resource: 'report', operation: 'getCalls', dateRange: 'last7Days', filters };
	const node = { position: [0, 0] as [number, number], parameters, typeVersion: 1, credentials: credentialReference };
	return { id: 'filtered', name: 'Filtered', nodes: [{ ...node, id: randomUUID(), name: 'Read', type: 'n8n-nodes-samespace.samespace' }], connections: {} };
}

import type { Simulator } from '../simulator/index.ts';
import type { Editor } from '../support/editor.ts';
import { zoneAtNoon } from '../support/instance.ts';
import type { NodeView } from '../support/nodeView.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

const filters = {
	calls: ['Agents', 'Channels', 'Custom Filters', 'Directions', 'Statuses', 'Teams', 'Type'],
	sessions: ['Agents', 'Custom Filters'],
	productivity: ['Agents', 'Channels', 'Custom Filters', 'Directions', 'Teams'],
	csat: ['Agents', 'Custom Filters', 'Directions', 'Maximum Rating', 'Minimum Rating', 'Teams'],
};
const wrongKey = 'not-the-key';
const options = ['Concurrency', 'If Incomplete', 'Max Retries', 'Page Size', 'Skip', 'Timeout'];

// One person at one editor: each step goes on where the one before it ended.
describe('the node in the editor', () => {
	let bench: Workbench;
	let simulator: Simulator;
	let editor: Editor;
	let view: NodeView;

	jest.setTimeout(120_000);

	beforeAll(async () => {
		bench = await openWorkbench('first-steps', { timezone: zoneAtNoon(), typedKeys: [wrongKey] });
		({ simulator, editor, view } = bench);
	}, 180_000);

	let stuck = false;
	function step(title: string, work: () => Promise<void>): void {
		it(title, async () => {
			if (stuck) throw new Error('A step before this one failed');
			stuck = true;
			try {
				await work();
				stuck = false;
			} finally {
				await editor.picture(title);
			}
		});
	}

	afterAll(async () => await bench?.close(), 60_000);

	step('is found in the panel, with its icon', async () => {
		expect(await editor.searchNodes('samespace')).toContain('Samespace');
		expect(await editor.iconsLoaded()).toBe(true);
	});

	step('lists each report as an action', async () => {
		await editor.choose('Samespace');
		expect(await editor.actions()).toEqual(
			expect.arrayContaining(['Get calls', 'Get agent sessions', 'Get productivity totals of each agent', 'Get customer satisfaction answers']),
		);
	});

	step('opens with the form of the action that was chosen', async () => {
		await editor.choose('Get calls');
		expect(await view.labels()).toEqual(['Resource', 'Operation', 'Date Range', 'Output', 'Return All', 'Limit', 'Filters', 'Options']);
		expect(await view.operations()).toEqual(['Get Calls', 'Get Sessions', 'Get Productivity', 'Get CSAT']);
	});

	for (const [operation, itsFilters, itsOptions] of [
		['Get Sessions', filters.sessions, [...options, 'Sort'].sort()],
		['Get Productivity', filters.productivity, [...options, 'Interval'].sort()],
		['Get CSAT', filters.csat, [...options, 'Item Per', 'Sort'].sort()],
		['Get Calls', filters.calls, [...options, 'Sort'].sort()],
	] as const) {
		step(`${operation} has its own filters and options`, async () => {
			await view.chooseOperation(operation);
			expect(await view.addable('Add Filter')).toEqual(itsFilters);
			expect(await view.addable('Add Option')).toEqual(itsOptions);
		});
	}

	step('asks for both ends of a custom range', async () => {
		await view.choose('dateRange', 'Custom');
		expect(await view.labels()).toEqual(expect.arrayContaining(['Start Time', 'End Time']));
		await editor.picture('custom-range');
		await view.choose('dateRange', 'Last 7 Days');
		expect(await view.labels()).not.toContain('Start Time');
	});

	step('says plainly that a key is wrong', async () => {
		await view.newCredential();
		await editor.picture('new-credential');
		await view.fillCredential({ clusterId: 'simulator', apiKey: wrongKey, baseUrl: simulator.url });
		await view.saveCredential();
		const problem = await view.credentialProblem();
		expect(problem).toMatch(/key/i);
		expect(problem).toMatch(/Voice/);
		expect(problem).not.toContain(wrongKey);
	});

	step('accepts the right key', async () => {
		await view.fillCredential({ apiKey: simulator.apiKey });
		await view.saveCredential();
		await view.editCredential();
		expect(await view.credentialAccepted()).toContain('Connection tested successfully');
		await editor.picture('credential-accepted');
		await view.closeCredential();
	});

	step('executes, and shows the rows', async () => {
		const [head, ...rows] = await view.execute();
		const known = new Set(simulator.truth.calls().map(({ _id }) => _id));
		expect(head.slice(0, 3)).toEqual(['_id', 'start_time', 'direction']);
		expect(rows.length).toBeGreaterThan(10);
		expect(rows.filter(([id]) => !known.has(id))).toEqual([]);
	});

	step('has asked the cluster nothing that it does not know', async () => {
		simulator.assertNoViolations();
	});
});

import { filters } from '../../nodes/Samespace/parameters/filters';
import { calls, csat, productivity, sessions, type ReportDefinition } from '../../nodes/Samespace/reports';
import type { Simulator } from '../simulator/index.ts';
import type { Editor } from '../support/editor.ts';
import { zoneAtNoon } from '../support/instance.ts';
import type { NodePanel } from '../support/nodePanel.ts';
import type { NodeView } from '../support/nodeView.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

/** The filters of a report, in the order in which docs/reference.md has them, too. */
const filtersOf = (report: ReportDefinition): string[] => filters.filter(({ isOf }) => isOf(report)).flatMap(({ fields }) => fields.map(({ label }) => label));
const options = ['Skip', 'If Incomplete', 'Page Size', 'Concurrency', 'Max Retries', 'Timeout (Seconds)'];
const levels = ['Service Level Threshold (Seconds)', 'Service Level Formula'];
const ranges = ['Today', 'Yesterday', 'Last 24 Hours', 'Last 7 Days', 'Last 30 Days', 'This Week', 'Last Week', 'This Month', 'Last Month', 'Custom'];
const wrongKey = 'not-the-key';

// One person at one editor: each step goes on where the one before it ended.
describe('the node in the editor', () => {
	let bench: Workbench;
	let simulator: Simulator;
	let editor: Editor;
	let panel: NodePanel;
	let view: NodeView;

	jest.setTimeout(120_000);

	beforeAll(async () => {
		bench = await openWorkbench('first-steps', { timezone: zoneAtNoon(), typedKeys: [wrongKey] });
		({ simulator, editor, panel, view } = bench);
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

	step('is found in the panel by what people call it', async () => {
		for (const words of ['phone', 'voip', 'pbx', 'call log', 'survey', 'contact center', 'csat']) {
			expect({ words, found: await panel.search(words, 'Samespace') }).toMatchObject({ found: expect.arrayContaining(['Samespace']) as string[] });
		}
	});

	step('is found by its name, with its icon', async () => {
		expect(await panel.search('samespace')).toContain('Samespace');
		expect(await panel.iconsLoaded()).toBe(true);
	});

	step('lists each report as an action', async () => {
		await panel.choose('Samespace');
		expect(await panel.actions()).toEqual(
			expect.arrayContaining(['Get calls', 'Get agent sessions', 'Get agent productivity', 'Get customer satisfaction ratings', 'Download a recording']),
		);
	});

	step('opens with the form of the action that was chosen', async () => {
		await panel.choose('Get calls');
		expect(await view.labels()).toEqual(['Resource', 'Operation', 'Date Range', 'Output', 'Return As', 'Return All', 'Limit', 'Filters', 'Options']);
		expect(await view.operations()).toEqual(['Get Calls', 'Get Sessions', 'Get Productivity', 'Get CSAT']);
	});

	for (const [operation, itsFilters, itsOptions, itsFields] of [
		['Get Sessions', filtersOf(sessions), ['Sort', ...options], []],
		['Get Productivity', filtersOf(productivity), options, ['Split By']],
		['Get CSAT', filtersOf(csat), ['Sort', ...options], ['Return One Item Per']],
		['Get Calls', filtersOf(calls), ['Sort', ...options], []],
	] as const) {
		step(`${operation} has its own fields, filters and options, in an order that has a meaning`, async () => {
			await view.chooseOperation(operation);
			expect(await view.labels()).toEqual(['Resource', 'Operation', 'Date Range', ...itsFields, 'Output', 'Return As', 'Return All', 'Limit', 'Filters', 'Options']);
			expect(await view.addable('Add Filter')).toEqual(itsFilters);
			expect(await view.addable('Add Option')).toEqual(itsOptions);
		});
	}

	step('offers date ranges from the shortest to the longest', async () => {
		expect(await view.offeredBy('dateRange')).toEqual(ranges);
		expect(await view.offeredBy('output')).toEqual(['Simplified', 'All Fields', 'Selected Fields', 'Summary', 'Follow-Ups', 'Dashboard']);
		expect(await view.offeredBy('returnAs')).toEqual(['Items', 'CSV Files', 'NDJSON Files']);
	});

	step('begins a custom range with the last 7 days, nothing red', async () => {
		await view.choose('dateRange', 'Custom');
		expect(await view.labels()).toEqual(expect.arrayContaining(['Start Time', 'End Time']));
		expect(await view.issues()).toBe(0);
		await editor.picture('custom-range');
		await view.choose('dateRange', 'Last 7 Days');
		expect(await view.labels()).not.toContain('Start Time');
	});

	step('begins selected fields with the simplified ones, nothing red', async () => {
		await view.choose('output', 'Selected Fields');
		expect(await view.chosen('fields')).toEqual(['ID', 'Start Time', 'Direction', 'Status', 'Caller', 'Phone Number', 'Agent', 'Team', 'Duration', 'Recording URL']);
		expect(await view.issues()).toBe(0);
	});

	step('shows of a summary, follow-ups, a dashboard and files only what has an effect there', async () => {
		await view.choose('output', 'Dashboard');
		expect(await view.labels()).toEqual(['Resource', 'Operation', 'Date Range', 'Output', 'Put Output File in Field', 'Filters', 'Options']);
		expect(await view.addable('Add Option')).toEqual([...levels, 'Short Abandon Threshold (Seconds)', ...options.slice(1)]);
		await view.choose('output', 'Follow-Ups');
		expect(await view.labels()).toEqual(['Resource', 'Operation', 'Date Range', 'Output', 'Return As', 'Filters', 'Options']);
		expect(await view.addable('Add Option')).toEqual(['Short Abandon Threshold (Seconds)', 'Minimum Time Since Missed (Hours)', ...options.slice(1)]);
		await view.choose('output', 'Summary');
		expect(await view.labels()).toEqual(['Resource', 'Operation', 'Date Range', 'Output', 'Group By', 'Metrics', 'Return As', 'Filters', 'Options']);
		expect(await view.addable('Add Option')).toEqual([...levels, 'Short Abandon Threshold (Seconds)', ...options.slice(1)]);
		await view.choose('output', 'Simplified');
		await view.choose('returnAs', 'CSV Files');
		expect(await view.labels()).toEqual(['Resource', 'Operation', 'Date Range', 'Output', 'Return As', 'Rows per File', 'Put Output File in Field', 'Filters', 'Options']);
		expect(await view.addable('Add Option')).toEqual(['Escape Formulas', ...options.slice(1)]);
		await view.choose('returnAs', 'Items');
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

	step('offers time zones by their names of today, found by typing', async () => {
		expect(await view.searched('timezone', 'kolk')).toEqual(['Asia/Kolkata']);
		expect(await view.searched('timezone', 'utc')).toContain('UTC');
	});

	step('says in a dropdown that the key is wrong', async () => {
		await view.closeCredential();
		await view.add('Add Filter', 'Agent');
		const problem = await view.listProblem('userDisplayName');
		expect(problem).toContain('Samespace refused the API key');
		expect(problem).not.toContain('[object');
	});

	step('accepts the right key', async () => {
		await view.editCredential();
		await view.fillCredential({ apiKey: simulator.apiKey });
		await view.saveCredential();
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

	step('has nothing more to say of a run that went well', async () => {
		const ofN8nItself = /^Limit of 50 items reached/;
		expect((await view.hints()).filter((hint) => !ofN8nItself.test(hint))).toEqual([]);
	});

	step('has sent only requests that the API contract allows', async () => {
		simulator.assertNoViolations();
	});
});

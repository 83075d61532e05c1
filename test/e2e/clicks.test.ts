import { readExamples } from '../../playground/workflows.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;

jest.setTimeout(120_000);

beforeAll(async () => {
	bench = await openWorkbench('clicks', { cluster: { days: 40 }, workflows: readExamples().slice(0, 1) });
}, 240_000);

afterAll(async () => await bench?.close(), 60_000);

describe('from an empty canvas to rows', () => {
	it.each(['Get calls', 'Get agent sessions', 'Get agent productivity', 'Get customer satisfaction ratings'])('takes five clicks at most: %s', async (action) => {
		const { editor, panel, view } = bench;
		await editor.newWorkflow();
		await editor.countClicks();
		await panel.add('samespace', 'Samespace', action);
		const [, ...rows] = await view.execute();
		expect(rows.length).toBeGreaterThan(3);
		expect(await editor.clicks()).toBeLessThanOrEqual(5);
		await editor.picture(`rows of ${action}`);
	});

	it("takes nine clicks at most to one agent's calls of yesterday", async () => {
		const { editor, panel, view, simulator } = bench;
		const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
		const calls = simulator.truth.calls({ start: `${yesterday}T00:00:00Z`, end: `${yesterday}T23:59:59.999Z` });
		const { user_display_name: agent } = calls.find(({ user_display_name: name }) => name) ?? calls[0];
		await editor.newWorkflow();
		await editor.countClicks();
		await panel.add('samespace', 'Samespace', 'Get calls');
		await view.choose('dateRange', 'Yesterday');
		await view.add('Add Filter', 'Agent');
		await view.offered('userDisplayName');
		await editor.pick(agent);
		const [head, ...rows] = await view.execute();
		expect(await editor.clicks()).toBeLessThanOrEqual(9);
		const wanted = calls.filter(({ user_display_name: name }) => name === agent);
		expect(rows.map(([id]) => id).sort()).toEqual(wanted.map(({ _id }) => _id).sort());
		expect(rows.every((row) => row[head.indexOf('start_time')].startsWith(yesterday))).toBe(true);
		await editor.picture("one agent's calls of yesterday");
	});

	it('a whole day that is picked from the calendar is that whole day', async () => {
		const { editor, panel, view, simulator } = bench;
		await editor.newWorkflow();
		await panel.add('samespace', 'Samespace', 'Get calls');
		await view.choose('dateRange', 'Custom');
		await view.toggleReturnAll();
		const day = new Date();
		day.setUTCDate(day.getUTCDate() - 1);
		const picked = day.toISOString().slice(0, 10);
		await view.pickDay('startTime', picked);
		await view.pickDay('endTime', picked);
		await editor.picture('a day from the calendar');
		await view.execute();
		expect(await view.itemCount()).toBe(simulator.truth.calls({ start: `${picked}T00:00:00Z`, end: `${picked}T23:59:59.999Z` }).length);
	});
});

import type { INode } from 'n8n-workflow';

import { credentialReference, type WorkflowFile } from '../../playground/workflows.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

// What a person sees, for a person to look at: .work/screenshots/pictures, in light and in dark.
const shots: ReadonlyArray<{ title: string; parameters: INode['parameters'] }> = [
	{ title: 'Calls', parameters: { operation: 'getCalls', dateRange: 'yesterday' } },
	{ title: 'Calls of an agent', parameters: { operation: 'getCalls', dateRange: 'last7Days', filters: { userDisplayName: ['Sarah Taylor'], outcome: 'answered' } } },
	{ title: 'Selected fields', parameters: { operation: 'getCalls', dateRange: 'custom', output: 'selectedFields' } },
	{ title: 'Summary of calls', parameters: { operation: 'getCalls', dateRange: 'lastWeek', output: 'summary', groupBy: ['team', 'day'] } },
	{ title: 'CSV files', parameters: { operation: 'getCalls', dateRange: 'last30Days', returnAs: 'csv', rowsPerFile: 5000 } },
	{ title: 'Sessions', parameters: { operation: 'getSessions', dateRange: 'yesterday' } },
	{ title: 'Productivity', parameters: { operation: 'getProductivity', dateRange: 'last7Days', interval: 'day', returnAll: true } },
	{ title: 'Summary of productivity', parameters: { operation: 'getProductivity', dateRange: 'last7Days', output: 'summary', groupBy: ['day'] } },
	{ title: 'CSAT', parameters: { operation: 'getCsat', dateRange: 'last7Days', itemPer: 'answer', filters: { maxRating: 2 } } },
	{ title: 'Nothing found', parameters: { operation: 'getCalls', dateRange: 'yesterday', filters: { phoneNumber: '12345', minDuration: 60 } } },
	{ title: 'Wrong input', parameters: { operation: 'getCalls', dateRange: 'custom', startTime: '2026-03-05T09:00:00', endTime: '2026-03-01T18:00:00' } },
	{ title: 'Calls with a recording', parameters: { operation: 'getCalls', dateRange: 'yesterday', limit: 5, filters: { hasRecording: true } } },
	{ title: 'Recording', parameters: { resource: 'recording', operation: 'download' } },
];

let bench: Workbench;

beforeAll(async () => {
	bench = await openWorkbench('pictures', { cluster: { days: 40 }, timezone: 'Asia/Kolkata', workflows: [gallery()] });
}, 240_000);

afterAll(async () => await bench?.close(), 60_000);

it.each(['light', 'dark'] as const)('each operation, an error, the credential, the trigger and the tool are pictured: %s', async (scheme) => {
	const { editor, view } = bench;
	await editor.setScheme(scheme);
	await editor.openWorkflow('gallery');
	await editor.picture(`canvas ${scheme}`);
	for (const { title } of shots) {
		await editor.openNode(title);
		await view.executeToEnd();
		await editor.picture(`${title} ${scheme}`);
		await editor.closeNode();
	}
	for (const title of ['Call Missed', 'Tool']) {
		await editor.openNode(title);
		if (title === 'Call Missed') await view.executeToEnd();
		await editor.picture(`${title} ${scheme}`);
		await editor.closeNode();
	}
	await editor.openNode('Calls');
	await view.editCredential();
	await editor.picture(`credential ${scheme}`);
	await view.closeCredential();
}, 300_000);

function gallery(): WorkflowFile {
	const own = shots.map(({ title, parameters }, at) => nodeOf(title, 'samespace', [220 * (at % 4), 180 * Math.floor(at / 4)], { resource: 'report', ...parameters }));
	const trigger = nodeOf('Call Missed', 'samespaceTrigger', [-300, 0], { event: 'callMissed', pollTimes: { item: [{ mode: 'everyMinute' }] } });
	const tool = nodeOf('Tool', 'samespaceTool', [-300, 360], { resource: 'report', operation: 'getCalls', dateRange: 'custom', output: 'summary' });
	const start: INode = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [-300, 180], parameters: {} };
	const to = (node: string): { main: Array<Array<{ node: string; type: 'main'; index: number }>> } => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return { id: 'gallery', name: 'Gallery', nodes: [...own, start, trigger, tool], pinData: {}, connections: { Start: to('Calls with a recording'), 'Calls with a recording': to('Recording') } };
}

function nodeOf(name: string, type: string, position: [number, number], parameters: INode['parameters']): INode {
	return { id: name, name, type: `n8n-nodes-samespace.${type}`, typeVersion: 1, position, credentials: credentialReference, parameters };
}

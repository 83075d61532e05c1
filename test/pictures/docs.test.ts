/* eslint-disable @n8n/community-nodes/no-restricted-imports -- lists the examples' files */
import { readdirSync } from 'node:fs';
import type { INode } from 'n8n-workflow';

import { examplesFolder } from '../../playground/places.ts';
import { credentialReference, readExamples, type WorkflowFile } from '../../playground/workflows.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

// The pictures in docs/, made anew.
const outputs: ReadonlyArray<{ picture: string; parameters: INode['parameters'] }> = [
	{ picture: 'simplified', parameters: { dateRange: 'yesterday', output: 'simplified' } },
	{ picture: 'summary', parameters: { dateRange: 'last7Days', output: 'summary', groupBy: ['team'], metrics: ['calls', 'service_level_percent', 'abandon_rate_percent', 'speed_of_answer_average'] } },
	{ picture: 'follow-ups', parameters: { dateRange: 'last7Days', output: 'followUps' } },
	{ picture: 'csv-files', parameters: { dateRange: 'last30Days', output: 'simplified', returnAs: 'csv' } },
];

let bench: Workbench;

beforeAll(async () => {
	const types = new Set(readExamples().flatMap(({ nodes }) => nodes.flatMap(({ credentials = {} }) => Object.keys(credentials))));
	types.delete('samespaceApi');
	const credentials = [...types].map((type) => ({ name: type, type, data: {} }));
	bench = await openWorkbench('docs', { cluster: { days: 40, callsPerDay: 200 }, timezone: 'Europe/Berlin', workflows: [outputsWorkflow(), ...readExamples()], credentials });
}, 240_000);

afterAll(async () => await bench?.close(), 60_000);

it('the first example after its run', async () => {
	const { editor } = bench;
	await editor.openWorkflow(readExamples()[0].id);
	await editor.runWorkflow();
	await editor.part('canvas-node-status-success').nth(2).waitFor();
	await editor.canvasPicture('canvas');
}, 60_000);

it.each(readdirSync(examplesFolder).sort().map((file, at) => [file.replace('.json', ''), at] as const))('example %s', async (name, at) => {
	await bench.editor.openWorkflow(readExamples()[at].id);
	await bench.editor.canvasPicture(`examples/${name}`);
}, 60_000);

it.each(outputs.map(({ picture }) => picture))('output %s', async (picture) => {
	const { editor, view } = bench;
	await editor.openWorkflow('outputs');
	await editor.openNode(picture);
	await view.executeToEnd();
	await editor.partPicture('output-panel', `outputs/${picture}`);
	await editor.closeNode();
}, 60_000);

function outputsWorkflow(): WorkflowFile {
	const nodes = outputs.map(({ picture, parameters }, at): INode => ({
		id: picture,
		name: picture,
		type: 'n8n-nodes-samespace.samespace',
		typeVersion: 1,
		position: [220 * at, 0],
		credentials: credentialReference,
		parameters: { resource: 'report', operation: 'getCalls', ...parameters },
	}));
	return { id: 'outputs', name: 'Outputs', nodes, connections: {}, pinData: {} };
}

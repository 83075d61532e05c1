import type { IDataObject, IHttpRequestOptions, INodeType } from 'n8n-workflow';
import { samespace } from '../n8n.ts';
import type { Item, Task } from '../task.ts';
import { runWorkflow, type Credential } from './engine.ts';

/** This node in n8n's engine, all columns; `options` are those of the form. */
export function samespaceReader(folder: string, options: IDataObject): (task: Task) => Promise<Item[]> {
	const { node } = samespace(folder);
	return async (task) => await runSamespace(folder, node, { task, options });
}

/** Runs a node with this node's form and credential. */
export async function runSamespace(
	folder: string,
	node: INodeType,
	{ task, options, output = 'raw' }: { task: Task; options: IDataObject; output?: string },
): Promise<Item[]> {
	const step = {
		name: 'Samespace',
		type: 'n8n-nodes-samespace.samespace',
		version: 1,
		node,
		credential: 'samespaceApi',
		parameters: {
			resource: 'report',
			operation: 'getCalls',
			dateRange: 'custom',
			startTime: task.start,
			endTime: task.end,
			returnAll: true,
			output,
			options: { ...options, ...(task.pageSize === 1000 ? {} : { pageSize: task.pageSize }) },
		},
	};
	return await runWorkflow([{}], [step], credentialOf(folder, task));
}

function credentialOf(folder: string, { url, apiKey }: Task): Credential {
	const { credential } = samespace(folder);
	const values = { clusterId: '', apiKey, timezone: 'UTC', baseUrl: url };
	return { values, sign: async (request: IHttpRequestOptions) => await credential.authenticate(values, request) };
}

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ownNodes } from '../n8n.ts';
import { callsPath, keyHeader, type Item, type Task, type TimeWindow } from '../task.ts';
import { runWorkflow, type Credential, type Step } from './engine.ts';

/**
 * n8n's HTTP Request node with its pagination, and Split Out, set up as well as they can be: `skip` from the number of pages
 * so far, complete as soon as the pages make up the total.
 */
export function httpRequestReader(windows: 'oneAfterAnother' | 'atOnce'): (task: Task) => Promise<Item[]> {
	const { httpRequest, httpRequestVersion, splitOut } = ownNodes();
	return async (task) => {
		const steps: Step[] = [
			{
				name: 'HTTP Request',
				type: 'n8n-nodes-base.httpRequest',
				version: httpRequestVersion,
				node: httpRequest,
				parameters: httpParameters(task),
				credential: 'httpHeaderAuth',
			},
			{
				name: 'Split Out',
				type: 'n8n-nodes-base.splitOut',
				version: 1,
				node: splitOut,
				parameters: { fieldToSplitOut: 'data', include: 'noOtherFields', options: {} },
			},
		];
		const run = async (input: readonly TimeWindow[]): Promise<INodeExecutionData[]> =>
			await runWorkflow(input.map(({ start, end }) => ({ start, end })), steps, credentialOf(task));
		if (windows === 'atOnce') return await run(task.windows);
		const items: INodeExecutionData[] = [];
		for (const window of task.windows) for (const item of await run([window])) items.push(item);
		return items;
	};
}

function httpParameters({ url, pageSize }: Task): IDataObject {
	return {
		method: 'POST',
		url: url + callsPath,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		sendBody: true,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: `={{ { filters: { start_time: $json.start, end_time: $json.end }, limit: ${pageSize}, skip: 0 } }}`,
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: { parameters: [{ type: 'body', name: 'skip', value: `={{ $pageCount * ${pageSize} }}` }] },
					paginationCompleteWhen: 'other',
					completeExpression: `={{ $pageCount * ${pageSize} >= $response.body.total }}`,
				},
			},
		},
	};
}

/** What n8n's 'Header Auth' holds and does. */
function credentialOf({ apiKey }: Task): Credential {
	return {
		values: { name: keyHeader, value: apiKey },
		sign: async (request) => ({ ...request, headers: { ...request.headers, [keyHeader]: apiKey } }),
	};
}

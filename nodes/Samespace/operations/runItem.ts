import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ParameterProblem, choice } from '../parameters';
import { errorOfParameter, errorOfReason } from '../transport';
import { downloadRecording } from './downloadRecording';
import type { Execution } from './execution';
import { getReport } from './getReport';

type Operation = (context: IExecuteFunctions, itemIndex: number, execution: Execution) => Promise<INodeExecutionData[]>;

/** A Map, since a workflow's author can name any resource: a plain object would also find what it inherits. */
const resources: ReadonlyMap<string, Operation> = new Map([
	['report', getReport],
	['recording', downloadRecording],
]);

/**
 * The items that one input item asks for; with 'Continue on Fail', an item that says why there are none.
 *
 * @throws NodeOperationError or NodeApiError, with the item's index, and nothing else
 */
export async function runItem(
	context: IExecuteFunctions,
	itemIndex: number,
	execution: Execution,
): Promise<INodeExecutionData[]> {
	return await runResource(context, itemIndex, execution).catch((reason: unknown) => {
		const node = context.getNode();
		const error = reason instanceof ParameterProblem ? errorOfParameter(node, reason, itemIndex) : errorOfReason(node, reason, itemIndex);
		if (!context.continueOnFail()) throw error;
		const words = `${error.message}. ${error.description ?? ''}`.trim();
		return [{ json: { error: `${words} [item ${itemIndex}]` }, pairedItem: { item: itemIndex } }];
	});
}

async function runResource(context: IExecuteFunctions, itemIndex: number, execution: Execution): Promise<INodeExecutionData[]> {
	const resource = choice('Resource', context.getNodeParameter('resource', itemIndex, 'report'), [...resources.keys()]);
	const operation = resources.get(resource) as Operation;
	return await operation(context, itemIndex, execution);
}

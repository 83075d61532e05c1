import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { ParameterProblem } from '../parameters';
import { errorOfParameter } from '../transport';
import { downloadRecording } from './downloadRecording';
import type { Execution } from './execution';
import { getReport } from './getReport';

type Operation = (context: IExecuteFunctions, itemIndex: number, execution: Execution) => Promise<INodeExecutionData[]>;

const resources: { [resource: string]: Operation } = {
	report: getReport,
	recording: downloadRecording,
};

/**
 * The items that one input item asks for; with 'Continue on Fail', an item that says why there are none.
 *
 * @throws n8n's error, with the item's index
 */
export async function runItem(
	context: IExecuteFunctions,
	itemIndex: number,
	execution: Execution,
): Promise<INodeExecutionData[]> {
	const run: Operation = async (...given) => await resources[context.getNodeParameter('resource', itemIndex, 'report') as string](...given);
	return await run(context, itemIndex, execution).catch((reason: unknown) => {
		const error = reason instanceof ParameterProblem ? errorOfParameter(context.getNode(), reason, itemIndex) : reason;
		if (!context.continueOnFail()) throw error;
		return [{ json: { error: inWords(error, itemIndex) }, pairedItem: { item: itemIndex } }];
	});
}

function inWords(error: unknown, itemIndex: number): string {
	const isNodeError = error instanceof NodeApiError || error instanceof NodeOperationError;
	const words = isNodeError ? `${error.message}. ${error.description ?? ''}` : (error as Error).message;
	return `${words.trim()} [item ${itemIndex}]`;
}

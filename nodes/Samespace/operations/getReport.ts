import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createOutput, type FileWriter, type OutputItem } from '../output';
import { readForm, reportOf, type ReportRequest } from '../parameters';
import { readReport } from '../reading';
import { errorOf } from '../transport';
import { ioOf, openCredential, type Execution } from './execution';

/**
 * The items that one input item asks for.
 *
 * @throws ParameterProblem, or n8n's error of the failed reading
 */
export async function getReport(
	context: IExecuteFunctions,
	itemIndex: number,
	execution: Execution,
): Promise<INodeExecutionData[]> {
	const form = (name: string, fallback: unknown): unknown => context.getNodeParameter(name, itemIndex, fallback as object);
	const report = reportOf(String(form('operation', '')));
	const { apiKey, cluster } = await openCredential(context, itemIndex);
	const errorContext = { node: context.getNode(), itemIndex, apiKey };
	if (!cluster.ok) throw errorOf(cluster.failure, errorContext);
	const workflowZone = context.getTimezone();
	const request = readForm(report, form, { now: Date.now(), workflowZone, clusterZone: cluster.value.zone });
	const io = ioOf(context, cluster.value, { timeoutMs: request.timeoutMs, execution });

	const items: INodeExecutionData[] = [];
	const add = (made: readonly OutputItem[]): void => {
		for (const item of made) items.push(itemOf(item, request, itemIndex));
	};
	const output = createOutput({ ...request, report, timezone: workflowZone }, writerOf(context));
	const reading = readReport(request.query, io);
	let step = await reading.next();
	for (; !step.done; step = await reading.next()) {
		add(await output.take(step.value.records, step.value.period));
	}
	if (step.value.failure) throw errorOf(step.value.failure, errorContext);
	add(await output.finish());
	execution.gaps.push(...step.value.gaps);
	return request.limit === null ? items : items.slice(0, request.limit);
}

function itemOf({ json, file }: OutputItem, { binaryProperty }: ReportRequest, item: number): INodeExecutionData {
	const made: INodeExecutionData = { json: json as IDataObject, pairedItem: { item } };
	if (file !== undefined) made.binary = { [binaryProperty]: file as NonNullable<INodeExecutionData['binary']>[string] };
	return made;
}

function writerOf(context: IExecuteFunctions): FileWriter {
	return async ({ name, mimeType, content }) => await context.helpers.prepareBinaryData(content, name, mimeType);
}

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { batchesOf, createOutput, dayOf, type FileWriter, type Output, type OutputItem } from '../output';
import { readForm, reportOf, type ReportRequest } from '../parameters';
import { forEachBatch, readReport } from '../reading';
import type { Range, ReportRecord } from '../reports';
import { errorOf, errorOfStorage, eachInTurn } from '../transport';
import { ioOf, openCredential, type Execution } from './execution';
import { noticeOfNothing, noticeOfRepeatedHours } from './hints';

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
	const report = reportOf(form('operation', ''));
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
	const output = createOutput(
		{ ...request, report, timezone: workflowZone, origin: cluster.value.origin, fileLabel: labelOf(request, workflowZone, itemIndex) },
		writerOf(context, itemIndex),
	);
	for (const [query, part] of [[request.queryBefore, 'before'], [request.query, 'range']] as const) {
		if (query === null) continue;
		const { failure, gaps } = await forEachBatch(readReport(query, io), async ({ records, period }) => {
			await eachInTurn(taken(output, records, period, part), add);
		});
		if (failure) throw errorOf(failure, errorContext);
		execution.gaps.push(...gaps);
		// The hint tells what filters leave out of the range.
		if (part === 'before') request.forgetLeftOut();
	}
	await eachInTurn(output.finish(), add);
	for (const note of output.notes()) execution.notices.add(note);
	if (request.leftOut.size > 0) execution.notices.add(noticeOfNothing(request.leftOut, request.output === 'followUps' ? 'missed call' : 'record'));
	for (const hours of request.joinedHours) execution.notices.add(noticeOfRepeatedHours(report, hours, cluster.value.zone));
	const { skip, limit } = request;
	return skip === 0 && limit === null ? items : items.slice(skip, skip + (limit ?? items.length));
}

/** What an output makes of a batch, in pieces of a few ms. */
function* taken(output: Output, records: readonly ReportRecord[], period: Range, part: 'range' | 'before'): Generator<Promise<readonly OutputItem[]>> {
	for (const some of batchesOf(records)) yield output.take(some, period, part);
}

function itemOf({ json, file }: OutputItem, { binaryProperty }: ReportRequest, item: number): INodeExecutionData {
	const made: INodeExecutionData = { json: json as IDataObject, pairedItem: { item } };
	if (file !== undefined) made.binary = { [binaryProperty]: file as NonNullable<INodeExecutionData['binary']>[string] };
	return made;
}

/** The days in the file's name, and from the second input item on its index, so that names differ. */
function labelOf({ range }: ReportRequest, zone: string, itemIndex: number): string {
	const [from, to] = [range.start, range.end].map((at) => dayOf(at, zone));
	const days = from === to ? from : `${from}-to-${to}`;
	return itemIndex === 0 ? days : `${days}-item-${itemIndex}`;
}

function writerOf(context: IExecuteFunctions, itemIndex: number): FileWriter {
	return async ({ name, mimeType, content }) =>
		await context.helpers.prepareBinaryData(content, name, mimeType).catch((fault: unknown) => {
			throw errorOfStorage(context.getNode(), fault, itemIndex);
		});
}

import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ParameterProblem, binaryPropertyField, downloadField, ifNoRecordingField, recordingUrlField, valueIn } from '../parameters';
import { failed, success, withRetries, type Outcome } from '../reading';
import { addressOn, errorOf, errorOfStorage, explainRecording, isOfConnection, judgeFault, openRecording, type RecordingStream } from '../transport';
import { ioOf, openCredential, type Execution } from './execution';

const timeoutMs = 60_000;
const maxRetries = 5;

/**
 * The input item with the recording of its call as binary data, streamed: it is never whole in memory. An item without a recording passes on as it
 * is, or is an error, as chosen.
 *
 * @throws ParameterProblem where the address is not the cluster's, before anything is sent; n8n's error where the
 * recording is missing, has expired or is refused
 */
export async function downloadRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	execution: Execution,
): Promise<INodeExecutionData[]> {
	const form = (name: string, fallback: unknown): unknown => context.getNodeParameter(name, itemIndex, fallback as object);
	// An expression may have set an operation that there isn't.
	valueIn(form, downloadField);
	const { json, binary: files } = context.getInputData()[itemIndex];
	const item: INodeExecutionData = { json: { ...json }, ...(files && { binary: { ...files } }), pairedItem: { item: itemIndex } };
	const binaryProperty = valueIn(form, binaryPropertyField);
	const entered = valueIn(form, recordingUrlField);
	if (entered === '') return [withoutRecording(item, valueIn(form, ifNoRecordingField), execution)];
	const { apiKey, cluster } = await openCredential(context, itemIndex);
	const errorContext = { node: context.getNode(), itemIndex, apiKey };
	if (!cluster.ok) throw errorOf(cluster.failure, errorContext);
	const { origin, credential } = cluster.value;
	const url = addressOfRecording(entered, origin);
	const io = ioOf(context, cluster.value, { timeoutMs, execution });
	const download = async (): Promise<Outcome<IBinaryData>> => {
		const recording = await openRecording(context, { url, origin, apiKey, credential, timeoutMs, signal: io.signal });
		return recording.ok ? await store(context, itemIndex, recording.value) : recording;
	};
	const outcome = await io.limiter.run(async (slot) => await withRetries(download, { maxRetries, slot }, io));
	if (!outcome.ok) throw errorOf(outcome.failure, { ...errorContext, explain: explainRecording });
	execution.statistics.records += 1;
	return [{ ...item, binary: { ...item.binary, [binaryProperty]: outcome.value } }];
}

function withoutRecording(item: INodeExecutionData, ifNone: 'skip' | 'error', execution: Execution): INodeExecutionData {
	if (ifNone === 'error') {
		throw new ParameterProblem("'Recording URL' is empty", `This call has no recording. Set '${ifNoRecordingField.label}' to 'Pass the Item On Without a File', or leave such calls out with the filter 'Has Recording'.`);
	}
	execution.withoutRecording += 1;
	return item;
}

/**
 * A stream that breaks off or stalls is a network failure, and is fetched again. Whatever else goes wrong, n8n can't keep the file: a full disk, a file that is too large for it, a
 * store that refuses.
 *
 * @throws n8n's error where n8n can't keep the file
 */
async function store(
	context: IExecuteFunctions,
	itemIndex: number,
	{ stream, fileName, mimeType, lease }: RecordingStream,
): Promise<Outcome<IBinaryData>> {
	const stored = await context.helpers
		.prepareBinaryData(stream as Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], fileName, mimeType)
		.then(success<IBinaryData>, (fault: unknown) => {
			if (lease.endedBy === null && !isOfConnection(fault)) throw errorOfStorage(context.getNode(), fault, itemIndex);
			return failed(judgeFault(fault, lease));
		})
		.finally(() => lease.end());
	return stored;
}

/** A path on the cluster, or a URL of it. */
function addressOfRecording(entered: string, origin: string): string {
	const url = addressOn(origin, entered);
	if (url) return url.href;
	throw new ParameterProblem(
		"'Recording URL' isn't an address of this Samespace cluster",
		"Enter the 'recording_url' of a call as it is: a path such as /router/api/open-recording-url/…. Nothing was sent.",
	);
}

import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ParameterProblem, binaryPropertyOf, choice, textOf } from '../parameters';
import { failed, success, withRetries, type Outcome } from '../reading';
import { addressOn, errorOf, explainRecording, judgeFault, openRecording, type RecordingStream } from '../transport';
import { ioOf, openCredential, type Execution } from './execution';

const timeoutMs = 60_000;
const maxRetries = 5;

/**
 * The recording of a call as binary data, streamed: it is never whole in memory.
 *
 * @throws ParameterProblem where the address is not the cluster's, before anything is sent; n8n's error where the
 * recording is missing, has expired or is refused
 */
export async function downloadRecording(
	context: IExecuteFunctions,
	item: number,
	execution: Execution,
): Promise<INodeExecutionData[]> {
	choice('Operation', context.getNodeParameter('operation', item, ''), ['download']);
	const { apiKey, cluster } = await openCredential(context, item);
	const errorContext = { node: context.getNode(), itemIndex: item, apiKey };
	if (!cluster.ok) throw errorOf(cluster.failure, errorContext);
	const { origin } = cluster.value;
	const url = recordingUrl(context.getNodeParameter('recordingUrl', item, ''), origin);
	const binaryProperty = binaryPropertyOf(context.getNodeParameter('binaryProperty', item, 'data'));
	const io = ioOf(context, cluster.value, { timeoutMs, execution });
	const download = async (): Promise<Outcome<IBinaryData>> => {
		const recording = await openRecording(context, { url, origin, apiKey, timeoutMs, signal: io.signal });
		return recording.ok ? await store(context, recording.value) : recording;
	};
	const outcome = await io.lanes.run(async (lane) => await withRetries(download, { maxRetries, lane }, io));
	if (!outcome.ok) throw errorOf(outcome.failure, { ...errorContext, explain: explainRecording });
	const binary = outcome.value;
	execution.statistics.records += 1;
	const json = { recording_url: url.slice(origin.length), file_name: binary.fileName ?? null, mime_type: binary.mimeType, bytes: binary.bytes ?? null };
	return [{ json, binary: { [binaryProperty]: binary }, pairedItem: { item } }];
}

/** A stream that breaks off or stalls is a fault of the network like any other, and is fetched again. */
async function store(
	{ helpers }: IExecuteFunctions,
	{ stream, fileName, mimeType, lease }: RecordingStream,
): Promise<Outcome<IBinaryData>> {
	const stored = await helpers
		.prepareBinaryData(stream as Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], fileName, mimeType)
		.then(success<IBinaryData>, (fault: unknown) => failed(judgeFault(fault, lease)));
	lease.end();
	return stored;
}

/** A path on the cluster, or a URL of it. */
function recordingUrl(entered: unknown, origin: string): string {
	const text = textOf('Recording URL', entered);
	if (text === '') throw new ParameterProblem("'Recording URL' is empty", "Enter the 'recording_url' of a call. Calls without a recording have none.");
	const url = addressOn(origin, text);
	if (url) return url.href;
	throw new ParameterProblem(
		"'Recording URL' is not an address of this Samespace cluster",
		"Enter the 'recording_url' of a call as it is: a path such as /router/api/open-recording-url/…. Nothing was sent.",
	);
}

import type { IBinaryData } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/index.ts';
import { credentialFor } from '../support/asking.ts';
import { contentOf, openBinaryStore } from '../support/binaryStore.ts';
import { runNode, type NodeRun } from '../support/runNode.ts';

let cluster: Simulator;
let elsewhere: Simulator;
let clearStore: () => Promise<void>;
let url: string;

beforeAll(async () => {
	clearStore = await openBinaryStore();
	elsewhere = await startSimulator();
});
beforeEach(async () => {
	cluster = await startSimulator({ days: 3, recordingBytes: 100_000 });
	url = cluster.truth.calls().find(({ recording_url: found }) => found)?.recording_url ?? '';
});
afterEach(async () => await cluster.close());
afterAll(async () => {
	await elsewhere.close();
	await clearStore();
});

async function download(recordingUrl: string): Promise<NodeRun> {
	return await runNode({
		credential: credentialFor(cluster),
		parameters: { resource: 'recording', operation: 'download', recordingUrl, binaryProperty: 'data' },
	});
}

it.each([
	['a path', () => url],
	['a URL of the same cluster', () => cluster.url + url],
])('%s is downloaded to the byte, with a name and a type', async (_, address) => {
	const run = await download(address());
	expect(run.error).toBeUndefined();
	const { data } = run.items[0].binary as { data: IBinaryData };
	expect(data.mimeType).toBe('audio/wav');
	expect(data.fileName).toMatch(/^[\w.-]+\.wav$/);
	expect((await contentOf(data)).equals(cluster.recordings.bytesOf(url))).toBe(true);
	expect(run.items[0]).toMatchObject({ json: { recording_url: url, bytes: 100_000 }, pairedItem: { item: 0 } });
});

it.each([
	['another host', () => `${elsewhere.url}/router/api/open-recording-url/x/1`],
	['a host that the path smuggles in', () => `//${new URL(elsewhere.url).host}/x`],
	['a user part', () => cluster.url.replace('http://', 'http://user:pass@') + url],
	['nothing', () => '={{ "" }}'],
])('%s is refused and nothing is sent', async (_, address) => {
	const run = await download(address());
	expect(run.error?.message).toMatch(/^'Recording URL' is/);
	expect(cluster.log).toEqual([]);
	expect(elsewhere.log).toEqual([]);
});

it.each([
	[{ status: 404 }, 'There is no such recording'],
	[{ status: 410 }, 'The recording has expired'],
	[{ status: 403 }, 'Samespace refused the recording'],
	[{ contentType: 'text/html' }, 'Samespace answered with something that is not a recording'],
])('%j is a clear error', async (rule, says) => {
	cluster.recordings.set(url, rule);
	const run = await download(url);
	expect(run.error?.message).toBe(says);
	expect(JSON.stringify(run)).not.toContain(cluster.apiKey);
	expect(cluster.log).toHaveLength(1);
});

it('a redirect does not carry the key to another host', async () => {
	cluster.recordings.set(url, { redirectTo: `${elsewhere.url}/stolen` });
	const run = await download(url);
	expect(run.error?.message).toBe('Samespace keeps this recording at another address');
	expect(elsewhere.log).toEqual([]);
});

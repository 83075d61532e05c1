import { SamespaceApi } from '../../credentials/SamespaceApi.credentials';
import { credentialOf, startRawCluster } from '../hostile/support/rawCluster.ts';
import { startSimulator } from '../simulator/index.ts';
import { credentialFor } from '../support/asking.ts';
import { runNode } from '../support/runNode.ts';

const credential = { clusterId: 'acme', apiKey: ' the key ', timezone: 'UTC', baseUrl: '' };

const sign = async (options: object): Promise<{ [name: string]: unknown }> =>
	(await new SamespaceApi().authenticate(credential, options as never)) as unknown as { [name: string]: unknown };

it.each([
	[{ url: 'https://acme.samespace.com/x' }],
	[{ uri: 'https://acme.samespace.com/x' }],
	[{ url: '/x', baseURL: 'https://acme.samespace.com' }],
	[{ url: '/x' }],
])('%j is signed, and redirects are not followed', async (options) => {
	expect(await sign(options)).toMatchObject({ headers: { 'x-api-key': 'the key' }, disableFollowRedirect: true, followRedirect: false, followAllRedirects: false });
});

it.each([
	[{ url: 'https://evil.example/x' }],
	[{ uri: 'https://evil.example/x' }],
	[{ uri: 'http://acme.samespace.com/x' }],
	[{ url: '//evil.example/x' }],
	[{ url: '/x', baseURL: 'https://evil.example' }],
	[{ url: 'https://acme.samespace.com.evil.example/' }],
	[{}],
])('%j is not signed', async (options) => {
	await expect(sign(options)).rejects.toThrow('only for requests to its own cluster');
});

describe('a credential that an expression fills in for each input item', () => {
	const parameters = { resource: 'report', operation: 'getCalls', dateRange: 'custom', startTime: '2026-03-01T00:00:00Z', endTime: '2026-03-02T00:00:00Z', output: 'raw' };
	const start_time = '2026-03-01T10:00:00.000Z';
	const input = [{ n: 0 }, { n: 1 }];

	it('asks the cluster of each item, with the key of that item', async () => {
		const clusters = await Promise.all(['first', 'second'].map(async (_id) => await startSimulator({ truth: { calls: [{ _id, start_time }] }, now: '2026-03-05T00:00:00Z' })));
		const run = await runNode({ parameters, input, credential: (item) => credentialFor(clusters[item]) });
		await Promise.all(clusters.map(async (cluster) => await cluster.close()));
		expect(run.error?.message).toBeUndefined();
		expect(run.items.map(({ json, pairedItem }) => [json._id, pairedItem])).toEqual([
			['first', { item: 0 }],
			['second', { item: 1 }],
		]);
	});

	it('has its key sent where only the key differs, for recordings, too', async () => {
		const cluster = await startRawCluster((request, response) => {
			if (request.method === 'GET') response.writeHead(200, { 'content-type': 'audio/wav' }).end('sound');
			else response.writeHead(200, { 'content-type': 'application/json' }).end('{"total":0,"data":[]}');
		});
		const credential = (item: number) => credentialOf(cluster, { apiKey: `key of item ${item}` });
		await runNode({ parameters, input, credential });
		await runNode({ parameters: { resource: 'recording', operation: 'download', recordingUrl: '/a.wav', binaryProperty: 'data' }, input, credential });
		await cluster.close();
		const keys = cluster.asked.map(({ method, headers }) => `${method} ${String(headers['x-api-key'])}`);
		expect(keys.sort()).toEqual(['GET key of item 0', 'GET key of item 1', 'POST key of item 0', 'POST key of item 1']);
	});
});

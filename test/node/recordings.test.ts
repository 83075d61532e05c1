/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a store to fetch from; presses Stop after a while */
import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { UserError, type IBinaryData } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/index.ts';
import { selfSignedCertificate } from '../simulator/testing/certificate.ts';
import { credentialFor } from '../support/asking.ts';
import { contentOf, openBinaryStore, withBrokenStore, withRefusingStore } from '../support/binaryStore.ts';
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

async function download(recordingUrl: string, changes: Partial<Parameters<typeof runNode>[0]> = {}): Promise<NodeRun> {
	return await runNode({
		credential: credentialFor(cluster),
		parameters: { resource: 'recording', operation: 'download', recordingUrl, binaryProperty: 'data' },
		...changes,
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
	expect(data.bytes).toBe(100_000);
	expect(run.items[0]).toMatchObject({ json: {}, pairedItem: { item: 0 } });
});

it.each([
	['another host', () => `${elsewhere.url}/router/api/open-recording-url/x/1`],
	['a host that the path smuggles in', () => `//${new URL(elsewhere.url).host}/x`],
	['a user part', () => cluster.url.replace('http://', 'http://user:pass@') + url],
])('%s is refused and nothing is sent', async (_, address) => {
	const run = await download(address());
	expect(run.error?.message).toMatch(/^'Recording URL' is/);
	expect(cluster.log).toEqual([]);
	expect(elsewhere.log).toEqual([]);
});

it("the call's fields and files stay with its recording, whatever comes with it", async () => {
	const call = { _id: 'a', caller: '+1', nested: { deep: [1] }, recording_url: url };
	const run = await download('={{ $json.recording_url }}', { input: [call] });
	expect(run.json).toEqual([call]);
	expect(Object.keys(run.items[0].binary ?? {})).toEqual(['data']);
	expect(run.hints).toEqual([]);
});

describe('a call without a recording', () => {
	const input = [{ _id: 'a', recording_url: '' }, { _id: 'b' }, { _id: 'c', recording_url: null }];

	it('passes on without a file, and a hint says how many did', async () => {
		const run = await download('={{ $json.recording_url }}', { input: [...input, { _id: 'd', recording_url: url }] });
		expect(run.error).toBeUndefined();
		expect(run.json.map(({ _id }) => _id)).toEqual(['a', 'b', 'c', 'd']);
		expect(run.items.map(({ binary }) => binary !== undefined)).toEqual([false, false, false, true]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
		expect(run.hints.map(({ message }) => message)).toEqual(['3 items had no recording and were passed on without a file.']);
		expect(cluster.log).toHaveLength(1);
	});

	it('is an error where that was chosen', async () => {
		const parameters = { resource: 'recording', operation: 'download', recordingUrl: '={{ $json.recording_url }}', ifNoRecording: 'error' };
		const run = await runNode({ credential: credentialFor(cluster), parameters, input });
		expect(run.error?.message).toBe("'Recording URL' is empty");
		expect(run.error?.description).toContain("'If There Is No Recording'");
		expect(cluster.log).toEqual([]);
	});
});

it("a recording that n8n can't store is an error of n8n's storage, and isn't fetched again", async () => {
	const { error } = await withBrokenStore(async () => await download(url));
	expect(error).toMatchObject({ message: "n8n couldn't store the file", context: { itemIndex: 0 } });
	expect(error?.description).toMatch(/\((ENOTDIR|EEXIST)\)/);
	expect(error?.description).not.toContain('/');
	expect(cluster.log).toHaveLength(1);
});

it.each([
	['a file that is too large for it', new UserError('The binary file exceeds the maximum size'), 'The binary file exceeds the maximum size'],
	['S3', Object.assign(new Error('/bucket/x: denied'), { code: 'AccessDenied' }), "n8n couldn't store the file"],
	['a full database', Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' }), "n8n couldn't store the file"],
	['anything else', new Error('no /path'), "n8n couldn't store the file"],
])('a recording that the storage refuses is an error of that storage, and is fetched once: %s', async (_, reason, says) => {
	const { error, hints } = await withRefusingStore(reason, async () => await download(url));
	expect(error?.message).toBe(says);
	expect(String(error?.description)).not.toMatch(/\/bucket|\/path/);
	expect(hints).toEqual([]);
	expect(cluster.log).toHaveLength(1);
});

it('the recordings of a hundred calls come in order, no more at once than there may be requests', async () => {
	const recorded = cluster.truth.calls().filter(({ recording_url: found }) => found);
	const calls = [...recorded, ...recorded].slice(0, 100);
	cluster.latencyMs = 5;
	const run = await download('={{ $json.recording_url }}', { input: calls.map(({ _id, recording_url }) => ({ _id, recording_url })) });
	expect(run.error).toBeUndefined();
	expect(calls).toHaveLength(100);
	expect(run.json.map(({ _id }) => _id)).toEqual(calls.map(({ _id }) => _id));
	const files = await Promise.all(run.items.map(async ({ binary }) => await contentOf((binary as { data: IBinaryData }).data)));
	files.forEach((file, at) => expect(file.equals(cluster.recordings.bytesOf(calls[at].recording_url))).toBe(true));
	expect(cluster.peakConcurrency).toBeGreaterThan(1);
	expect(cluster.peakConcurrency).toBeLessThanOrEqual(8);
});

it.each([
	[{ status: 404 }, "This recording doesn't exist"],
	[{ status: 410 }, 'The recording has expired'],
	[{ status: 403 }, 'Samespace refused the recording'],
	[{ contentType: 'text/html' }, "Samespace's response isn't a recording"],
])('%j is a clear error', async (rule, says) => {
	cluster.recordings.set(url, rule);
	const run = await download(url);
	expect(run.error?.message).toBe(says);
	expect(JSON.stringify(run)).not.toContain(cluster.apiKey);
	expect(cluster.log).toHaveLength(1);
});

it('a redirect to a plain http address is not followed', async () => {
	cluster.recordings.set(url, { redirectTo: `${elsewhere.url}/stolen` });
	const run = await download(url);
	expect(run.error?.message).toBe("Samespace stores this recording at an address that can't be used");
	expect(elsewhere.log).toEqual([]);
});

describe('a recording that is kept in a store elsewhere', () => {
	const sound = Buffer.alloc(70_000, 'sound');
	let store: Server;
	let asked: IncomingMessage[];
	let answer: (response: ServerResponse) => void;
	/** A cluster whose redirects come with 8 MB that nobody reads. */
	let redirecting: HttpServer;

	beforeAll(async () => {
		const certificate = selfSignedCertificate();
		setDefaultCACertificates([certificate.cert]);
		store = createServer(certificate, (request, response) => {
			asked.push(request);
			answer(response);
		});
		redirecting = createHttpServer((_, response) => {
			response.writeHead(302, { location: `https://127.0.0.1:${(store.address() as AddressInfo).port}/bucket/b.mp3` }).end(Buffer.alloc(8_000_000));
		});
		for (const server of [store, redirecting]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	beforeEach(() => {
		asked = [];
		cluster.recordings.set(url, { redirectTo: `https://127.0.0.1:${(store.address() as AddressInfo).port}/bucket/a.mp3?signature=secret` });
	});
	afterAll(async () => {
		setDefaultCACertificates(getCACertificates('bundled'));
		store.closeAllConnections();
		for (const server of [store, redirecting]) await new Promise((resolve) => server.close(resolve));
	});

	it('is fetched from there without the key', async () => {
		answer = (response) => response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(sound);
		const run = await download(url);
		expect(run.error).toBeUndefined();
		const { data } = run.items[0].binary as { data: IBinaryData };
		expect((await contentOf(data)).equals(sound)).toBe(true);
		expect(data.mimeType).toBe('audio/mpeg');
		expect(asked.map(({ url: path }) => path)).toEqual(['/bucket/a.mp3?signature=secret']);
		expect(JSON.stringify(asked.map(({ rawHeaders }) => rawHeaders))).not.toContain(cluster.apiKey);
		expect(asked[0].headers).not.toHaveProperty('x-api-key');
		expect(JSON.stringify(run.json)).not.toContain('secret');
	});

	it('is taken for audio where the store does not know better', async () => {
		answer = (response) => response.writeHead(200, { 'content-type': 'binary/octet-stream' }).end(sound);
		const { data } = (await download(url)).items[0].binary as { data: IBinaryData };
		expect(data).toMatchObject({ mimeType: 'audio/wav', fileName: expect.stringMatching(/\.wav$/) as string });
	});

	it.each<[string, number, { [name: string]: string }, string]>([
		['leads on', 302, { location: 'https://127.0.0.1:1/next' }, "Samespace stores this recording at an address that can't be used"],
		['has lost it', 404, {}, "The recording couldn't be downloaded from where Samespace stores it"],
		['refuses it', 403, {}, "The recording couldn't be downloaded from where Samespace stores it"],
		['shows a page', 200, { 'content-type': 'text/html' }, "Samespace's response isn't a recording"],
	])('and is a clear error where that %s', async (_, status, headers, says) => {
		answer = (response) => response.writeHead(status, headers).end('no');
		const run = await download(url);
		expect(run.error?.message).toBe(says);
		expect(JSON.stringify(run.error)).not.toContain('secret');
		expect(asked).toHaveLength(1);
	});

	it('is given up at once when the user presses Stop', async () => {
		let stoppedAt = 0;
		answer = (response) => void response.writeHead(200, { 'content-type': 'audio/mpeg' }).write('sound');
		const run = await download(url, {
			onStart: (stop) => {
				setTimeout(() => {
					stop();
					stoppedAt = Date.now();
				}, 300);
			},
		});
		expect(asked).toHaveLength(1);
		expect(Date.now() - stoppedAt).toBeLessThan(1000);
		expect(run.status).toBe('canceled');
	});

	it('leaves no connection open, whatever the redirect brings along', async () => {
		answer = (response) => response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(sound);
		const cut = new Promise<void>((resolve) => {
			redirecting.once('connection', (socket) => socket.once('close', () => resolve()));
		});
		const baseUrl = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
		const run = await download(url, { credential: { ...credentialFor(cluster), baseUrl } });
		expect(run.error).toBeUndefined();
		await cut;
	});
});

/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a store to fetch from; presses Stop after a while */
import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { IBinaryData } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/index.ts';
import { selfSignedCertificate } from '../simulator/testing/certificate.ts';
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

it('a redirect to a plain http address is not followed', async () => {
	cluster.recordings.set(url, { redirectTo: `${elsewhere.url}/stolen` });
	const run = await download(url);
	expect(run.error?.message).toBe('Samespace keeps this recording at another address');
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
		['leads on', 302, { location: 'https://127.0.0.1:1/next' }, 'Samespace keeps this recording at another address'],
		['has lost it', 404, {}, 'The recording could not be fetched from where Samespace keeps it'],
		['refuses it', 403, {}, 'The recording could not be fetched from where Samespace keeps it'],
		['shows a page', 200, { 'content-type': 'text/html' }, 'Samespace answered with something that is not a recording'],
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

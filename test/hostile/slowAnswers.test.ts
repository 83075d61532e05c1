/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- servers that send a byte now and then */
import type { ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

import { openBinaryStore } from '../support/binaryStore.ts';
import { runNode, testCredential } from '../support/runNode.ts';
import { allOf, credentialOf, startRawCluster, until, type Handler, type RawCluster } from './support/rawCluster.ts';

let cluster: RawCluster;
afterEach(async () => await cluster.close());

/** Sends a piece every 100 ms for as long as anybody listens. */
function drip(response: ServerResponse, piece: string | Buffer): void {
	const timer = setInterval(() => response.write(piece), 100);
	response.once('close', () => clearInterval(timer));
}

/** Lets the node's own clock run twenty times as fast: a minute of silence is too long for a test. */
function hurry(): void {
	const { timeout } = AbortSignal;
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout.call(AbortSignal, Math.max(1, Math.round(ms / 20))));
	const { now } = performance;
	jest.spyOn(performance, 'now').mockImplementation(() => now.call(performance) * 20);
}

const dripping: Handler = (_, response) => {
	response.writeHead(200, { 'content-type': 'application/json' }).write('{"total":1,"data":[');
	drip(response, ' ');
};
const stalling: Handler = (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"total":');
const silent: Handler = () => undefined;
const headersDripping: Handler = ({ socket }) => {
	socket.write('HTTP/1.1 200 OK\r\n');
	const timer = setInterval(() => socket.write('x-a: b\r\n'), 100);
	socket.once('close', () => clearInterval(timer));
};

describe("'Timeout' bounds a whole answer", () => {
	it.each([
		['whose bytes drip', dripping],
		['whose headers drip', headersDripping],
		['that stalls in the middle', stalling],
		['that never begins', silent],
		['of an error whose body never comes', (_, response) => void response.writeHead(402).write('{')],
	] as Array<[string, Handler]>)('one %s ends with an error, and its connection is closed', async (_, handler) => {
		cluster = await startRawCluster(handler);
		const parameters = allOf('getCalls', { options: { maxRetries: 0, timeout: 1 } });
		const run = await runNode({ parameters, credential: credentialOf(cluster) });
		expect(run.error?.message).toMatch(/Samespace took too long to respond|Samespace returned status 402/);
		expect(run.error?.context).toMatchObject({ itemIndex: 0 });
		expect(cluster.asked).toHaveLength(1);
		await until(() => cluster.open.size === 0, 'the connection is closed');
	}, 300_000);

	it("the credential's test ends, too", async () => {
		hurry();
		cluster = await startRawCluster(dripping);
		expect(await testCredential(credentialOf(cluster))).toMatchObject({ status: 'Error', message: expect.stringContaining('took too long to respond') as string });
		await until(() => cluster.open.size === 0, 'the connection is closed');
		jest.restoreAllMocks();
	}, 300_000);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const mostHeld = 120 * 1024 * 1024;

/** Buffers in use; garbage is collected where it would make the difference. */
function heldBuffers(): number {
	if (process.memoryUsage().arrayBuffers > mostHeld) collectGarbage();
	return process.memoryUsage().arrayBuffers;
}

describe('an answer that is too large', () => {
	const page = '{"total":1,"data":[{"_id":"a","notes":"';
	/** What is sent shrinks a thousandfold: 128 MB. */
	const bomb = gzipSync(Buffer.concat([Buffer.from(page), Buffer.alloc(128 * 1024 * 1024, 0x78), Buffer.from('"}]}')]));

	it.each<[string, Handler]>([
		['compressed', (_, response) => void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb)],
		[
			'without an end',
			(_, response) => {
				response.writeHead(200, { 'content-type': 'application/json' }).write(page);
				const piece = Buffer.alloc(1024 * 1024, 0x78);
				const more = (): void => {
					while (!response.destroyed && response.write(piece));
				};
				response.on('drain', more);
				more();
			},
		],
	])('%s, is given up at 64 MB, said in words, and never tried again', async (_, handler) => {
		cluster = await startRawCluster(handler);
		const before = heldBuffers();
		let most = 0;
		const watch = setInterval(() => (most = Math.max(most, heldBuffers() - before)), 50);
		const run = await runNode({ parameters: allOf('getCalls', { options: { maxRetries: 5 } }), credential: credentialOf(cluster) });
		clearInterval(watch);
		expect(run.error).toMatchObject({ message: "Samespace's response is too large", description: expect.stringContaining("Reduce 'Page Size'") as string });
		expect(cluster.asked).toHaveLength(1);
		expect(most).toBeLessThan(mostHeld);
		await until(() => cluster.open.size === 0, 'the connection is closed');
	}, 300_000);

	it('is reported by the credential test, too', async () => {
		cluster = await startRawCluster((_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
		expect(await testCredential(credentialOf(cluster))).toMatchObject({ status: 'Error', message: expect.stringContaining('too large') as string });
	}, 300_000);
});

describe('a recording', () => {
	let clearStore: () => Promise<void>;
	beforeAll(async () => {
		clearStore = await openBinaryStore();
		hurry();
	});
	afterAll(async () => {
		jest.restoreAllMocks();
		await clearStore();
	});

	const download = async () =>
		await runNode({ parameters: { resource: 'recording', operation: 'download', recordingUrl: '/r/1' }, credential: credentialOf(cluster) });

	it('that stalls after its headers is fetched again, and comes whole', async () => {
		let times = 0;
		cluster = await startRawCluster((_, response) => {
			response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': '5' });
			times += 1;
			if (times === 1) response.write('so');
			else response.end('sound');
		});
		const run = await download();
		expect(run.error).toBeUndefined();
		expect(run.items[0].binary?.data).toMatchObject({ bytes: 5, mimeType: 'audio/wav' });
		expect(cluster.asked).toHaveLength(2);
		await until(() => cluster.open.size === 0, 'the connections are closed');
	}, 300_000);

	it('may take as long as it likes while it flows', async () => {
		cluster = await startRawCluster((_, response) => {
			response.writeHead(200, { 'content-type': 'audio/wav' });
			let left = 30;
			const timer = setInterval(() => {
				left -= 1;
				if (left > 0) return void response.write('s');
				clearInterval(timer);
				response.end('.');
			}, 100);
		});
		const run = await download();
		expect(run.error).toBeUndefined();
		expect(run.items[0].binary?.data).toMatchObject({ bytes: 30 });
		expect(cluster.asked).toHaveLength(1);
	}, 300_000);

	it.each([401, 403, 404, 410])('that is refused with %i keeps no connection, although the body never comes', async (status) => {
		cluster = await startRawCluster((_, response) => response.writeHead(status, { 'content-length': '100' }).flushHeaders());
		const run = await download();
		expect(run.error?.message).toMatch(/recording/);
		await until(() => cluster.open.size === 0, 'the connection is closed');
	}, 300_000);
});

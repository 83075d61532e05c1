import * as fc from 'fast-check';
import type { IBinaryData } from 'n8n-workflow';

import { openBinaryStore } from '../support/binaryStore.ts';
import { runNode, type NodeRun } from '../support/runNode.ts';
import { credentialOf, hostileKey, startRawCluster, type Handler, type RawCluster } from './support/rawCluster.ts';
import { tallyOf } from './support/tally.ts';
import { inheritedNames } from './support/values.ts';

const counted = tallyOf('recordings');

let cluster: RawCluster;
let clearStore: () => Promise<void>;
let answer: Handler;

beforeAll(async () => {
	clearStore = await openBinaryStore();
	cluster = await startRawCluster((request, response) => answer(request, response));
});
beforeEach(() => void cluster.asked.splice(0));
afterAll(async () => {
	await cluster.close();
	await clearStore();
});

const download = async (recordingUrl: unknown = '/r/1'): Promise<NodeRun> => {
	counted();
	return await runNode({ parameters: { resource: 'recording', operation: 'download', recordingUrl: recordingUrl as string }, credential: credentialOf(cluster) });
};

const audio = (headers: { [name: string]: string }): Handler => (_, response) => void response.writeHead(200, headers).end('sound');

const fileOf = (run: NodeRun): IBinaryData => (run.items[0].binary as { data: IBinaryData }).data;

it.each([
	...['text/plain', 'text/html; charset=utf-8', 'text/xml', 'application/xml', 'application/xhtml+xml', 'image/svg+xml', 'application/json', 'application/problem+json'],
	...['application/javascript', 'text/javascript', 'application/x-msdownload', 'application/zip', 'image/png', 'multipart/mixed', 'constructor', '__proto__', 'audio', 'audio/', 'audio/"x"', 'AUDIO/<x>'],
	...[`audio/${'x'.repeat(5000)}`, 'audio/x y', `audio/${encodeURIComponent('k')}%00`],
].map((type) => [type.slice(0, 40), type]))('what comes as %j is no recording', async (_, type) => {
	answer = audio({ 'content-type': type });
	const run = await download();
	expect(run.error?.message).toBe("Samespace's response isn't a recording");
	expect(run.error?.description?.length).toBeLessThan(200);
	expect(cluster.asked).toHaveLength(1);
});

it.each(['export.zip', 'page.html', 'a.b.JSON', 'report.pdf', 'run.exe'])('what comes of an unknown type as %s is no recording', async (name) => {
	answer = audio({ 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename="${name}"` });
	const run = await download();
	expect(run.error?.message).toBe("Samespace's response isn't a recording");
	expect(cluster.asked).toHaveLength(1);
});

it.each([
	['audio/wav', 'wav'],
	['Audio/MPEG; x=y', 'mp3'],
	['audio/ogg', 'ogg'],
	['video/mp4', 'mp4'],
	['audio/x-strange', 'audio'],
	['application/octet-stream', 'wav'],
	['audio/3gpp', '3gp'],
	['video/quicktime', 'mov'],
	['', 'wav'],
])('what comes as %j is one, and its file ends in .%s', async (type, extension) => {
	answer = audio(type === '' ? {} : { 'content-type': type });
	expect(fileOf(await download()).fileName).toMatch(new RegExp(`^[\\w.-]+\\.${extension}$`));
});

it.each([
	['run.exe', 'run.wav'],
	['page.html', 'page.wav'],
	['../../etc/passwd', 'etc_passwd.wav'],
	['..\\..\\x.bat', 'x.wav'],
	['.htaccess', 'htaccess.wav'],
	['a.wav.exe', 'a.wav.wav'],
	['x'.repeat(5000), `${'x'.repeat(100)}.wav`],
	['con\u0001trol', 'con_trol.wav'],
	['<script>', 'script_.wav'],
	['constructor', 'constructor.wav'],
	['', 'r-1.wav'],
].map(([given, kept]) => [given.slice(0, 40), given, kept]))('a file that is called %j is kept as a recording of that name', async (_, given, kept) => {
	answer = audio({ 'content-type': 'audio/wav', 'content-disposition': `attachment; filename="${Buffer.from(given).toString('latin1').replaceAll('\u0001', '\t')}"` });
	const { fileName, fileExtension, mimeType } = fileOf(await download());
	expect({ fileName, fileExtension, mimeType }).toEqual({ fileName: kept, fileExtension: 'wav', mimeType: 'audio/wav' });
});

it.each([
	['its file name', { 'content-disposition': `filename=${Buffer.from(hostileKey).toString('hex')}.wav` }],
	['its file name, in pieces', { 'content-disposition': `filename="${(Buffer.from(hostileKey).toString('hex').match(/.{1,7}/g) ?? []).join('.')}.wav"` }],
	['its file name, in base64', { 'content-disposition': `filename="${Buffer.from(hostileKey).toString('base64url')}"` }],
	['its type', { 'content-type': `audio/${Buffer.from(hostileKey).toString('hex').slice(0, 40)}` }],
])('a recording that has the key in %s brings it into no item', async (_, headers) => {
	answer = audio({ 'content-type': 'audio/wav', ...headers });
	const run = await download();
	const all = JSON.stringify(run).toLowerCase();
	for (const form of ['hex', 'base64url'] as const) expect(all).not.toContain(Buffer.from(hostileKey).toString(form).slice(2, 30).toLowerCase());
});

it.each([
	...['blob:%s/r/1', 'data:audio/wav;base64,AA', 'javascript:alert(1)', 'file:///etc/passwd', 'ftp://127.0.0.1/x', 'https:evil.example', '//evil.example/x', '\\\\evil.example\\x'],
	...['http://127.0.0.1:1/x', '%s@evil.example/', 'x'.repeat(5000)],
].map((address) => [address.slice(0, 40), address]))('the address %j is refused, and nothing is sent', async (_, address) => {
	const run = await download(address.replace('%s', cluster.url));
	expect(run.error?.message).toMatch(/^'Recording URL' /);
	expect(cluster.asked).toEqual([]);
});

it('each inherited name as an address is requested from the cluster', async () => {
	answer = audio({ 'content-type': 'audio/wav' });
	for (const name of inheritedNames) expect((await download(name)).error).toBeUndefined();
	expect(cluster.asked.map(({ headers }) => headers.host)).toEqual(inheritedNames.map(() => new URL(cluster.url).host));
});

it.each([
	['call.mp3', 'call.mp3', 'audio/mpeg'],
	['call.OPUS', 'call.opus', 'audio/opus'],
	['a;b.wav', 'a_b.wav', 'audio/wav'],
	['call.g729', 'call.wav', 'audio/wav'],
])('where a store knows no type, the ending of %j decides', async (given, kept, type) => {
	answer = audio({ 'content-type': 'binary/octet-stream', 'content-disposition': `attachment; filename="${given}"` });
	expect(fileOf(await download())).toMatchObject({ fileName: kept, mimeType: type });
});

describe('a redirect', () => {
	it("to the cluster's own host is followed with the key", async () => {
		answer = ({ url }, response) =>
			url === '/r/1' ? response.writeHead(302, { location: '/files/2.wav' }).end() : response.writeHead(200, { 'content-type': 'audio/wav' }).end('sound');
		const run = await download();
		expect(run.error).toBeUndefined();
		expect(cluster.asked.map(({ url, headers }) => [url, headers['x-api-key']])).toEqual([
			['/r/1', hostileKey],
			['/files/2.wav', hostileKey],
		]);
	});

	it('that leads round in a circle ends with an error', async () => {
		answer = (_, response) => response.writeHead(302, { location: '/r/1' }).end();
		const run = await download();
		expect(run.error?.message).toBe("Samespace stores this recording at an address that can't be used");
		expect(cluster.asked.length).toBeLessThan(10);
	});

	it.each(['http://127.0.0.2:9/x', 'ftp://127.0.0.1/x', 'file:///etc/passwd', 'blob:https://127.0.0.1/x', 'https://user:pass@127.0.0.1/x', 'javascript:alert(1)', '', '\u0000', 'http://'])(
		'to %j is not followed',
		async (location) => {
			answer = ({ socket }) => void socket.end(`HTTP/1.1 302 Found\r\nlocation: ${location.replace('\u0000', '%00')}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
			const run = await download();
			expect(run.error?.message).toMatch(/^(Samespace stores this recording at an address that can't be used|This recording doesn't exist)/);
			expect(cluster.asked.length).toBeLessThan(8);
		},
	);
});

it('whatever names and types come, the file is a recording with a short name and no path', async () => {
	const header = fc.string({ unit: fc.constantFrom(...'abc./\\"; =%<>\t_-é'), maxLength: 60 });
	await fc.assert(
		fc.asyncProperty(header, fc.constantFrom('audio/wav', 'audio/mpeg', 'audio/x-y'), async (name, type) => {
			answer = ({ socket }) =>
				void socket.end(Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-disposition: filename=${name}\r\ncontent-length: 5\r\nconnection: close\r\n\r\nsound`, 'latin1'));
			expect(fileOf(await download()).fileName).toMatch(/^[\p{L}\p{N}_-][\p{L}\p{N}._-]{0,109}\.(wav|mp3|audio)$/u);
		}),
		{ numRuns: 300 },
	);
}, 300_000);

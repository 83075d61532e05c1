/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs on Node itself, not in n8n */
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runProbes } from './runProbes.ts';
import { readSettings } from './settings.ts';
import { markdownTable } from './table.ts';
import { hurried } from './testing/probeCluster.ts';
import { Client } from './wire/client.ts';

const key = 'Voice@canary-key#!';
const mark = 'canary';
const time = '2026-03-01T10:20:30.456Z';
const row = { _id: `${mark}1`, uuid: mark, start_time: time, end_time: time, duration: mark, [`${mark} field`]: mark };

let server: Server;
let answer: (response: ServerResponse, body: string) => void;
let asked = 0;
beforeAll(async () => {
	server = createServer((request, response) => {
		asked++;
		let body = '';
		request.on('data', (piece: Buffer) => (body += piece.toString()));
		request.on('end', () => answer(response, body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});
beforeEach(() => (asked = 0));

const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Everything that a run prints. */
async function printed(timeoutMs = 5000): Promise<string> {
	const settings = hurried(url(), key, { now: () => Date.parse('2026-03-15T12:00:00.000Z'), timeoutMs, maxRequests: 90 });
	const outcome = await runProbes(new Client(settings), settings);
	return 'problem' in outcome ? outcome.problem : markdownTable(outcome.rows);
}

const json = (value: unknown, status = 200) => (response: ServerResponse) =>
	response.writeHead(status, { 'content-type': `application/json; ${mark}`, 'retry-after': mark }).end(JSON.stringify(value));

describe('whatever a cluster answers, none of it is printed', () => {
	it.each<[string, (response: ServerResponse, body: string) => unknown]>([
		['an error that quotes the key', json({ message: `${key} ${mark}`, error: mark, [mark]: mark }, 401)],
		['a refusal that quotes the request', (response, body) => json({ [key]: body, message: key, errors: [mark] }, 400)(response)],
		['an object of names', json({ [mark]: { [key]: mark }, data: { [mark]: key } })],
		['an error with HTTP 200', json({ error: { message: key }, status: mark })],
		['rows of odd values', json({ total: mark, data: [row, { ...row, _id: { [mark]: key } }, { ...row, _id: null }] })],
		['rows in a bare array', json([row, row, row])],
		['one record', json(row)],
		['a text', (response) => response.end(`${key} ${mark}`)],
		['a page', (response) => response.end(`<html><title>${key}</title>${mark}</html>`)],
		['a redirect', (response) => response.writeHead(302, { location: `/${mark}?${encodeURIComponent(key)}` }).end()],
		['a number of its own', (response) => response.writeHead(299, mark).end(JSON.stringify({ total: 3, data: [row, row, row] }))],
		['nothing at all', (response) => response.destroy()],
		['very deep JSON', (response) => response.end(`{"data":[{"_id":${'['.repeat(50_000)}${']'.repeat(50_000)},"uuid":"${mark}"}]}`)],
	])('%s', async (_, how) => {
		answer = how as typeof answer;
		const text = await printed();
		expect(text.length).toBeGreaterThan(50);
		expect(text.toLowerCase()).not.toContain(mark);
		expect(asked).toBeLessThanOrEqual(90);
	});

	it('stops at a redirect instead of carrying the key along', async () => {
		answer = (response) => response.writeHead(307, { location: '/elsewhere' }).end();
		await printed();
		expect(asked).toBe(4);
	});

	it('gives up on an answer that never ends', async () => {
		answer = (response) => response.writeHead(200).write('{"total": 1, ');
		expect(await printed(50)).toContain('No report could be read: there was a timeout');
	});

	it('gives up on an answer over 64 MB', async () => {
		const piece = Buffer.alloc(1024 * 1024, 0x20);
		answer = (response) => {
			const write = (): void => {
				while (!response.destroyed) if (!response.write(piece)) return;
			};
			response.on('drain', write);
			write();
		};
		expect(await printed(20_000)).toContain('an answer over 64 MB');
	});
});

describe('settings', () => {
	const given = { SAMESPACE_CLUSTER_ID: 'acme', SAMESPACE_API_KEY: key };

	it('makes the address of a cluster', () => {
		expect(readSettings(given)).toMatchObject({ baseUrl: 'https://acme.samespace.com', apiKey: key, timezone: 'UTC' });
	});

	it.each([
		['https://reports.acme.example', 'https://reports.acme.example'],
		['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
		['http://localhost:8080', 'http://localhost:8080'],
	])('takes %s', (SAMESPACE_BASE_URL, baseUrl) => {
		expect(readSettings({ ...given, SAMESPACE_BASE_URL })).toMatchObject({ baseUrl });
	});

	it.each([
		[{ ...given, SAMESPACE_CLUSTER_ID: '' }, 'Set SAMESPACE_CLUSTER_ID'],
		[{ ...given, SAMESPACE_CLUSTER_ID: 'canary.example/' }, "SAMESPACE_CLUSTER_ID isn't"],
		[{ ...given, SAMESPACE_API_KEY: '' }, 'Set SAMESPACE_API_KEY'],
		[{ ...given, SAMESPACE_API_KEY: 'canary\nkey' }, 'SAMESPACE_API_KEY has'],
		[{ ...given, SAMESPACE_TIMEZONE: 'Canary/City' }, "SAMESPACE_TIMEZONE isn't"],
		[{ ...given, SAMESPACE_BASE_URL: 'http://canary.example' }, 'SAMESPACE_BASE_URL must be'],
		[{ ...given, SAMESPACE_BASE_URL: 'https://canary:pw@acme.example' }, 'SAMESPACE_BASE_URL must be'],
		[{ ...given, SAMESPACE_BASE_URL: 'canary' }, 'SAMESPACE_BASE_URL must be'],
	])('says what is wrong, without the value: %#', (environment, start) => {
		const { problem } = readSettings(environment) as { problem: string };
		expect(problem).toMatch(new RegExp(`^${start}`));
		expect(problem.toLowerCase()).not.toContain(mark);
	});
});

it('imports nothing of the nodes, and of the simulator only for tests: it would share their mistakes', () => {
	const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
	expect(files.length).toBeGreaterThan(15);
	for (const name of files) {
		const imports = readFileSync(join(__dirname, name), 'utf8').match(/from '[^']+'/g) ?? [];
		expect(imports.filter((path) => /nodes\/|credentials\//.test(path))).toEqual([]);
		const isForTests = name.endsWith('.test.ts') || name.startsWith('testing');
		if (!isForTests) expect(imports.filter((path) => path.includes('simulator'))).toEqual([]);
	}
});

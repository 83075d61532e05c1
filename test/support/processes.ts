/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts processes of its own to measure them */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(__dirname, '..', '..');

/** A simulator in a process of its own, so that its memory and its work are not the client's. */
export interface ClusterProcess {
	url: string;
	apiKey: string;
	/** Steers it: a path under /__simulator/ and a body. */
	post(path: string, body: object): Promise<unknown>;
	get(path: string): Promise<unknown>;
	close(): Promise<void>;
}

/** Starts the simulator with flags of its command line; it ends with this process at the latest. */
export async function startClusterProcess(...flags: string[]): Promise<ClusterProcess> {
	const child = spawn(process.execPath, ['test/simulator/main.ts', '--die-with-parent', ...flags], {
		cwd: root,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const { url, apiKey } = JSON.parse(await firstLine(child)) as { url: string; apiKey: string };
	const call = async (path: string, init?: RequestInit): Promise<unknown> =>
		await (await fetch(`${url}/__simulator/${path}`, init)).json();
	return {
		url,
		apiKey,
		get: async (path) => await call(path),
		post: async (path, body) =>
			await call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		close: async () => {
			const ended = new Promise((resolve) => child.once('exit', resolve));
			child.kill();
			await ended;
		},
	};
}

/** Runs a script of test/support in a Node with so much heap, and gives what it printed as JSON. @throws when it fails */
export async function runScript(script: string, given: object, heapMb: number): Promise<unknown> {
	const child = spawn(
		process.execPath,
		[`--max-old-space-size=${heapMb}`, '--expose-gc', '-r', './test/support/register.cjs', '-e', `require('./test/support/${script}.ts')`],
		{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, GIVEN: JSON.stringify(given) } },
	);
	const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const line = await firstLine(child);
	const code = await exit;
	if (code !== 0) throw new Error(`${script} ended with ${code}`);
	return JSON.parse(line);
}

async function firstLine(child: ChildProcess): Promise<string> {
	return await new Promise((resolve, reject) => {
		child.once('exit', (code) => reject(new Error(`ended with ${code} before it said anything`)));
		if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve);
	});
}

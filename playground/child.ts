/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts and ends processes */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { leash } from './places.ts';

const STOP_MS = 15_000;
const LAST_WORDS = 4000;
const GONE_CHECK_MS = 50;
const GONE_CHECKS = 100;

/** A program with all that it starts: they end together. */
export interface Child {
	/** What it has written to its standard output so far. */
	output(): string;
	/** The end of all that it has written, for people to read. */
	lastWords(): string;
	/** Its exit code, once it has ended. */
	readonly ended: Promise<number>;
	/** Asks it to end, insists after some seconds; resolves when nothing of it is left. */
	stop(): Promise<void>;
	/** Ends it at once, as a power cut would. */
	kill(): Promise<void>;
}

interface ChildOptions {
	/** Path without extension: its output goes to `.out` and `.err`. */
	log: string;
	cwd?: string;
	env?: NodeJS.ProcessEnv;
}

/** Starts a program on a leash: it ends with its group, and never outlives us. */
export function startChild(command: string[], { log, cwd, env }: ChildOptions): Child {
	mkdirSync(dirname(log), { recursive: true });
	// Files, not pipes: n8n's commands exit without waiting for a pipe to be read, and the rest would be lost.
	const files = [`${log}.out`, `${log}.err`];
	const [out, err] = files.map((file) => openSync(file, 'w'));
	const started = spawn(process.execPath, [leash, ...command], { cwd, env, stdio: ['pipe', out, err], detached: true });
	closeSync(out);
	closeSync(err);
	const ended = new Promise<number>((resolve, reject) => {
		started.once('error', reject);
		started.once('close', (code) => resolve(code ?? 1));
	});
	// Whoever waits gets the failure; nobody waiting is no unhandled rejection.
	ended.catch(() => undefined);
	return {
		output: () => readFileSync(files[0], 'utf8'),
		lastWords: () => files.map((file) => readFileSync(file, 'utf8').slice(-LAST_WORDS)).join('\n'),
		ended,
		stop: async () => await stop(started, ended),
		async kill() {
			endGroup(started);
			await ended.catch(() => undefined);
			for (let left = GONE_CHECKS; left > 0 && isThere(started); left -= 1) await new Promise((resolve) => setTimeout(resolve, GONE_CHECK_MS));
		},
	};
}

async function stop(child: ChildProcess, ended: Promise<number>): Promise<void> {
	child.stdin?.end();
	const insist = setTimeout(() => endGroup(child), STOP_MS);
	await ended.catch(() => undefined);
	clearTimeout(insist);
	endGroup(child);
}

/** Whether any process of the group is left. */
function isThere({ pid }: ChildProcess): boolean {
	if (pid === undefined) return false;
	try {
		process.kill(-pid, 0);
		return true;
	} catch {
		return false;
	}
}

function endGroup({ pid }: ChildProcess): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// nobody of the group is left
	}
}

/** Below these the system takes no ports for outgoing connections: an n8n that was stopped finds its own free when it starts again. */
const lowestPort = 12_000;
const highestPort = 32_000;

/** As many free loopback ports as asked for, all different. */
export async function freePorts(count: number): Promise<number[]> {
	const ports = new Set<number>();
	while (ports.size < count) {
		const port = lowestPort + Math.floor(Math.random() * (highestPort - lowestPort));
		if (await isFree(port)) ports.add(port);
	}
	return [...ports];
}

/** Whether nobody listens on this loopback port. */
export async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	try {
		await listen(server, port);
		await close(server);
		return true;
	} catch {
		return false;
	}
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : port;
}

async function close(server: ReturnType<typeof createServer>): Promise<void> {
	await new Promise((resolve) => server.close(resolve));
}

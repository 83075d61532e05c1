/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- prepares folders, starts n8n */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import axios from 'axios';
import { freePorts, startChild, type Child } from './child.ts';
import { FILES_FOLDER, HOME_FOLDER, environment, type Settings } from './environment.ts';
import { n8nCommand, n8nPackages, packageFile, root } from './places.ts';

const READY_MS = 120_000;
/** What the package takes from n8n. Below the clone, Node would find the clone's own copies first. */
const SHARED = ['n8n-workflow', 'luxon'];

export interface InstanceOptions {
	/** All that is its own: database, settings, the installed package, logs, the files that workflows write. */
	folder: string;
	/** IANA name; default: the machine's own. */
	timezone?: string;
	/** Port of the editor; default: a free one. */
	port?: number;
	/** How much n8n logs; default: 'info'. */
	logLevel?: Settings['logLevel'];
	/** Whether n8n keeps a trigger's state with each poll. */
	hasDurableCursors?: boolean;
}

/** How a command ended: its whole standard output, and the end of all output, for people to read. */
export interface Finished {
	exitCode: number;
	output: string;
	lastWords: string;
}

/** A real n8n with the packed package in it. */
export interface Instance {
	readonly folder: string;
	/** Where the editor is, once started. */
	readonly url: string;
	/** One run of n8n's command line, to its end. */
	command(args: string[]): Promise<Finished>;
	/** Starts the editor; resolves when it answers, to the running n8n. */
	start(): Promise<Child>;
	/** Ends whatever of it still runs. */
	stop(): Promise<void>;
	/** Does `work` unless it was last done with the same `input`. */
	once(step: string, input: string | Buffer, work: () => Promise<void>): Promise<void>;
}

/** Makes the folder, and puts the packed package where n8n looks for community nodes. */
export async function prepareInstance(options: InstanceOptions): Promise<Instance> {
	const { folder } = options;
	await mkdir(join(folder, FILES_FOLDER), { recursive: true });
	const [freePort, brokerPort] = await freePorts(2);
	const port = options.port ?? freePort;
	const timezone = options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
	const instance = control({ folder, port, brokerPort, timezone, logLevel: options.logLevel, hasDurableCursors: options.hasDurableCursors });
	await instance.once('package', await readFile(packageFile), async () => await install(folder));
	return instance;
}

// n8n loads every folder there that has a package.json with an `n8n` section. The package has no
// dependencies, so unpacking it is all that an installation does.
async function install(folder: string): Promise<void> {
	const packages = join(folder, HOME_FOLDER, '.n8n', 'nodes', 'node_modules');
	await rm(packages, { recursive: true, force: true });
	const target = join(packages, 'n8n-nodes-samespace');
	await mkdir(target, { recursive: true });
	await promisify(execFile)('tar', ['-xzf', packageFile, '-C', target, '--strip-components=1']);
	if (folder.startsWith(root)) {
		for (const name of SHARED) await symlink(join(n8nPackages, name), join(packages, name));
	}
}

function control(settings: Settings): Instance {
	const { folder, port } = settings;
	const url = `http://localhost:${port}`;
	const running = new Set<Child>();
	let stopped = false;
	let launches = 0;
	const launch = (args: string[]): Child => {
		if (stopped) throw new Error('This n8n has been stopped');
		launches += 1;
		const log = join(folder, 'logs', `${launches}-${args[0].replace(':', '-')}`);
		const child = startChild([n8nCommand, ...args], { cwd: folder, env: environment(settings), log });
		running.add(child);
		const forget = () => running.delete(child);
		child.ended.then(forget, forget);
		return child;
	};
	return {
		folder,
		url,
		async command(args) {
			const child = launch(args);
			const exitCode = await child.ended;
			return { exitCode, output: child.output(), lastWords: child.lastWords() };
		},
		async start() {
			const editor = launch(['start']);
			await untilReady(editor, port);
			return editor;
		},
		async stop() {
			stopped = true;
			await Promise.all([...running].map(async (child) => await child.stop()));
		},
		once: async (step, input, work) => await unlessDone(join(folder, 'done', step), input, work),
	};
}

async function unlessDone(mark: string, input: string | Buffer, work: () => Promise<void>): Promise<void> {
	const wanted = createHash('sha256').update(input).digest('hex');
	if (existsSync(mark) && (await readFile(mark, 'utf8')) === wanted) return;
	await rm(mark, { force: true });
	await work();
	await mkdir(join(mark, '..'), { recursive: true });
	await writeFile(mark, wanted);
}

async function untilReady(child: Child, port: number): Promise<void> {
	let over: string | undefined;
	const end = (reason: string) => () => (over ??= reason);
	child.ended.then(end('n8n exited before it was ready'), end("n8n couldn't be started"));
	const deadline = setTimeout(end(`n8n wasn't ready within ${READY_MS / 1000} s`), READY_MS);
	try {
		while (!(await answers(`http://127.0.0.1:${port}/healthz/readiness`))) {
			if (over !== undefined) throw new Error(`${over}:\n${child.lastWords()}`);
			await wait(250);
		}
	} finally {
		clearTimeout(deadline);
	}
}

async function answers(url: string): Promise<boolean> {
	const response = await axios
		.get(url, { proxy: false, timeout: 2000, validateStatus: () => true })
		.catch(() => undefined);
	return response?.status === 200;
}

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
import { FILES_FOLDER, HOME_FOLDER, environment, type Settings, type Variables } from './environment.ts';
import { newestRelease, packageFile, root, type Release } from './places.ts';

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
	/** Default: the newest. */
	release?: Release;
	/** n8n's settings, beside those that every instance has. */
	variables?: Variables;
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
	/** Starts the editor, or in queue mode what `command` names; resolves when it answers, to the running n8n. */
	start(command?: string[]): Promise<Child>;
	/** Ends whatever of it still runs. */
	stop(): Promise<void>;
	/** Does `work` unless it was last done with the same `input`. */
	once(step: string, input: string | Buffer, work: () => Promise<void>): Promise<void>;
}

/** Makes the folder, and puts the packed package where n8n looks for community nodes. */
export async function prepareInstance(options: InstanceOptions): Promise<Instance> {
	const { folder, release = newestRelease, logLevel, variables } = options;
	await mkdir(join(folder, FILES_FOLDER), { recursive: true });
	const [freePort, brokerPort] = await freePorts(2);
	const port = options.port ?? freePort;
	const timezone = options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
	const instance = control({ folder, release, port, brokerPort, timezone, logLevel, variables });
	await instance.once('package', await readFile(packageFile), async () => await install(folder, release));
	return instance;
}

// n8n loads every folder there that has a package.json with an `n8n` section. The package has no
// dependencies, so unpacking it is all that an installation does.
async function install(folder: string, { packages: shared }: Release): Promise<void> {
	const packages = join(folder, HOME_FOLDER, '.n8n', 'nodes', 'node_modules');
	await rm(packages, { recursive: true, force: true });
	const target = join(packages, 'n8n-nodes-samespace');
	await mkdir(target, { recursive: true });
	await promisify(execFile)('tar', ['-xzf', packageFile, '-C', target, '--strip-components=1']);
	if (folder.startsWith(root)) {
		for (const name of SHARED) await symlink(join(shared, name), join(packages, name));
	}
}

function control(settings: Settings): Instance {
	const { folder, port, release } = settings;
	const url = `http://localhost:${port}`;
	const running = new Set<Child>();
	let stopped = false;
	let launches = 0;
	const launch = (args: string[]): Child => {
		if (stopped) throw new Error('This n8n has been stopped');
		launches += 1;
		const log = join(folder, 'logs', `${launches}-${args[0].replace(':', '-')}`);
		const child = startChild([release.node, release.command, ...args], { cwd: folder, env: environment(settings), log });
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
		async start(command = ['start']) {
			const child = launch(command);
			// The main says that it is ready before it is; a worker has nothing but its health.
			await untilReady(child, `http://127.0.0.1:${port}/${command[0] === 'start' ? 'rest/settings' : 'healthz/readiness'}`);
			return child;
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

async function untilReady(child: Child, url: string): Promise<void> {
	let over: string | undefined;
	const end = (reason: string) => () => (over ??= reason);
	child.ended.then(end('n8n exited before it was ready'), end("n8n couldn't be started"));
	const deadline = setTimeout(end(`n8n wasn't ready within ${READY_MS / 1000} s`), READY_MS);
	try {
		while (!(await answers(url))) {
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
	// While it starts, n8n answers to everything with 200 and a text.
	return response?.status === 200 && typeof response.data === 'object';
}

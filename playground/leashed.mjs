// Runs a program that ends when we do, whether we are asked to end or just vanish (leash.mjs).
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const leash = fileURLToPath(new URL('./leash.mjs', import.meta.url));
const ORPHAN_CHECK_MS = 1000;
const parent = process.ppid;
const underNpm = process.env.npm_lifecycle_event !== undefined;

/** Whether somebody asked us to end while a program ran. */
export let askedToEnd = false;

/**
 * Runs it to its end and returns its exit code; a signal to us ends it.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, output?: 'inherit' | number }} options output: a file descriptor
 */
export async function runLeashed(command, args, { cwd, env = process.env, output = 'inherit' }) {
	const child = spawn(process.execPath, [leash, command, ...args], {
		cwd,
		env,
		stdio: ['pipe', output, output],
		detached: true,
	});
	const stopWatching = onEnd(() => {
		askedToEnd = true;
		child.stdin.end();
	});
	try {
		return await new Promise((resolve, reject) => {
			child.on('error', reject);
			child.on('exit', (code) => resolve(code ?? 1));
		});
	} finally {
		stopWatching();
	}
}

// npm passes a SIGTERM to its shell, and the shell dies without passing it on: then we have another parent.
function onEnd(end) {
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	for (const signal of signals) process.on(signal, end);
	const orphaned = () => process.ppid !== parent && end();
	const timer = underNpm ? setInterval(orphaned, ORPHAN_CHECK_MS) : undefined;
	return () => {
		clearInterval(timer);
		for (const signal of signals) process.off(signal, end);
	};
}

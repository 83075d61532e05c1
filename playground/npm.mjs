// npm as a child: its output goes to a log file, a line of progress to the terminal.
import { closeSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { askedToEnd, runLeashed } from './leashed.mjs';

const LINES_SHOWN = 20;

/**
 * Runs one npm command to its end; throws with the tail of its log when it fails.
 * @param {string[]} args
 * @param {{ cwd: string, log: string, label: string, progress?: () => string }} options
 */
export async function npm(args, { cwd, log, label, progress }) {
	const started = Date.now();
	const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
	const line = () => `  ${label}: ${[seconds(), progress?.()].filter(Boolean).join(', ')}`;
	const stopReporting = report(line);
	const output = openSync(log, 'w');
	const code = await runLeashed('npm', args, { cwd, env: environment(), output });
	closeSync(output);
	stopReporting();
	if (code === 0) return console.log(`${label}: done in ${seconds()}`);
	if (askedToEnd) throw new Error(`${label}: interrupted`);
	throw new Error(`${cause(readFileSync(log, 'utf8'))}\n\n${label} failed: 'npm ${args.join(' ')}' exited with code ${code}. Full log: ${log}`);
}

/**
 * Installs what a folder's package.json and lock name, and runs the install scripts of those packages alone that `allowScripts` there says true
 * for: npm before 11 ignores it, and would run the scripts of every package.
 * @param {{ folder: string, what: string, options?: string[], logs: string, progress?: () => string, isThere?: boolean }} wanted `isThere`: only the scripts are missing
 */
export async function installPackages({ folder, what, options = [], logs, progress, isThere = false }) {
	const logOf = (step) => join(logs, `${step}-${what.replaceAll(' ', '-')}.log`);
	if (!isThere) await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', ...options], { cwd: folder, log: logOf('install'), label: `Installing ${what}`, progress });
	const { allowScripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
	// Somebody's own settings may forbid all scripts.
	if (allowed.length > 0) await npm(['rebuild', '--ignore-scripts=false', ...allowed], { cwd: folder, log: logOf('build'), label: `Building ${what}` });
}

// npm names the cause in the first of its error lines, and may print pages of usage after it.
function cause(output) {
	const lines = output.trimEnd().split('\n');
	const first = lines.findIndex((line) => line.startsWith('npm error'));
	return (first < 0 ? lines.slice(-LINES_SHOWN) : lines.slice(Math.max(0, first - LINES_SHOWN)).slice(0, 2 * LINES_SHOWN)).join('\n');
}

// A run inside `npm start` inherits that npm's settings for its own folder, and a PATH whose first node may be
// the very one that `npm ci` is about to replace.
function environment() {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^npm_(package|lifecycle|config_local_prefix|config_loglevel|node_execpath|command)/i.test(name),
	);
	const env = Object.fromEntries(inherited);
	const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	const folders = (env[path] ?? '').split(delimiter);
	env[path] = folders.filter((folder) => !/node_modules[\\/]\.bin$/.test(folder)).join(delimiter);
	// SQLite compiles faster than with -O3, and is fast enough for a playground.
	return { CFLAGS: '-O1', CXXFLAGS: '-O1', ...env };
}

function report(line) {
	const terminal = process.stdout.isTTY;
	const show = () => process.stdout.write(terminal ? `\r\x1b[K${line()}` : `${line()}\n`);
	const timer = setInterval(show, terminal ? 1000 : 15_000);
	return () => {
		clearInterval(timer);
		if (terminal) process.stdout.write('\r\x1b[K');
	};
}

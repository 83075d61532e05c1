/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- looks for programs, and installs what is missing */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const installMs = 5 * 60_000;
const known = [
	{ title: 'Redis', programs: ['redis-server', 'valkey-server'], debian: 'redis-server' },
	{ title: 'PostgreSQL', programs: ['postgres'], debian: 'postgresql' },
];

/** What n8n's queue mode stands on: paths of programs, and the titles of those that are missing. */
export interface Found {
	redis?: string;
	postgres?: string;
	missing: string[];
}

/** Looks for Redis and PostgreSQL in PATH, and where Debian and Homebrew put them. */
export function findServices(): Found {
	const [redis, postgres] = known.map(({ programs }) => programs.map(find).find((path) => path !== undefined));
	return { redis, postgres, missing: known.filter((_, index) => ![redis, postgres][index]).map(({ title }) => title) };
}

/** Installs what is missing, where we may: as root on Debian. Debian's own services stay off. */
export function installServices(): void {
	const { missing } = findServices();
	const wanted = known.filter(({ title }) => missing.includes(title)).map(({ debian }) => debian);
	if (wanted.length === 0 || process.getuid?.() !== 0 || !find('apt-get')) return;
	console.log(`Installing ${wanted.join(' and ')} …`);
	// In runlevel 1 a package starts no service.
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
	const apt = (...args: string[]) => execFileSync('apt-get', args, { env, stdio: 'ignore', timeout: installMs });
	try {
		apt('update');
		apt('install', '--yes', '--no-install-recommends', ...wanted);
	} catch (error) {
		console.error(`'apt-get install ${wanted.join(' ')}' failed: ${(error as Error).message}`);
	}
}

function find(program: string): string | undefined {
	return folders().map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function folders(): string[] {
	return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', ...below('/usr/lib/postgresql'), ...below('/opt/homebrew/opt'), ...below('/usr/local/opt')];
}

/** The newest first. */
function below(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder).sort().reverse().map((name) => join(folder, name, 'bin'));
}

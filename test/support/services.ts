/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts Redis and PostgreSQL in a folder of their own */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { freePorts, startChild } from '../../playground/child.ts';
import { readCsv } from '../../playground/csv.ts';
import type { Variables } from '../../playground/environment.ts';
import { findServices } from './findServices.ts';
import { until } from './rest.ts';

/** A service of its own, on loopback. */
export interface Service {
	port: number;
	stop(): Promise<void>;
}

/** A Redis and a PostgreSQL, for an n8n in queue mode. */
export interface Services {
	/** How an n8n finds them. */
	variables: Variables;
	postgres: Service;
	stop(): Promise<void>;
}

/** Who may do everything in our PostgreSQL; it asks nobody for a password. */
export const postgresLogin = { database: 'postgres', user: 'postgres', password: 'not asked for' };

/** Starts both. @throws when they are not there, or don't start */
export async function startServices(): Promise<Services> {
	const { missing } = findServices();
	if (missing.length > 0) throw new Error(`${missing.join(' and ')} not found`);
	const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
	return {
		postgres,
		variables: {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: postgresLogin.database,
			DB_POSTGRESDB_USER: postgresLogin.user,
			DB_POSTGRESDB_PASSWORD: postgresLogin.password,
		},
		async stop() {
			await Promise.all([redis.stop(), postgres.stop()]);
		},
	};
}

/** Starts a Redis that keeps nothing. @throws when it is not there, or doesn't start */
export async function startRedis(): Promise<Service> {
	const { redis = '' } = findServices();
	return await startService('redis', (folder, port) => [redis, '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]);
}

/** Starts an empty PostgreSQL. @throws when it is not there, or doesn't start */
export async function startPostgres(): Promise<Service> {
	const { postgres } = findServices();
	return await startService(
		'postgres',
		(folder, port) => {
			const data = prepareDatabase(beside(postgres, 'initdb'), folder);
			return [...asUser(), beside(postgres, 'postgres'), '-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data, '-c', 'fsync=off'];
		},
		'ready to accept connections',
	);
}

/** The rows that a query gives, each as an object of texts. */
export function queryPostgres({ port }: Service, query: string): Array<{ [column: string]: string }> {
	const psql = beside(findServices().postgres, 'psql');
	const printed = execFileSync(psql, ['-h', '127.0.0.1', '-p', String(port), '-U', postgresLogin.user, '--csv', '-c', query, postgresLogin.database], { encoding: 'utf8', maxBuffer: 100_000_000 });
	return readCsv(printed);
}

async function startService(name: string, commandIn: (folder: string, port: number) => string[], saysWhenReady = ''): Promise<Service> {
	const folder = mkdtempSync(join(tmpdir(), `samespace-${name}-`));
	const [port] = await freePorts(1);
	const env = { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C' };
	const child = startChild(commandIn(folder, port), { cwd: folder, env, log: join(folder, 'logs', name) });
	await until(async () => (await accepts(port)) && child.lastWords().includes(saysWhenReady), `${name} answers`);
	return {
		port,
		async stop() {
			await child.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** PostgreSQL's programs are in one folder, wherever a link points to one of them from. */
function beside(postgres: string | undefined, program: string): string {
	if (postgres === undefined) throw new Error('PostgreSQL not found');
	return join(dirname(realpathSync(postgres)), program);
}

function prepareDatabase(initdb: string, folder: string): string {
	chmodSync(folder, 0o755);
	const data = join(folder, 'postgres');
	mkdirSync(data);
	const [setpriv, ...options] = asUser();
	if (setpriv) execFileSync('chown', [options[0].replace('--reuid=', ''), data]);
	const [program, ...args] = [...asUser(), initdb, '-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync', '--locale=C'];
	execFileSync(program, args, { cwd: data, stdio: 'pipe' });
	return data;
}

/** PostgreSQL refuses to run as root. */
function asUser(): string[] {
	if (process.getuid?.() !== 0) return [];
	const user = hasUser('postgres') ? 'postgres' : 'nobody';
	return ['setpriv', `--reuid=${user}`, '--clear-groups'];
}

function hasUser(name: string): boolean {
	try {
		execFileSync('id', [name], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts Redis and PostgreSQL in a folder of their own */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { freePorts, startChild } from '../../playground/child.ts';
import type { Variables } from '../../playground/environment.ts';
import { findServices } from './findServices.ts';
import { until } from './rest.ts';

/** A Redis and a PostgreSQL of their own, on loopback. */
export interface Services {
	/** How an n8n finds them. */
	variables: Variables;
	stop(): Promise<void>;
}

/** Starts both in an empty folder. @throws when they are not there, or don't start */
export async function startServices(): Promise<Services> {
	const { redis = '', postgres = '', missing } = findServices();
	if (missing.length > 0) throw new Error(`${missing.join(' and ')} not found`);
	const folder = mkdtempSync(join(tmpdir(), 'samespace-services-'));
	const [redisPort, postgresPort] = await freePorts(2);
	const data = prepareDatabase(join(dirname(postgres), 'initdb'), folder);
	const env = { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C' };
	const start = (log: string, command: string[]) => startChild(command, { cwd: folder, env, log: join(folder, 'logs', log) });
	const running = [
		start('redis', [redis, '--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]),
		start('postgres', [...asUser(), postgres, '-D', data, '-p', String(postgresPort), '-h', '127.0.0.1', '-k', data, '-c', 'fsync=off']),
	];
	const stop = async (): Promise<void> => {
		await Promise.all(running.map(async (child) => await child.stop()));
		rmSync(folder, { recursive: true, force: true });
	};
	for (const port of [redisPort, postgresPort]) await until(async () => await accepts(port), 'Redis and PostgreSQL answer');
	await until(() => running[1].lastWords().includes('ready to accept connections'), 'PostgreSQL is ready');
	return {
		variables: {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'postgres',
			DB_POSTGRESDB_PASSWORD: 'not asked for',
		},
		stop,
	};
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

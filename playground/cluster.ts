/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the environment, remembers the simulator's port */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isFree, startChild, type Child } from './child.ts';
import { root } from './places.ts';

const START_MS = 30_000;

/** What the credential needs to know of a Samespace cluster. */
export interface Cluster {
	clusterId: string;
	apiKey: string;
	timezone: string;
	/** Empty: the cluster's own host. */
	baseUrl: string;
}

/** The real cluster if the environment names one, else a simulator that runs until stopped. */
export async function openCluster(folder: string): Promise<{ cluster: Cluster; title: string; simulator?: Child }> {
	const { SAMESPACE_CLUSTER_ID: clusterId, SAMESPACE_API_KEY: apiKey, SAMESPACE_TIMEZONE } = process.env;
	if (clusterId && apiKey) {
		const cluster = { clusterId, apiKey, timezone: SAMESPACE_TIMEZONE ?? 'UTC', baseUrl: '' };
		return { cluster, title: `the cluster '${clusterId}'` };
	}
	const remembered = join(folder, 'simulator-port');
	const simulator = startChild(
		[process.execPath, 'test/simulator/main.ts', '--live', '--calls-per-day', '400', '--port', String(await lastPort(remembered))],
		{ cwd: root, env: process.env, log: join(folder, 'logs', 'simulator') },
	);
	const { url, apiKey: simulatedKey, port } = await announcement(simulator);
	writeFileSync(remembered, String(port));
	const cluster = { clusterId: 'simulator', apiKey: simulatedKey, timezone: 'UTC', baseUrl: url };
	return { cluster, title: `a simulated cluster at ${url}`, simulator };
}

// The same port as last time, so that the imported credential still fits.
async function lastPort(remembered: string): Promise<number> {
	if (!existsSync(remembered)) return 0;
	const port = Number(readFileSync(remembered, 'utf8'));
	return (await isFree(port)) ? port : 0;
}

interface Announcement {
	url: string;
	apiKey: string;
	port: number;
}

async function announcement(simulator: Child): Promise<Announcement> {
	const deadline = Date.now() + START_MS;
	let over = false;
	simulator.ended.then(
		() => (over = true),
		() => (over = true),
	);
	for (;;) {
		const line = simulator.output().split('\n').slice(0, -1).find((text) => text.startsWith('{'));
		if (line !== undefined) return JSON.parse(line) as Announcement;
		if (over || Date.now() > deadline) {
			throw new Error(`The simulator didn't start:\n${simulator.lastWords()}`);
		}
		await wait(50);
	}
}

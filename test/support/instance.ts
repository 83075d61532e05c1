/* eslint-disable @n8n/community-nodes/no-restricted-imports -- every instance under test has a folder of its own */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../../playground/cluster.ts';
import { prepareInstance, type Instance, type InstanceOptions } from '../../playground/instance.ts';
import type { Simulator } from '../simulator/index.ts';
import { searchFolder, type Leak, type Secret } from './leaks.ts';

/** A zone in which it is about noon now: days and months do not change while a test runs. */
export function zoneAtNoon(now = new Date()): string {
	const offset = 12 - now.getUTCHours();
	// The sign of these names is the reverse of the usual one.
	return offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** A real n8n in a folder of its own. */
export interface FreshInstance extends Instance {
	/** Stops n8n, and searches everything it has written for these. */
	leaksOf(secrets: Secret[]): Promise<Leak[]>;
	/** Stops n8n and removes its folder. @throws when an API key is in there, other than encrypted */
	stop(): Promise<void>;
}

/** Something with an API key that must not be written down. */
export type Keyed = Pick<Cluster, 'apiKey'>;

/** A real n8n with the packed package. It logs at debug level, and `stop` searches everything it has written for the API keys of these clusters. */
export async function freshInstance(options: Omit<InstanceOptions, 'folder' | 'logLevel'>, ...clusters: readonly Keyed[]): Promise<FreshInstance> {
	const folder = await mkdtemp(join(tmpdir(), 'samespace-n8n-'));
	const instance = await prepareInstance({ ...options, folder, logLevel: 'debug' });
	const keys = clusters.map(({ apiKey }, index) => ({ name: `API key ${index + 1}`, value: apiKey }));
	const leaksOf = async (secrets: Secret[]): Promise<Leak[]> => {
		await instance.stop();
		return await searchFolder(folder, secrets);
	};
	return {
		...instance,
		leaksOf,
		async stop() {
			const leaks = await leaksOf(keys).finally(async () => await rm(folder, { recursive: true, force: true }));
			if (leaks.length > 0) throw new Error(`n8n has written down an API key:\n${leaks.map(({ secret, place }) => `${secret}: ${place}`).join('\n')}`);
		},
	};
}

/** What the credential of a simulated cluster holds. */
export function clusterOf({ url, apiKey, switches }: Simulator): Cluster {
	return { clusterId: 'simulator', apiKey, timezone: switches.timezone, baseUrl: url };
}

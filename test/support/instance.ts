/* eslint-disable @n8n/community-nodes/no-restricted-imports -- every instance under test has a folder of its own */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../../playground/cluster.ts';
import { prepareInstance, type Instance } from '../../playground/instance.ts';
import type { Simulator } from '../simulator/index.ts';

/** A zone in which it is about noon now: days and months do not change while a test runs. */
export function zoneAtNoon(now = new Date()): string {
	const offset = 12 - now.getUTCHours();
	// The sign of these names is the reverse of the usual one.
	return offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** A real n8n with the packed package, in a folder that goes with it. */
export async function freshInstance(timezone: string): Promise<Instance> {
	const folder = await mkdtemp(join(tmpdir(), 'samespace-n8n-'));
	const instance = await prepareInstance({ folder, timezone });
	return {
		...instance,
		async stop() {
			await instance.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** What the credential of a simulated cluster holds. */
export function clusterOf({ url, apiKey, switches }: Simulator): Cluster {
	return { clusterId: 'simulator', apiKey, timezone: switches.timezone, baseUrl: url };
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- finds in the logs of the workers what each of them has done */
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { freePorts, type Child } from '../../playground/child.ts';
import type { Variables } from '../../playground/environment.ts';
import { freshInstance, type FreshInstance, type Keyed } from './instance.ts';
import { queryPostgres, startServices, type Services } from './services.ts';

/** One of the processes that run workflows. */
export interface Worker {
	/** The running n8n. */
	process: Child;
	/** Ids of the executions that it has begun. */
	executions(): string[];
}

/** A real n8n in queue mode: one main, and workers that run what it puts into the queue. */
export interface QueueMode {
	/** The instance of the main; nothing of it runs yet. */
	main: FreshInstance;
	/** Starts a worker, with n8n's settings of its own. */
	startWorker(variables?: Variables): Promise<Worker>;
	/** What a query of n8n's database gives. */
	query(sql: string): Array<{ [column: string]: string }>;
	/** Stops everything. @throws when an API key was written down anywhere */
	stop(): Promise<void>;
}

/** Prepares a main and its services, with the packed package. @param variables n8n's settings, of the main and of all workers */
export async function openQueueMode(clusters: readonly Keyed[], variables: Variables = {}): Promise<QueueMode> {
	const services = await startServices();
	const shared = { ...queueVariables(services), ...variables };
	const instances: FreshInstance[] = [];
	const open = async (more: Variables, port?: number): Promise<FreshInstance> => {
		const instance = await freshInstance({ timezone: 'UTC', port, variables: { ...shared, ...more } }, ...clusters);
		instances.push(instance);
		return instance;
	};
	return {
		main: await open({}),
		async startWorker(more = {}) {
			const [port] = await freePorts(1);
			const instance = await open({ QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port), ...more }, port);
			const running = await instance.start(['worker', '--concurrency=10']);
			return { process: running, executions: () => executionsIn(instance.folder) };
		},
		query: (sql) => queryPostgres(services.postgres, sql),
		async stop() {
			// The workers first: a main waits for nobody.
			const failures: unknown[] = [];
			for (const instance of instances.reverse()) await instance.stop().catch((error: unknown) => failures.push(error));
			await services.stop();
			if (failures.length > 0) throw failures[0];
		},
	};
}

function queueVariables({ variables }: Services): Variables {
	return {
		...variables,
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		// One key for all: a worker must be able to read the credentials.
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	};
}

function executionsIn(folder: string): string[] {
	const logs = join(folder, 'logs');
	const texts = readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8'));
	return texts.flatMap((text) => [...text.matchAll(/started execution (\d+)/g)].map(([, id]) => id));
}

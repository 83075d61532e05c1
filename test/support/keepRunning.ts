import type { Child } from '../../playground/child.ts';
import type { Instance } from '../../playground/instance.ts';

const mostRestarts = 3;

/** An n8n that is started again where it ends by itself. */
export type KeptRunning = Pick<Child, 'output' | 'kill'>;

/**
 * Starts n8n as it runs in production, where whatever looks after it starts it again when it ends. After a hard stop it may have to: n8n's recovery
 * trips once over an execution that was created, but had not begun.
 */
export async function keepRunning(instance: Pick<Instance, 'start'>): Promise<KeptRunning> {
	let isWanted = true;
	let restarts = 0;
	let latest: Child | undefined;
	let current = start();
	await current;
	return {
		output: () => latest?.output() ?? '',
		async kill() {
			isWanted = false;
			await (await current).kill();
		},
	};

	async function start(): Promise<Child> {
		const child = await instance.start().catch(async (error: unknown) => await again(error));
		latest = child;
		child.ended.then(
			() => {
				if (isWanted && restarts < mostRestarts) current = again(new Error('n8n ended'));
				// Nobody may be waiting for it.
				current.catch(() => undefined);
			},
			() => undefined,
		);
		return child;
	}

	async function again(reason: unknown): Promise<Child> {
		restarts += 1;
		if (!isWanted || restarts > mostRestarts) throw reason;
		return await start();
	}
}

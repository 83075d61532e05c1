import type { Case } from './cases.ts';
import { range } from './dataset.ts';
import { startDelayProxy, type DelayProxy } from './delayProxy.ts';
import { startSimulatorProcess, type SimulatorProcess, type TlsFiles } from './simulatorProcess.ts';
import type { Task } from './task.ts';

/** A simulated cluster, as far away as a case wants it. */
export interface Cluster extends Pick<SimulatorProcess, 'setServerMs' | 'clearLog' | 'log'> {
	task(measured: Pick<Case, 'pageSize'>): Task;
}

interface Running {
	simulator: SimulatorProcess;
	proxy?: DelayProxy;
}

/** The clusters of one case at a time: those that the next one needs too go on running, with the pages that they hold. */
export class Clusters {
	private readonly running = new Map<string, Running>();

	private readonly tls: TlsFiles;

	constructor(tls: TlsFiles) {
		this.tls = tls;
	}

	/** Starts what a case needs and stops what it does not. */
	async prepare(measured: Case): Promise<(records: number) => Cluster> {
		const needed = new Map(measured.records.map((records) => [keyOf(measured, records), records]));
		for (const [key, { simulator, proxy }] of this.running) {
			if (needed.has(key)) continue;
			await Promise.all([simulator.stop(), proxy?.close()]);
			this.running.delete(key);
		}
		for (const [key, records] of needed) {
			if (!this.running.has(key)) this.running.set(key, await this.start(measured, records));
		}
		return (records) => clusterOf(this.running.get(keyOf(measured, records)) as Running);
	}

	async stop(): Promise<void> {
		for (const { simulator, proxy } of this.running.values()) await Promise.all([simulator.stop(), proxy?.close()]);
		this.running.clear();
	}

	private async start({ pageSize, roundTripMs }: Case, records: number): Promise<Running> {
		// This node asks for other windows than the others, so there are two sets of pages.
		const pages = 2 * Math.ceil(records / pageSize) + 100;
		const simulator = await startSimulatorProcess(records, pages, roundTripMs === undefined ? undefined : this.tls);
		return { simulator, proxy: roundTripMs === undefined ? undefined : await startDelayProxy(simulator.port, roundTripMs / 2) };
	}
}

function keyOf({ pageSize, roundTripMs }: Case, records: number): string {
	return [records, pageSize, roundTripMs].join();
}

function clusterOf({ simulator, proxy }: Running): Cluster {
	const { apiKey, windows } = simulator;
	const url = proxy ? `https://127.0.0.1:${proxy.port}` : simulator.url;
	return { ...simulator, task: ({ pageSize }) => ({ url, apiKey, ...range, windows, pageSize }) };
}

import type { Switches } from '../simulator/index.ts';
import type { Case } from './cases.ts';
import { rangeOf } from './dataset.ts';
import { startDelayProxy, type DelayProxy } from './delayProxy.ts';
import { startSimulatorProcess, type SimulatorProcess, type TlsFiles } from './simulatorProcess.ts';
import type { Task } from './task.ts';

/** A simulated cluster, as far away as a case wants it. */
export interface Cluster extends Pick<SimulatorProcess, 'clearLog' | 'log'> {
	task(measured: Pick<Case, 'pageSize'>): Task;
	/** Sets how it answers from now on. */
	behave(behaviour: Behaviour): Promise<void>;
}

/** How a cluster answers. */
export interface Behaviour extends Pick<Case, 'serverMs' | 'skipCostMs'> {
	/** Calls that come in while it's read; default none. */
	arrivals?: Switches['arrivals'];
}

/** What decides which cluster a case needs. `own`: a cluster of this name that no other case uses. */
type Needs = Pick<Case, 'records' | 'dataset' | 'pageSize' | 'roundTripMs'> & { own?: string };

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
	async prepare(measured: Needs): Promise<(records: number) => Cluster> {
		const needed = new Map(measured.records.map((records) => [keyOf(measured, records), records]));
		for (const [key, { simulator, proxy }] of this.running) {
			if (needed.has(key)) continue;
			await Promise.all([simulator.stop(), proxy?.close()]);
			this.running.delete(key);
		}
		for (const [key, records] of needed) {
			if (!this.running.has(key)) this.running.set(key, await this.start(measured, records));
		}
		return (records) => clusterOf(this.running.get(keyOf(measured, records)) as Running, measured);
	}

	async stop(): Promise<void> {
		for (const { simulator, proxy } of this.running.values()) await Promise.all([simulator.stop(), proxy?.close()]);
		this.running.clear();
	}

	private async start({ dataset, pageSize, roundTripMs }: Needs, records: number): Promise<Running> {
		// This node asks for other windows than the others, and some contenders for larger pages: there are three sets of pages.
		const cachedPages = 3 * Math.ceil(records / pageSize) + 100;
		const simulator = await startSimulatorProcess({ records, dataset, cachedPages, tls: roundTripMs === undefined ? undefined : this.tls });
		return { simulator, proxy: roundTripMs === undefined ? undefined : await startDelayProxy(simulator.port, roundTripMs / 2) };
	}
}

function keyOf({ dataset, pageSize, roundTripMs, own }: Needs, records: number): string {
	return JSON.stringify([records, dataset, pageSize, roundTripMs, own]);
}

function clusterOf({ simulator, proxy }: Running, { dataset }: Needs): Cluster {
	const { apiKey, windows, clearLog, log } = simulator;
	const url = proxy ? `https://127.0.0.1:${proxy.port}` : simulator.url;
	return {
		clearLog,
		log,
		task: ({ pageSize }) => ({ url, apiKey, ...rangeOf(dataset), windows, pageSize }),
		behave: async ({ serverMs, skipCostMs = 0, arrivals = null }) => {
			await simulator.setServerMs(serverMs);
			await simulator.setSwitches({ skipCostMs, arrivals });
		},
	};
}

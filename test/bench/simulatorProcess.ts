/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts a process */
import { spawn, type ChildProcess } from 'node:child_process';
import { Agent } from 'node:https';
import { createInterface } from 'node:readline';
import axios from 'axios';
import type { Latency, LoggedRequest, Switches } from '../simulator/index.ts';
import { plannedWindows, type Dataset } from './dataset.ts';
import type { TimeWindow } from './task.ts';

/** The simulated cluster in a process of its own. */
export interface SimulatorProcess {
	url: string;
	port: number;
	apiKey: string;
	windows: TimeWindow[];
	setServerMs(ms: Latency): Promise<void>;
	setSwitches(switches: Partial<Switches>): Promise<void>;
	clearLog(): Promise<void>;
	log(): Promise<{ requests: LoggedRequest[]; peakConcurrency: number; walked: number; violations: string[] }>;
	stop(): Promise<void>;
}

/** PEM texts and the files that hold them. */
export interface TlsFiles {
	cert: string;
	certFile: string;
	keyFile: string;
}

/** What a cluster is started with. */
export interface SimulatorSetting {
	records: number;
	dataset: Dataset;
	cachedPages: number;
	tls?: TlsFiles;
}

/** Starts a cluster with so many calls. Pages are made once and kept, so that the clients are what is measured. */
export async function startSimulatorProcess({ records, dataset, cachedPages, tls }: SimulatorSetting): Promise<SimulatorProcess> {
	const args = {
		now: dataset.end,
		days: dataset.days,
		traffic: dataset.traffic,
		'calls-per-day': records / dataset.days,
		'cache-pages': cachedPages,
		...(tls ? { 'tls-cert': tls.certFile, 'tls-key': tls.keyFile } : {}),
	};
	const flags = Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)]);
	const child = spawn(process.execPath, ['test/simulator/main.ts', '--die-with-parent', ...flags], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const { url, port, apiKey } = await announcement(child);
	const client = axios.create({ baseURL: url, proxy: false, maxContentLength: Infinity, httpsAgent: new Agent({ ca: tls?.cert }) });
	const steer = async (path: string, body: object): Promise<void> => void (await client.post(`/__simulator/${path}`, body));
	const truth = async (query: object): Promise<{ count: number }> => (await client.get('/__simulator/truth', { params: query })).data;
	return {
		url,
		port,
		apiKey,
		windows: await countedWindows(truth, { records, dataset }),
		setServerMs: async (ms) => await steer('latency', { ms }),
		setSwitches: async (switches) => await steer('switches', switches),
		clearLog: async () => await steer('clear-log', {}),
		log: async () => (await client.get('/__simulator/log')).data as Awaited<ReturnType<SimulatorProcess['log']>>,
		stop: async () => {
			const ended = new Promise((resolve) => child.once('exit', resolve));
			child.stdin?.end();
			await ended;
		},
	};
}

async function announcement(child: ChildProcess): Promise<{ url: string; port: number; apiKey: string }> {
	return await new Promise((resolve, reject) => {
		child.once('exit', () => reject(new Error('the simulator ended before it listened')));
		createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', (line) => resolve(JSON.parse(line)));
	});
}

/** The windows of the dataset with the records in each, as the cluster counts them. @throws when they are not all there */
async function countedWindows(
	count: (query: object) => Promise<{ count: number }>,
	{ records, dataset }: Pick<SimulatorSetting, 'records' | 'dataset'>,
): Promise<TimeWindow[]> {
	const windows: TimeWindow[] = [];
	for (const { start, end } of plannedWindows(dataset)) {
		windows.push({ start, end, records: (await count({ report: 'calls', count: 1, start, end })).count });
	}
	const found = windows.reduce((sum, window) => sum + window.records, 0);
	if (found !== records) throw new Error(`expected a cluster with ${records} records, got ${found}`);
	return windows;
}

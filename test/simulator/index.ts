import type { CallRecord, CsatRecord, SessionRecord } from './dataset/records.ts';
import { settle } from './options.ts';
import type { SimulatorOptions } from './options.ts';
import { Cluster } from './server/cluster.ts';
import type { Hook } from './server/cluster.ts';
import type { Fault } from './server/fault.ts';
import type { LoggedRequest } from './server/journal.ts';
import type { Latency } from './server/latency.ts';
import { listen } from './server/listen.ts';
import type { Recordings } from './server/recordings.ts';
import type { Triggered } from './server/triggers.ts';
import type { Switches } from './switches.ts';
import type { Truth } from './truth.ts';

export type * from './dataset/records.ts';
export { trafficKinds, type Traffic } from './dataset/traffic.ts';
export type { SimulatorOptions } from './options.ts';
export type { Hook } from './server/cluster.ts';
export type { ErrorShape, Fault, FaultKind } from './server/fault.ts';
export type { LoggedRequest, Target } from './server/journal.ts';
export type { Latency } from './server/latency.ts';
export type { RecordingRule, Recordings } from './server/recordings.ts';
export type * from './switches.ts';
export type { Truth, TruthQuery } from './truth.ts';

/** A Samespace cluster on 127.0.0.1. */
export type Simulator = {
	readonly url: string;
	readonly port: number;
	readonly apiKey: string;
	/** Each unknown of the contract; may be changed at any time. */
	readonly switches: Switches;
	/** Milliseconds before every answer; may be changed at any time. */
	latencyMs: Latency;
	/** Every request since the start or `clearLog`, oldest first. */
	readonly log: LoggedRequest[];
	/** Most requests ever under way at once, and TCP connections made, since the same moment. */
	readonly peakConcurrency: number;
	readonly connections: number;
	/** Rows that the database walked over, skipped and sent, for all requests of the log (U16). */
	readonly walked: number;
	clearLog(): void;
	readonly faults: Triggered<Fault>;
	readonly hooks: Triggered<Hook>;
	/** What the client sent that the contract does not know. */
	readonly violations: string[];
	/** @throws when there are violations, with all of them */
	assertNoViolations(): void;
	readonly truth: Truth;
	readonly recordings: Pick<Recordings, 'set' | 'clear' | 'bytesOf'>;
	/** The cluster's clock; `setNow` stops it there, without a time it runs with real time. */
	now(): Date;
	setNow(time?: string | Date): void;
	/** Add a record, completed from what is given (start: now), and give it back. */
	addCall(given?: Partial<CallRecord>): CallRecord;
	addSession(given?: Partial<SessionRecord>): SessionRecord;
	addCsat(given?: Partial<CsatRecord>): CsatRecord;
	/** Change or remove a record. @throws when there is none of that id */
	updateCall(id: string, changes: Partial<CallRecord>): CallRecord;
	updateSession(id: string, changes: Partial<SessionRecord>): SessionRecord;
	updateCsat(id: string, changes: Partial<CsatRecord>): CsatRecord;
	removeCall(id: string): void;
	removeSession(id: string): void;
	removeCsat(id: string): void;
	/** Ends every connection, answered or not, and stops listening. */
	close(): Promise<void>;
};

/** Starts a cluster; it answers when this resolves. @throws when the port is taken or `now` is no date */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const cluster = new Cluster(settle(options));
	const { port, close } = await listen(cluster);
	return {
		...access(cluster),
		url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
		port,
		close,
		get latencyMs() {
			return cluster.latencyMs;
		},
		set latencyMs(ms: Latency) {
			cluster.latencyMs = ms;
		},
		get peakConcurrency() {
			return cluster.journal.peakConcurrency;
		},
		get connections() {
			return cluster.journal.connections;
		},
		get walked() {
			return cluster.journal.walked;
		},
	};
}

type Access = Omit<Simulator, 'url' | 'port' | 'close' | 'latencyMs' | 'peakConcurrency' | 'connections' | 'walked'>;

function access(cluster: Cluster): Access {
	const { journal, violations } = cluster;
	return {
		apiKey: cluster.settings.apiKey,
		switches: cluster.switches,
		log: journal.entries,
		clearLog: () => journal.clear(),
		faults: cluster.faults,
		hooks: cluster.hooks,
		violations,
		assertNoViolations: () => {
			if (violations.length > 0) throw new Error(`the contract was violated:\n${violations.join('\n')}`);
		},
		truth: cluster.truth,
		recordings: cluster.recordings,
		now: () => new Date(cluster.clock.now()),
		setNow: (time) => cluster.clock.set(time),
		addCall: (given) => cluster.add('calls', given),
		addSession: (given) => cluster.add('sessions', given),
		addCsat: (given) => cluster.add('csat', given),
		updateCall: (id, changes) => cluster.update('calls', id, changes),
		updateSession: (id, changes) => cluster.update('sessions', id, changes),
		updateCsat: (id, changes) => cluster.update('csat', id, changes),
		removeCall: (id) => cluster.remove('calls', id),
		removeSession: (id) => cluster.remove('sessions', id),
		removeCsat: (id) => cluster.remove('csat', id),
	};
}

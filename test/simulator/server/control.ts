/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import type { ServerResponse } from 'node:http';
import { reportNames } from '../dataset/records.ts';
import type { RecordReport, ReportName } from '../dataset/records.ts';
import type { Cluster } from './cluster.ts';
import { faultIn } from './fault.ts';
import { isLatency } from './latency.ts';
import type { RecordingRule } from './recordings.ts';

/** Paths under this one steer the simulator itself; they are not logged and need no key. */
export const controlPrefix = '/__simulator/';

type Fields = Record<string, unknown>;
type Command = (cluster: Cluster, fields: Fields) => unknown;

const commands: Record<string, Command> = {
	'GET log': ({ journal, violations }) => ({
		requests: journal.entries,
		connections: journal.connections,
		peakConcurrency: journal.peakConcurrency,
		walked: journal.walked,
		violations,
	}),
	'POST clear-log': ({ journal }) => journal.clear(),
	'GET switches': ({ switches }) => switches,
	'POST switches': ({ switches }, fields) => {
		const unknown = Object.keys(fields).find((name) => !(name in switches));
		if (unknown !== undefined) throw new Error(`no switch '${unknown}'`);
		return Object.assign(switches, fields);
	},
	'POST fault': ({ faults }, fields) => faults.add(faultIn(fields)),
	'POST clear-faults': ({ faults }) => faults.clear(),
	'POST latency': (cluster, { ms }) => {
		if (!isLatency(ms)) throw new Error(`expected { "ms": number } or { "ms": { "fromMs": number, "toMs": number } }`);
		cluster.latencyMs = ms;
	},
	'POST clock': ({ clock }, { now }) => {
		clock.set(now === null ? undefined : (now as string | undefined));
		return { now: new Date(clock.now()).toISOString() };
	},
	'GET truth': (cluster, { report, count, ...query }) => {
		if (!reportNames.includes(report as ReportName)) throw new Error(`report: expected one of ${reportNames.join()}`);
		const name = report as ReportName;
		return count === undefined ? cluster.truth[name](query) : { count: cluster.truth.count(name, query) };
	},
	'POST call': (cluster, fields) => cluster.add('calls', fields),
	'POST session': (cluster, fields) => cluster.add('sessions', fields),
	'POST csat': (cluster, fields) => cluster.add('csat', fields),
	'POST update': (cluster, { report, id, changes }) =>
		cluster.update(report as RecordReport, String(id), changes as object),
	'POST remove': (cluster, { report, id }) => cluster.remove(report as RecordReport, String(id)),
	'POST recording': ({ recordings }, { path, ...rule }) => recordings.set(String(path), rule as RecordingRule),
};

/** Answers a control request in JSON; 400 with `error` when it cannot be done. */
export function control(cluster: Cluster, url: string, method: string, body: string, response: ServerResponse): void {
	const { pathname, searchParams } = new URL(url, 'http://simulator');
	const command = commands[`${method} ${pathname.slice(controlPrefix.length)}`];
	const send = (status: number, value: unknown) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(value ?? { ok: true }));
	};
	if (!command) return send(404, { error: `no control ${method} ${pathname}` });
	try {
		const posted = body === '' ? {} : (JSON.parse(body) as Fields);
		send(200, command(cluster, { ...Object.fromEntries(searchParams), ...posted }));
	} catch (error) {
		send(400, { error: error instanceof Error ? error.message : String(error) });
	}
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trafficKinds, type Traffic } from './dataset/traffic.ts';
import type { SimulatorOptions } from './options.ts';
import type { Switches } from './switches.ts';

const flags = {
	port: { type: 'string' },
	seed: { type: 'string' },
	'api-key': { type: 'string' },
	now: { type: 'string' },
	days: { type: 'string' },
	'calls-per-day': { type: 'string' },
	/** 'even' or 'contactCentre'. */
	traffic: { type: 'string' },
	/** From 0 to 1. */
	'inbound-answered': { type: 'string' },
	agents: { type: 'string' },
	teams: { type: 'string' },
	timezone: { type: 'string' },
	latency: { type: 'string' },
	'cache-pages': { type: 'string' },
	'recording-bytes': { type: 'string' },
	/** Names with commas between. */
	'extra-filters': { type: 'string' },
	/** JSON: Partial<Switches>. */
	switches: { type: 'string' },
	'tls-cert': { type: 'string' },
	'tls-key': { type: 'string' },
	live: { type: 'boolean' },
	'die-with-parent': { type: 'boolean' },
} as const;

/** What the process was asked for. `dieWithParent`: it ends when its stdin does. */
export type Asked = { options: SimulatorOptions; dieWithParent: boolean };

/** Reads the arguments of main.ts. @throws on an unknown flag, or a number that is none */
export function readArguments(args: string[]): Asked {
	const { values } = parseArgs({ args, options: flags, strict: true });
	const options: SimulatorOptions = {
		port: numberIn('port', values.port),
		seed: numberIn('seed', values.seed),
		apiKey: values['api-key'],
		now: values.now,
		days: numberIn('days', values.days),
		callsPerDay: numberIn('calls-per-day', values['calls-per-day']),
		traffic: trafficIn(values.traffic),
		inboundAnswered: numberIn('inbound-answered', values['inbound-answered']),
		agents: numberIn('agents', values.agents),
		teams: numberIn('teams', values.teams),
		timezone: values.timezone,
		latencyMs: numberIn('latency', values.latency),
		cachePages: numberIn('cache-pages', values['cache-pages']),
		recordingBytes: numberIn('recording-bytes', values['recording-bytes']),
		extraFilters: values['extra-filters']?.split(','),
		switches: values.switches === undefined ? undefined : (JSON.parse(values.switches) as Partial<Switches>),
		tls: certificate(values['tls-cert'], values['tls-key']),
		live: values.live,
		control: true,
	};
	return { options, dieWithParent: values['die-with-parent'] ?? false };
}

function numberIn(flag: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (text === '' || !Number.isFinite(value) || value < 0)
		throw new Error(`--${flag}: expected a number from 0, got ${text}`);
	return value;
}

function trafficIn(text: string | undefined): Traffic | undefined {
	const kind = trafficKinds.find((known) => known === text);
	if (text !== undefined && kind === undefined) throw new Error(`--traffic: expected one of ${trafficKinds.join()}, got ${text}`);
	return kind;
}

function certificate(cert: string | undefined, key: string | undefined): SimulatorOptions['tls'] {
	if (cert === undefined && key === undefined) return undefined;
	if (cert === undefined || key === undefined) throw new Error('--tls-cert and --tls-key go together');
	return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

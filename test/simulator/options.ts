import { Chance, mix } from './dataset/chance.ts';
import type { Dataset } from './dataset/records.ts';
import type { Traffic } from './dataset/traffic.ts';
import type { Latency } from './server/latency.ts';
import type { Switches } from './switches.ts';

/** How a cluster is started; every option has a default. */
export type SimulatorOptions = {
	/** What everything generated depends on; default 1. */
	seed?: number;
	/** TCP port on 127.0.0.1; default 0, a free one. */
	port?: number;
	/** The one key that is accepted; default made from the seed. */
	apiKey?: string;
	/**
	 * Where the dataset ends, and where the cluster's clock stands until `setNow`. Default: the dataset ends at the
	 * real time and the clock runs.
	 */
	now?: string | Date;
	/** Length of the dataset in days back from its end; default 100. */
	days?: number;
	/** Default 40. Surveys are one in eight of the calls. */
	callsPerDay?: number;
	/** How calls and logins are spread over the hours and days; `callsPerDay` is the average. Default 'even'. */
	traffic?: Traffic;
	/** Share of the inbound calls that an agent answers, from 0 to 1; what is surveyed is answered in any case. Default 0.78. */
	inboundAnswered?: number;
	/** Default 12, each with about two logins a day. */
	agents?: number;
	/** Default 4. */
	teams?: number;
	/** IANA zone of 'YYYY-MM-DD HH:mm:ss' texts and of the calendar month (U6, U12); default 'UTC'. */
	timezone?: string;
	switches?: Partial<Switches>;
	/** Milliseconds before every answer, always the same or between two bounds; default 0. */
	latencyMs?: Latency;
	/** Names of undocumented filters that are honoured all the same, e.g. 'direction' or 'custom_data.dial_id'. */
	extraFilters?: string[];
	/** Explicit records instead of generated ones; a report left out is then empty. */
	truth?: Partial<Dataset>;
	/** Whether records go on being generated as the clock advances; default false. */
	live?: boolean;
	/** How many serialised pages are kept, so that a benchmark measures the client; default 0. */
	cachePages?: number;
	/** Size of a recording in bytes, its 44 bytes of header included; default 32044. */
	recordingBytes?: number;
	/** PEM texts; the cluster then speaks https. */
	tls?: { key: string; cert: string };
	/** Whether the paths under /__simulator/ are served; default false. */
	control?: boolean;
};

/** Options with every default filled in. */
export type Settings = Required<Omit<SimulatorOptions, 'now' | 'truth' | 'tls' | 'switches'>> & {
	datasetEndMs: number;
	clockMs?: number;
	truth?: Partial<Dataset>;
	tls?: { key: string; cert: string };
	switches: Partial<Switches>;
};

/** Fills in the defaults. @throws on a `now` that is no date */
export function settle(options: SimulatorOptions): Settings {
	const clockMs = options.now === undefined ? undefined : new Date(options.now).getTime();
	if (Number.isNaN(clockMs)) throw new Error(`now: expected a date, got ${String(options.now)}`);
	const seed = options.seed ?? 1;
	return {
		port: 0,
		apiKey: madeUpKey(seed),
		days: 100,
		callsPerDay: 40,
		traffic: 'even',
		inboundAnswered: 0.78,
		agents: 12,
		teams: 4,
		timezone: 'UTC',
		switches: {},
		latencyMs: 0,
		extraFilters: [],
		live: false,
		cachePages: 0,
		recordingBytes: 32_044,
		control: false,
		...withoutUndefined({ ...options, now: undefined }),
		seed,
		datasetEndMs: clockMs ?? Date.now(),
		clockMs,
	};
}

function withoutUndefined<T extends object>(given: T): T {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

const keyLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789@#!$';

function madeUpKey(seed: number): string {
	const chance = new Chance(mix(seed, 0x6b6579));
	return `Voice@${Array.from({ length: 40 }, () => chance.pick([...keyLetters])).join('')}#!`;
}

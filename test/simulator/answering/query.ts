import type { ReportName } from '../dataset/records.ts';
import type { Switches } from '../switches.ts';
import type { Filters } from './filters.ts';
import { instantsOf, latestEnd, localClockMs } from './timeTexts.ts';
import type { TimeFormat } from './timeTexts.ts';

/**
 * What a valid body asks. No times: everything (the sessions sample has none). No limit: all rows. `localClock`: what
 * the clocks show at both ends, where rows are compared by that, too (U28). `sent`: the names of filters and paging
 * fields in the body, times included.
 */
export type Query = Times & { filters: Filters; limit?: number; skip: number; sent: string[] };

type Times = { startMs?: number; endMs?: number; localClock?: { startMs: number; endMs: number } };

/** Why a body is refused. `violation`: the contract forbids it, so the client is wrong whatever the cluster says. */
export type Refusal = { message: string; violation: boolean };

type FilterShape = 'text' | 'list';

const timeFormats: Record<ReportName, TimeFormat> = {
	calls: 'iso',
	sessions: 'iso',
	productivity: 'local',
	csat: 'local',
};

const knownFilters: Record<ReportName, Record<string, FilterShape>> = {
	calls: { type: 'text', status: 'text' },
	sessions: { user_display_name: 'list' },
	productivity: { direction: 'list', team_name: 'list', channel: 'list', user_display_name: 'list' },
	csat: {},
};

const bodyFields = ['filters', 'limit', 'skip'];

/** Reads a report's body by the letter of the contract. */
export function readQuery(
	report: ReportName,
	body: unknown,
	extraFilters: readonly string[],
	switches: Switches,
): Query | Refusal {
	if (!isObject(body)) return wrong('the body must be a JSON object');
	const unknownField = Object.keys(body).find((field) => !bodyFields.includes(field));
	if (unknownField !== undefined) return wrong(`unknown body field '${unknownField}'`);
	const { filters, limit, skip } = body;
	if (!isObject(filters)) return wrong('filters must be an object');
	if (limit !== undefined && !isWhole(limit, 1))
		return wrong(`limit must be a whole number from 1, got ${show(limit)}`);
	if (skip !== undefined && !isWhole(skip, 0)) return wrong(`skip must be a whole number from 0, got ${show(skip)}`);
	const { start_time, end_time, ...others } = filters;
	const refusal = refuseFilters(report, others, extraFilters);
	if (refusal) return refusal;
	const times = readTimes(report, start_time, end_time, switches);
	if ('message' in times) return times;
	const sent = [...Object.keys(filters), ...Object.keys(body).filter((field) => field !== 'filters')];
	const paging = { limit: limit as number | undefined, skip: (skip as number | undefined) ?? 0 };
	return { ...times, ...paging, filters: others, sent };
}

function readTimes(
	report: ReportName,
	start: unknown,
	end: unknown,
	switches: Switches,
): Times | Refusal {
	if (start === undefined && end === undefined && report === 'sessions') return {};
	const format = timeFormats[report];
	const starts = instantsOf(start, format, switches.timezone);
	const ends = instantsOf(end, format, switches.timezone);
	if (starts === undefined) return wrong(`start_time: not a time as this report takes it: ${show(start)}`);
	if (ends === undefined) return wrong(`end_time: not a time as this report takes it: ${show(end)}`);
	const which = switches.repeatedHour === 'second' ? 1 : 0;
	const [startMs, endMs] = [starts[which], ends[which]];
	if (endMs < startMs) return { message: 'end_time is before start_time', violation: false };
	if (endMs > latestEnd(startMs, switches)) return { message: 'The maximum time range is 1 month', violation: false };
	const repeated = starts[0] !== starts[1] || ends[0] !== ends[1];
	return switches.repeatedHour === 'both' && repeated ? inBothHours(starts, ends, switches) : { startMs, endMs };
}

/** From the first instant of the start to the last of the end, and within it what the clocks show. */
function inBothHours(starts: [number, number], ends: [number, number], { timezone }: Switches): Times {
	const localClock = { startMs: localClockMs(starts[0], timezone), endMs: localClockMs(ends[0], timezone) };
	return { startMs: starts[0], endMs: ends[1], localClock };
}

function refuseFilters(report: ReportName, filters: Filters, extraFilters: readonly string[]): Refusal | undefined {
	for (const [name, value] of Object.entries(filters)) {
		const shape = knownFilters[report][name];
		if (shape === undefined && !extraFilters.includes(name)) return wrong(`unknown filter '${name}'`);
		if (shape === 'text' && typeof value !== 'string')
			return wrong(`filter '${name}' must be text, got ${show(value)}`);
		if (shape === 'list' && !isTextList(value))
			return wrong(`filter '${name}' must be a list of texts, got ${show(value)}`);
	}
	return undefined;
}

function wrong(message: string): Refusal {
	return { message, violation: true };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number): boolean {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}

function isTextList(value: unknown): boolean {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function show(value: unknown): string {
	return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}

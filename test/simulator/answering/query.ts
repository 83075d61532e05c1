import type { ReportName } from '../dataset/records.ts';
import type { Switches } from '../switches.ts';
import type { Filters } from './filters.ts';
import { instantOf, latestEnd } from './timeTexts.ts';
import type { TimeFormat } from './timeTexts.ts';

/** What a valid body asks. No times: everything (the sessions sample has none). No limit: all rows. */
export type Query = { startMs?: number; endMs?: number; filters: Filters; limit?: number; skip: number };

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
	return { ...times, filters: others, limit: limit as number | undefined, skip: (skip as number | undefined) ?? 0 };
}

function readTimes(
	report: ReportName,
	start: unknown,
	end: unknown,
	switches: Switches,
): Pick<Query, 'startMs' | 'endMs'> | Refusal {
	if (start === undefined && end === undefined && report === 'sessions') return {};
	const format = timeFormats[report];
	const startMs = instantOf(start, format, switches.timezone);
	const endMs = instantOf(end, format, switches.timezone);
	if (startMs === undefined) return wrong(`start_time: not a time as this report takes it: ${show(start)}`);
	if (endMs === undefined) return wrong(`end_time: not a time as this report takes it: ${show(end)}`);
	if (endMs < startMs) return { message: 'end_time is before start_time', violation: false };
	if (endMs > latestEnd(startMs, switches)) return { message: 'The maximum time range is 1 month', violation: false };
	return { startMs, endMs };
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

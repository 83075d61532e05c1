import { NodeOperationError, type ILoadOptionsFunctions, type INodePropertyOptions } from 'n8n-workflow';

import { getPage, sentWindow, type Failure, type Page, type Range, type ReadingIo } from '../reading';
import { calls, sessions, type ReportDefinition, type ReportRecord } from '../reports';
import { errorOf, explainWithoutOptions } from '../transport';
import { viewOf } from './clusterMemory';
import { beginExecution, ioOf, openCredential } from './execution';
import { NewestMap } from './newestMap';

/** Which column of the rows each dropdown offers. What it does not offer can be typed. */
const lists = {
	getAgents: 'user_display_name',
	getTeams: 'team_name',
	getChannels: 'channel',
	getStatuses: 'status',
	getLogoutReasons: 'logout_reason',
} as const;

const dayMs = 24 * 60 * 60_000;
/** All lists of a cluster come from the same rows: the newest, and some out of each part of the last days, with minutes beside less than any month (U12). */
const lastDays = 27;
const parts = 4;
const rowsEach = 1000;
const timeoutMs = 30_000;
const keptMs = 5 * 60_000;
const mostKept = 20;
const longestName = 200;
const mostNames = 10_000;

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** A method for each list, as n8n calls them for dropdowns. */
export const loadOptions = Object.fromEntries(
	Object.entries(lists).map(([method, column]) => [
		method,
		async function load(this: ILoadOptionsFunctions) {
			return await optionsOf(this, column);
		},
	]),
) as { [Method in keyof typeof lists]: LoadOptions };

/** Names by column. */
type Names = ReadonlyMap<string, ReadonlySet<string>>;

type Sampled = { ok: true; names: Names } | { ok: false; failure: Failure };

const samples = new NewestMap<{ sample: Promise<Sampled>; since: number }>(mostKept);

/** The values of a column, sorted. @throws n8n's error if they can't be read; an empty list would look like "no values" */
async function optionsOf(context: ILoadOptionsFunctions, column: string): Promise<INodePropertyOptions[]> {
	const { apiKey, cluster } = await openCredential(context);
	const errorContext = { node: context.getNode(), itemIndex: 0, apiKey, explain: explainWithoutOptions };
	if (!cluster.ok) throw readable(context, errorOf(cluster.failure, errorContext));
	const { zone } = cluster.value;
	const sampled = await keptSample(viewOf(cluster.value), async () => {
		const execution = beginExecution(context);
		return await sampleOf(zone, ioOf(context, cluster.value, { timeoutMs, execution }));
	});
	if (!sampled.ok) throw readable(context, errorOf(sampled.failure, errorContext));
	return [...(sampled.names.get(column) ?? [])].sort((a, b) => a.localeCompare(b)).map(optionFor);
}

/** n8n's editor shows an API's error in a dropdown as '[object Object]'. */
function readable(context: ILoadOptionsFunctions, { message, description }: { message: string; description?: string | null }): NodeOperationError {
	return new NodeOperationError(context.getNode(), description ? `${message}. ${description}` : message, { level: 'warning' });
}

/** The sample of some minutes ago, or the one that is under way, or a new one. A failure is not kept. */
async function keptSample(name: string, take: () => Promise<Sampled>): Promise<Sampled> {
	const now = Date.now();
	const kept = samples.get(name);
	if (kept && now >= kept.since && now < kept.since + keptMs) return await kept.sample;
	const sample = take();
	samples.set(name, { sample, since: now });
	const sampled = await sample.catch((reason: unknown) => {
		samples.delete(name);
		throw reason;
	});
	if (!sampled.ok) samples.delete(name);
	return sampled;
}

/** Names out of eight pages at most: of calls the last weeks, and where these have more, the last day and each week; of logins the last weeks and day. */
async function sampleOf(clusterZone: string, io: ReadingIo): Promise<Sampled> {
	const now = io.now();
	const weeks = { start: now - lastDays * dayMs, end: now };
	const day = { start: now - dayMs, end: now };
	const names = new Map<string, Set<string>>(Object.values(lists).map((column) => [column, new Set()]));
	const ask = async (report: ReportDefinition, range: Range): Promise<Page | Failure> => {
		const { start_time, end_time } = sentWindow(range, { report, clusterZone });
		const page = await io.limiter.run(
			async (slot) => await getPage({ filters: { start_time, end_time }, limit: rowsEach, skip: 0 }, { report, pageSize: rowsEach, maxRetries: 1, slot }, io),
		);
		if (!page.ok) return page.failure;
		for (const row of page.value.rows) note(row, names);
		return page.value;
	};
	const first = await Promise.all([ask(calls, weeks), ask(sessions, weeks)]);
	const more = [...(hasMore(first[0]) ? [day, ...weekly(weeks)].map((range) => [calls, range] as const) : []), ...(hasMore(first[1]) ? [[sessions, day] as const] : [])];
	const rest = await Promise.all(more.map(async ([report, range]) => await ask(report, range)));
	const failure = [...first, ...rest].find((answer): answer is Failure => 'kind' in answer);
	return failure ? { ok: false, failure } : { ok: true, names };
}

function weekly({ start, end }: Range): Range[] {
	const length = (end - start) / parts;
	return Array.from({ length: parts }, (_, at) => ({ start: start + at * length, end: start + (at + 1) * length }));
}

function hasMore(answer: Page | Failure): boolean {
	return 'rows' in answer && answer.rows.length > 0 && (answer.total === null || answer.total > answer.rows.length);
}

function note(row: ReportRecord, names: Map<string, Set<string>>): void {
	for (const [column, known] of names) {
		const value = Object.hasOwn(row, column) ? row[column] : undefined;
		if (typeof value === 'string' && value !== '' && value.length <= longestName && known.size < mostNames) known.add(value);
	}
}

/**
 * n8n runs a value that begins with `=` as an expression, and agents and teams may be called anything. So such a name is offered
 * as an expression that gives just this text, each of its characters escaped.
 */
function optionFor(name: string): INodePropertyOptions {
	if (!name.startsWith('=')) return { name, value: name };
	const escaped = Array.from({ length: name.length }, (_, at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, '0')}`);
	return { name, value: `={{ "${escaped.join('')}" }}`, description: 'Stored as an expression, since n8n would run the name itself' };
}

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { forEachBatch, readReport, type ReportQuery } from '../reading';
import { calls, sessions, type ReportDefinition } from '../reports';
import { errorOf } from '../transport';
import { beginExecution, ioOf, openCredential } from './execution';

/** The values that a dropdown offers: those that a column of a report had in the last days. */
interface List {
	report: ReportDefinition;
	column: string;
}

const lists = {
	getAgents: { report: sessions, column: 'user_display_name' },
	getTeams: { report: calls, column: 'team_name' },
	getChannels: { report: calls, column: 'channel' },
	getStatuses: { report: calls, column: 'status' },
	getDirections: { report: calls, column: 'direction' },
} satisfies { [method: string]: List };

const lastDaysMs = 7 * 24 * 60 * 60_000;
const timeoutMs = 30_000;
const longestName = 200;
const mostNames = 10_000;

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** A method for each list, as n8n calls them for dropdowns. */
export const loadOptions = Object.fromEntries(
	Object.entries(lists).map(([method, list]) => [
		method,
		async function load(this: ILoadOptionsFunctions) {
			return await optionsOf(this, list);
		},
	]),
) as { [Method in keyof typeof lists]: LoadOptions };

/** All values of the last days, sorted. @throws n8n's error where they cannot be read: an empty list would be a lie */
async function optionsOf(context: ILoadOptionsFunctions, { report, column }: List): Promise<INodePropertyOptions[]> {
	const { apiKey, cluster } = await openCredential(context);
	const errorContext = { node: context.getNode(), itemIndex: 0, apiKey };
	if (!cluster.ok) throw errorOf(cluster.failure, errorContext);
	const execution = beginExecution(context);
	const values = new Set<string>();
	const reading = readReport(lastDays(report, cluster.value.zone), ioOf(context, cluster.value, { timeoutMs, execution }));
	const { failure } = await forEachBatch(reading, ({ records }) => {
		for (const { [column]: value } of records) {
			if (typeof value === 'string' && value !== '' && value.length <= longestName && values.size < mostNames) values.add(value);
		}
	});
	if (failure) throw errorOf(failure, errorContext);
	return [...values].sort((a, b) => a.localeCompare(b)).map(optionFor);
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

function lastDays(report: ReportDefinition, clusterZone: string): ReportQuery {
	const now = Date.now();
	const range = { start: now - lastDaysMs, end: now };
	return {
		report,
		range,
		periods: [range],
		order: 'newestFirst',
		clusterZone,
		sentFilters: {},
		conditions: [],
		limit: null,
		itemsOf: () => 1,
		skip: 0,
		pageSize: 1000,
		onIncomplete: 'error',
		maxRetries: 2,
	};
}

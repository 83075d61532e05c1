import type { IDataObject } from 'n8n-workflow';

import type { LoggedRequest, Simulator } from '../simulator/index.ts';
import { runNode, type NodeRun, type NodeRunOptions } from './runNode.ts';

export const operations = {
	calls: 'getCalls',
	sessions: 'getSessions',
	productivity: 'getProductivity',
	csat: 'getCsat',
} as const;

export type ReportName = keyof typeof operations;

export const reportNames = Object.keys(operations) as ReportName[];

/** A credential for the simulator. */
export function credentialFor(cluster: Simulator, changes: IDataObject = {}): { [name: string]: string } {
	return { clusterId: 'acme', apiKey: cluster.apiKey, timezone: 'UTC', baseUrl: cluster.url, ...changes } as {
		[name: string]: string;
	};
}

/** Runs one report with the whole range, raw, in n8n's own engine. `parameters` add and replace. */
export async function ask(
	cluster: Simulator,
	report: ReportName,
	range: { start: string; end: string },
	{ parameters = {}, ...options }: Partial<NodeRunOptions> = {},
): Promise<NodeRun> {
	return await runNode({
		credential: credentialFor(cluster),
		...options,
		parameters: {
			resource: 'report',
			operation: operations[report],
			dateRange: 'custom',
			startTime: range.start,
			endTime: range.end,
			returnAll: true,
			output: 'raw',
			...parameters,
		},
	});
}

/** Records in the order in which the node gives them by default: the newest first, those of one time as the API lists them. */
export function newestFirst<Record extends { start_time: string }>(records: readonly Record[]): Record[] {
	return [...records].sort((one, other) => Date.parse(other.start_time) - Date.parse(one.start_time));
}

/** The ids of records, sorted. */
export function idsOf(records: ReadonlyArray<{ _id?: unknown }>): string[] {
	return records.map(({ _id }) => String(_id)).sort();
}

/** `skip+limit` of each request that was sent, in the order of arrival. */
export function asked(log: readonly LoggedRequest[]): string[] {
	return log.map(({ body }) => {
		const { skip, limit } = body as { skip: number; limit: number };
		return `${skip}+${limit}`;
	});
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { STATUS_CODES } from 'node:http';
import type { ReportName } from '../dataset/records.ts';
import { holdsFor } from '../switches.ts';
import type { Refusable, RefusedThing, Switches } from '../switches.ts';
import { pageAsked } from './page.ts';
import type { Query } from './query.ts';

/** Why a cluster refuses what another one would take; the client does nothing wrong by trying. */
export type ClusterRefusal = { status: number; message: string };

/** What the vendor's page shows for each report, `limit` and `skip` included. */
const shown: Record<ReportName, readonly string[]> = {
	calls: ['start_time', 'end_time', 'type', 'limit', 'skip'],
	sessions: ['user_display_name'],
	productivity: ['start_time', 'end_time', 'direction', 'team_name', 'channel', 'user_display_name'],
	csat: ['start_time', 'end_time'],
};

const times = ['start_time', 'end_time'];
const paging = ['limit', 'skip'];

/** Refuses a valid query as the switches say: a field (U18), a high `limit` (U15), a deep page (U16). */
export function refuseByCluster(report: ReportName, query: Query, switches: Switches): ClusterRefusal | undefined {
	const field = query.sent.find((name) => isRefused(report, name, switches));
	if (field !== undefined) return refusal('field', `'${field}' is not allowed`, switches);
	const { limit = 0 } = query;
	const { refusedLimit, resultWindow } = switches;
	if (refusedLimit !== null && limit > refusedLimit && !holdsFor(switches.limitIgnored, report))
		return refusal('limit', `limit must be at most ${refusedLimit}, got ${limit}`, switches);
	const asked = pageAsked(report, query, switches);
	const depth = asked.skip + (Number.isFinite(asked.limit) ? asked.limit : 0);
	if (resultWindow !== null && depth > resultWindow)
		return refusal('resultWindow', `skip + limit must be at most ${resultWindow}, got ${depth}`, switches);
	return undefined;
}

function isRefused(report: ReportName, field: string, { refuses }: Switches): boolean {
	if (refuses === 'undocumented') return !shown[report].includes(field);
	const list: Refusable[] = refuses[report] ?? [];
	if (list.includes(field)) return true;
	if (times.includes(field)) return list.includes('times');
	return !paging.includes(field) && !shown[report].includes(field) && list.includes('undocumentedFilters');
}

function refusal(thing: RefusedThing, message: string, { refusalStatus, refusalNamesField }: Switches): ClusterRefusal {
	const status = typeof refusalStatus === 'number' ? refusalStatus : (refusalStatus[thing] ?? 400);
	return { status, message: refusalNamesField ? message : (STATUS_CODES[status] ?? 'Error') };
}

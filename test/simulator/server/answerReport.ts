import { readQuery } from '../answering/query.ts';
import type { Query } from '../answering/query.ts';
import { refuseByCluster } from '../answering/refusals.ts';
import { followsClock } from '../answering/visibility.ts';
import type { ReportName } from '../dataset/records.ts';
import type { Asked } from './asked.ts';
import type { Cluster } from './cluster.ts';
import type { Fault } from './fault.ts';
import { moveRows } from './faultyRows.ts';
import type { LoggedRequest } from './journal.ts';
import { makePage } from './makePage.ts';
import { errorReply, jsonType, replyOf } from './reply.ts';
import type { Reply } from './reply.ts';

/** The answer to a POST on a report's path with the right key; `entry.body` holds what was posted. */
export function answerReport(
	cluster: Cluster,
	report: ReportName,
	entry: LoggedRequest,
	faults: readonly Fault[],
): Reply {
	const { switches, settings, violations } = cluster;
	const refuse = (status: number, message: string, violation: boolean) => {
		if (violation) violations.push(`${report} (request ${entry.n}): ${message}`);
		return errorReply(status, message, switches.errorBody);
	};
	if (!/^application\/json\b/i.test(entry.headers['content-type'] ?? '')) {
		return refuse(415, 'the content type must be application/json', true);
	}
	const query = readQuery(report, entry.body, settings.extraFilters, switches);
	if ('message' in query) return refuse(400, query.message, query.violation);
	const refusal = refuseByCluster(report, query, switches);
	if (refusal) return refuse(refusal.status, refusal.message, false);
	const counts = { asked: ++cluster.asked[report], sameAsked: countSame(cluster, report, query) };
	for (const row of cluster.arrivingRows.due(switches, report, cluster.clock.now())) cluster.add(row.report, row.given);
	moveRows(cluster, report, query, faults);
	const reply = pageReply(cluster, { report, query, entry, faults, ...counts });
	cluster.centre.history.answer();
	return reply;
}

function countSame({ sameAsked }: Cluster, report: ReportName, { startMs, endMs, filters }: Query): number {
	const question = JSON.stringify([report, startMs, endMs, filters]);
	const count = (sameAsked.get(question) ?? 0) + 1;
	sameAsked.set(question, count);
	return count;
}

function pageReply(cluster: Cluster, request: Asked): Reply {
	const key = cacheKey(cluster, request);
	const kept = key === undefined ? undefined : cluster.pages.get(key);
	const page = kept ?? makePage(cluster, request);
	if (key !== undefined && !kept) cluster.pages.set(key, page);
	const { status, bytes, rows, total, skipped } = page;
	Object.assign(request.entry, { rows, total, walked: skipped + rows });
	return { ...replyOf(status, jsonType, bytes), takesMs: (cluster.switches.skipCostMs * skipped) / 1000 };
}

/** What a page depends on; undefined where it depends on more than can be written down. */
function cacheKey({ pages, switches, centre }: Cluster, { report, query, faults }: Asked): string | undefined {
	const { order, totalError } = switches;
	const totalMoves = totalError === 'drift' || (totalError !== null && typeof totalError === 'object');
	const fleeting =
		faults.length > 0 || followsClock(report, switches) || order === 'unstableBetweenRequests' || totalMoves;
	if (!pages.on || fleeting) return undefined;
	const versions = Object.values(centre.stores).map(({ version }) => version);
	return JSON.stringify([report, query, switches, versions]);
}

import { inExtendedJson } from '../answering/extendedJson.ts';
import { ordered } from '../answering/order.ts';
import { cutPage, wrapPage } from '../answering/page.ts';
import type { Page } from '../answering/page.ts';
import { readQuery } from '../answering/query.ts';
import type { Query } from '../answering/query.ts';
import { mix } from '../dataset/chance.ts';
import type { ReportName } from '../dataset/records.ts';
import type { Switches } from '../switches.ts';
import type { Cluster } from './cluster.ts';
import { hasFault } from './fault.ts';
import type { Fault } from './fault.ts';
import { disturbedPage, disturbedQuery, disturbedSwitches, moveRows } from './faultyRows.ts';
import type { LoggedRequest } from './journal.ts';
import { errorReply, replyOf } from './reply.ts';
import type { Reply } from './reply.ts';

const jsonType = 'application/json; charset=utf-8';

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
	const asked = ++cluster.asked[report];
	moveRows(cluster, report, query, faults);
	return pageReply(cluster, { report, query, entry, faults, asked });
}

type Asked = { report: ReportName; query: Query; entry: LoggedRequest; faults: readonly Fault[]; asked: number };

function pageReply(cluster: Cluster, request: Asked): Reply {
	const key = cacheKey(cluster, request);
	const kept = key === undefined ? undefined : cluster.pages.get(key);
	const { bytes, rows, total } = kept ?? makePage(cluster, request);
	if (key !== undefined && !kept) cluster.pages.set(key, { bytes, rows, total });
	request.entry.rows = rows;
	request.entry.total = total;
	return replyOf(200, jsonType, bytes);
}

function makePage(
	cluster: Cluster,
	{ report, query, entry, faults, asked }: Asked,
): { bytes: Buffer; rows: number; total: number } {
	const switches = disturbedSwitches(cluster.switches, faults);
	const found = cluster.finder.find(report, query, switches);
	const rows = ordered(found, switches.order, shuffleSalt(cluster, switches, entry));
	const page = disturbedPage(cutPage(rows, report, disturbedQuery(query, faults), switches), faults);
	// A total that drifts by a fault drifts at once: the second in the switch's row of errors.
	const turn = hasFault(faults, 'totalDrift') ? 2 : asked;
	const body = hasFault(faults, 'dataNull') ? { total: page.total, data: null } : wrapped(page, report, switches, turn);
	return { bytes: Buffer.from(JSON.stringify(body)), rows: page.rows.length, total: page.total };
}

function wrapped(page: Page, report: ReportName, switches: Switches, turn: number): unknown {
	return wrapPage({ ...page, rows: inExtendedJson(page.rows, switches.extendedJson) }, report, switches, turn);
}

function shuffleSalt({ settings }: Cluster, { order }: Switches, { n }: LoggedRequest): number {
	return order === 'unstableBetweenRequests' ? mix(settings.seed, n) : settings.seed;
}

/** What a page depends on; undefined where it depends on more than can be written down. */
function cacheKey({ pages, switches, centre }: Cluster, { report, query, faults }: Asked): string | undefined {
	const fleeting =
		faults.length > 0 ||
		switches.visibility !== false ||
		switches.order === 'unstableBetweenRequests' ||
		switches.totalError === 'drift';
	if (!pages.on || fleeting) return undefined;
	const versions = Object.values(centre.stores).map(({ version }) => version);
	return JSON.stringify([report, query, switches, versions]);
}

import { inExtendedJson } from '../answering/extendedJson.ts';
import { nothingToReport } from '../answering/nothing.ts';
import type { StatusAndBody } from '../answering/nothing.ts';
import { withNumbersAs } from '../answering/numbers.ts';
import { ordered } from '../answering/order.ts';
import { cutPage, wrapPage } from '../answering/page.ts';
import type { Page } from '../answering/page.ts';
import { totalSent } from '../answering/total.ts';
import { mix } from '../dataset/chance.ts';
import type { Switches } from '../switches.ts';
import type { Asked } from './asked.ts';
import type { Cluster } from './cluster.ts';
import { faultOf, hasFault } from './fault.ts';
import { disturbedPage, disturbedQuery, disturbedSwitches } from './faultyRows.ts';
import type { LoggedRequest } from './journal.ts';
import type { KeptPage } from './pageCache.ts';
import { totalFacts } from './totalFacts.ts';

/** The page that a request asks for, as it is sent under the switches and its faults. */
export function makePage(cluster: Cluster, request: Asked): KeptPage {
	const { report, query, entry, faults } = request;
	const switches = disturbedSwitches(cluster.switches, faults);
	const found = cluster.finder.find(report, query, switches);
	const rows = ordered(found, switches.order, shuffleSalt(cluster, switches, entry));
	const cut = cutPage(rows, report, disturbedQuery(query, faults), switches);
	const page = disturbedPage(cut, faults);
	const { status, body } = nothingToReport(cut, report, switches) ?? {
		status: 200,
		body: JSON.stringify(bodyOf(cluster, request, page, switches)),
	} satisfies StatusAndBody;
	return { status, bytes: Buffer.from(body), rows: page.rows.length, total: page.total, skipped: page.skipped };
}

function bodyOf(cluster: Cluster, request: Asked, page: Page, switches: Switches): unknown {
	const { report, faults } = request;
	if (hasFault(faults, 'dataNull')) return { total: page.total, data: null };
	const total = totalSent(switches.totalError, totalFacts(cluster, request, page, switches));
	const rows = inExtendedJson(withNumbersAs(page.rows, switches), switches.extendedJson);
	const body = wrapPage(rows, total, report, switches);
	const harmless = faultOf(faults, 'harmlessError');
	return harmless && isObject(body) && 'data' in body ? { ...body, error: harmless.value } : body;
}

function shuffleSalt({ settings }: Cluster, { order }: Switches, { n }: LoggedRequest): number {
	return order === 'unstableBetweenRequests' ? mix(settings.seed, n) : settings.seed;
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

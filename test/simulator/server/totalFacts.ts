import type { Page } from '../answering/page.ts';
import type { TotalFacts } from '../answering/total.ts';
import type { Moment } from '../dataset/history.ts';
import type { Switches } from '../switches.ts';
import type { Asked } from './asked.ts';
import type { Cluster } from './cluster.ts';
import { hasFault } from './fault.ts';

/** What a total may be made from, right or wrong (U13, U17). */
export function totalFacts(cluster: Cluster, request: Asked, page: Page, switches: Switches): TotalFacts {
	const { report, query, faults, asked, sameAsked } = request;
	const { finder, centre } = cluster;
	const { history } = centre;
	return {
		total: page.total,
		pageRows: page.rows.length,
		// A total that drifts by a fault drifts at once: the second in the switch's row of errors.
		asked: hasFault(faults, 'totalDrift') ? 2 : asked,
		sameAsked,
		unfiltered: () => finder.find(report, { filters: {}, skip: 0, sent: [] }, switches).length,
		timesOnly: () => finder.find(report, { ...query, filters: {} }, switches).length,
		requestsAgo: (requests) => totalAt(cluster, request, switches, history.requestsAgo(requests)),
		secondsAgo: (seconds) => totalAt(cluster, request, switches, history.secondsAgo(seconds)),
	};
}

/** How many rows there were at a moment: today's, as they were listed then, without the changes since. */
function totalAt({ finder, centre }: Cluster, { report, query }: Asked, switches: Switches, moment: Moment): number {
	const total = finder.find(report, query, switches, moment.clockMs).length;
	if (report === 'productivity') return total;
	const changed = centre.history
		.since(moment)
		.filter((change) => change.report === report)
		.filter(({ record }) => finder.asksFor(report, query, switches, record, moment.clockMs));
	return changed.reduce((sum, { step }) => sum - step, total);
}

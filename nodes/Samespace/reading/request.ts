import type { ReportDefinition } from '../reports';
import { withRetries } from './attempts';
import type { Outcome } from './failure';
import type { ReadingIo } from './io';
import type { Lane } from './lanes';
import type { Need } from './need';
import { parsePage, withoutStrangeRows, type Page } from './page';
import type { PageRequest } from './query';

/** What of a query one request needs. */
export interface RequestRules {
	report: ReportDefinition;
	pageSize: number;
	maxRetries: number;
	passesOverStrangeRows?: boolean;
	need: Need;
	lane: Lane;
}

const refusals: ReadonlySet<number> = new Set([400, 413, 422]);

/** Gets one page, trying again where that may help. */
export async function getPage(request: PageRequest, rules: RequestRules, io: ReadingIo): Promise<Outcome<Page>> {
	const outcome = await tryPage(request, rules, io);
	if (outcome.ok || request.limit <= rules.pageSize || !refusals.has(outcome.failure.status ?? 0)) return outcome;
	// One row over the page size is asked for to see that the total ends there; a cluster may refuse it.
	return await tryPage({ ...request, limit: rules.pageSize }, rules, io);
}

async function tryPage(request: PageRequest, rules: RequestRules, io: ReadingIo): Promise<Outcome<Page>> {
	let last: unknown;
	const send = async (): Promise<Outcome<Page>> => {
		const answer = await io.fetchPage(rules.report, request);
		if (!answer.ok) return answer;
		last = answer.value;
		return parsePage(answer.value, rules.report, request.limit);
	};
	const outcome = await withRetries(send, rules, io);
	if (outcome.ok || outcome.failure.kind !== 'unreadable' || !rules.passesOverStrangeRows) return outcome;
	const { body, strange } = withoutStrangeRows(last);
	io.statistics.strange += strange;
	return strange === 0 ? outcome : parsePage(body, rules.report, request.limit);
}

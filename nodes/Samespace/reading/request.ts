import type { ReportDefinition } from '../reports';
import { withRetries } from './attempts';
import type { Outcome } from './failure';
import type { ReadingIo } from './io';
import type { Lane } from './lanes';
import type { Need } from './need';
import { parsePage, type Page } from './page';
import type { PageRequest } from './query';

/** What of a query one request needs. */
export interface RequestRules {
	report: ReportDefinition;
	pageSize: number;
	maxRetries: number;
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
	const send = async (): Promise<Outcome<Page>> => {
		const answer = await io.fetchPage(rules.report, request);
		return answer.ok ? parsePage(answer.value, rules.report, request.limit) : answer;
	};
	return await withRetries(send, rules, io);
}

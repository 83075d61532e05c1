import type { ReportDefinition } from '../../reports';
import { failed, success, type Failure, type Outcome } from '../failure';
import type { ReadingIo, Statistics } from '../io';
import type { Slot } from '../pacing/concurrency';
import { whenFired, withRetries } from '../pacing/retry';
import type { PageRequest } from '../query';
import type { Behavior } from './behavior';
import { parsePage, withoutStrangeRows, type Page } from './page';
import { furtherRestrictions, leastRows, namesSomethingElse, pageSizesBelow, restricted, type Restrictions, type SentRequest } from './restrictions';
import { saysNothing } from './shape';

/** What of a query one request needs. */
export interface RequestRules {
	report: ReportDefinition;
	pageSize: number;
	maxRetries: number;
	/** Names of filters that every row is held against, whatever the cluster does. */
	applied?: readonly string[];
	passesOverStrangeRows?: boolean;
	/** Fires when the page is wanted no longer. */
	ended?: AbortSignal;
	slot: Slot;
}

/** A fault that passes lasts longer than two requests. */
const beforeAskingAgainMs = 500;

const refusals: ReadonlySet<number> = new Set([400, 413, 422]);

/**
 * Gets one page, and tries again where that may help. If the cluster refuses something that Samespace's API page doesn't document, it is
 * left out or lowered for all requests to that cluster (see restrictions.ts). An unusual empty answer is requested once more (U19).
 */
export async function getPage(request: PageRequest, rules: RequestRules, io: ReadingIo): Promise<Outcome<Page>> {
	const behavior = io.behaviorOf(rules.report);
	const { applied = [], ended } = rules;
	// Those who come while somebody learns wait for what that one finds out.
	while (behavior.learning) {
		await (ended ? Promise.race([behavior.learning, whenFired(ended)]) : behavior.learning);
		if (ended?.aborted) return failed({ kind: 'stopped' });
	}
	const sent = restricted(request, behavior, applied);
	const outcome = await certainPage(sent, behavior, rules, io);
	if (outcome.ok) {
		behavior.grantedRows = Math.max(behavior.grantedRows, sent.limit ?? 0);
		noteRestrictions(request, sent, rules.report, io.statistics);
	}
	if (outcome.ok || !isRefusal(outcome.failure)) return outcome;
	if (behavior.learning) await behavior.learning;
	if (!isSameRequest(restricted(request, behavior, applied), sent)) return await getPage(request, rules, io);
	// A later page is refused for its depth (U16) where one of that size was granted: nothing is learnt from that.
	if (request.skip > 0 && (sent.limit ?? 0) <= behavior.grantedRows) return outcome;
	const learning = learn(request, outcome, rules, io);
	const settle = (): void => {
		behavior.learning = null;
	};
	behavior.learning = learning.then(settle, settle);
	const learnt = await learning;
	if (learnt.ok) noteRestrictions(request, restricted(request, behavior, applied), rules.report, io.statistics);
	return learnt;
}

function noteRestrictions(request: PageRequest, { filters, limit }: SentRequest, report: ReportDefinition, { restrictions }: Statistics): void {
	const before = restrictions.get(report);
	const omitted = Object.keys(request.filters).filter((name) => !Object.hasOwn(filters, name));
	const isSmaller = limit !== undefined && limit < request.limit;
	if (!isSmaller && limit !== undefined && omitted.length === 0) return;
	restrictions.set(report, {
		mostRows: isSmaller ? limit : (before?.mostRows ?? null),
		isUnpaged: limit === undefined || (before?.isUnpaged ?? false),
		omitted: new Set([...(before?.omitted ?? []), ...omitted]),
	});
}

function isRefusal({ kind, status, said }: Failure): boolean {
	return kind === 'status' && refusals.has(status ?? 0) && !namesSomethingElse(said);
}

function isSameRequest(one: SentRequest, other: SentRequest): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** Finds restrictions that the cluster accepts, and keeps to them; the refusal itself where there are none. Never throws. */
async function learn(request: PageRequest, refused: { ok: false; failure: Failure }, rules: RequestRules, io: ReadingIo): Promise<Outcome<Page>> {
	const behavior = io.behaviorOf(rules.report);
	const { applied = [] } = rules;
	const ask = async (restrictions: Restrictions): Promise<Outcome<Page> | null> => {
		if (isSameRequest(restricted(request, restrictions, applied), restricted(request, behavior, applied))) return null;
		const outcome = await tryPage(restricted(request, restrictions, applied), rules, io);
		return outcome.ok || !isRefusal(outcome.failure) ? outcome : null;
	};
	for (const restrictions of restrictionsToTry(behavior, furtherRestrictions(rules.report, request, applied))) {
		const granted = await largestPage(request, restrictions, refused.failure.said, ask);
		if (granted === null) continue;
		// A request that failed for another reason, or was stopped, shows nothing.
		if (granted.page.ok) Object.assign(behavior, granted.restrictions, { grantedRows: granted.restrictions.mostRows ?? request.limit });
		return granted.page;
	}
	return refused;
}

/** The restrictions as they are, with each further one alone, and with all up to it. */
function restrictionsToTry({ mostRows, isUnpaged, omitted }: Behavior, steps: ReadonlyArray<Partial<Restrictions>>): Restrictions[] {
	const known: Restrictions = { mostRows, isUnpaged, omitted };
	const all: Restrictions[] = [known];
	let together = known;
	for (const [at, step] of steps.entries()) {
		all.push(joined(known, step));
		together = joined(together, step);
		if (at > 0) all.push(together);
	}
	return all;
}

function joined(restrictions: Restrictions, step: Partial<Restrictions>): Restrictions {
	return { ...restrictions, ...step, omitted: new Set([...restrictions.omitted, ...(step.omitted ?? [])]) };
}

/** The largest page that is granted under these restrictions, and they with its size; null where even a small page is refused. */
async function largestPage(
	request: PageRequest,
	restrictions: Restrictions,
	said: string | undefined,
	ask: (restrictions: Restrictions) => Promise<Outcome<Page> | null>,
): Promise<{ restrictions: Restrictions; page: Outcome<Page> } | null> {
	const whole = await ask(restrictions);
	if (whole !== null) return { restrictions, page: whole };
	if (restrictions.isUnpaged) return null;
	let best: { restrictions: Restrictions; page: Outcome<Page> } | null = null;
	let refusedFrom = request.limit;
	for (const mostRows of [leastRows, ...pageSizesBelow(request.limit, said)]) {
		if (mostRows >= refusedFrom || mostRows <= (best?.restrictions.mostRows ?? 0)) continue;
		const sized = { ...restrictions, mostRows };
		const page = await ask(sized);
		if (page?.ok === false) return best ?? { restrictions, page };
		if (page === null) refusedFrom = mostRows;
		else best = { restrictions: sized, page };
	}
	return best;
}

/** Asks once more where an answer says in an odd way that there is nothing: it may be a passing fault. */
async function certainPage(sent: SentRequest, behavior: Behavior, rules: RequestRules, io: ReadingIo): Promise<Outcome<Page>> {
	const first = nothingIn(await tryPage(sent, rules, io));
	if (!first.ok) return first;
	const { rows, total, isOdd } = first.value;
	if (total !== null) behavior.hasTotals = true;
	else if (rows.length > 0) behavior.hasUntotalledRows = true;
	const isUnlike = rows.length === 0 && ((isOdd === true && !behavior.hasUntotalledRows) || (total === null && behavior.hasTotals));
	if (!isUnlike) return first;
	await io.sleep(beforeAskingAgainMs, io.signal);
	return nothingIn(await tryPage(sent, rules, io));
}

/** Some clusters say with 404 that there is nothing to report (U19). */
export function nothingIn(outcome: Outcome<Page>): Outcome<Page> {
	if (outcome.ok || outcome.failure.status !== 404 || !saysNothing(outcome.failure.said)) return outcome;
	return success({ rows: [], total: null, bare: false, asked: 0, isOdd: true });
}

async function tryPage(sent: SentRequest, rules: RequestRules, io: ReadingIo): Promise<Outcome<Page>> {
	const asked = sent.limit ?? Infinity;
	let strangeAnswers = 0;
	const send = async (): Promise<Outcome<Page>> => {
		const answer = await io.fetchPage(rules.report, sent);
		if (!answer.ok) return answer;
		const page = parsePage(answer.value, rules.report, asked);
		if (page.ok || page.failure.kind !== 'strange' || !rules.passesOverStrangeRows) return page;
		strangeAnswers += 1;
		// The first may be a passing fault. What stays is passed over, or each poll would wait for it.
		if (strangeAnswers === 1 && rules.maxRetries > 0) return page;
		const { body, strange } = withoutStrangeRows(answer.value);
		io.statistics.strange += strange;
		return parsePage(body, rules.report, asked);
	};
	return await withRetries(send, rules, io);
}

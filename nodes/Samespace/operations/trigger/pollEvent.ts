import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { createOutput } from '../../output';
import { ParameterProblem, readForm, readTrigger, type TriggerRequest } from '../../parameters';
import { advance, isSameState, newestFew, noticesIn, pollEventNamed, pollEvents, pollReaderFor, shortIdOf, type PollEvent, type PollOptions, type PollReader } from '../../polling';
import { instantIn, type Range, type ReportRecord } from '../../reports';
import { errorOf, errorOfParameter, errorOfReason, explainPoll, type ErrorContext } from '../../transport';
import { beginExecution, ioOf, openCredential } from '../execution';
import { firstOf } from './firstPoll';
import { passesOn, showNotices } from './notices';
import { runAlone } from './runAlone';
import { triggerOf, TriggerMemory } from './triggerMemory';

const shownByTestRun = 5;

/** Up to when each trigger has looked, in ms since 1970. */
const lookedUntil = new TriggerMemory<number>();

/** A poll with everything that it needs, read once. */
interface Poll {
	event: PollEvent;
	/** The trigger's form. */
	wanted: TriggerRequest;
	/** What tells its cluster and filters from others. */
	scope: string;
	reader: PollReader;
	now: number;
	errorContext: ErrorContext;
	itemsOf: (records: readonly ReportRecord[]) => Promise<INodeExecutionData[]>;
}

/**
 * The items of one poll, or null when nothing is new. A test run in the editor shows the newest few and changes nothing. n8n saves a trigger's
 * state only if something is emitted, so a poll whose state must be saved returns an empty list instead of null: the first one, those that add, pass on
 * or clear a notice, and those that moved the cursor far, because n8n may load the last saved state for each poll.
 *
 * @throws n8n's error, with the state unchanged: the next poll covers the gap
 */
export async function pollForEvent(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	if (context.getMode() === 'manual') return await withOurErrors(context, testRun);
	const first = firstOf(context);
	const isPassingOn = passesOn(context, first);
	const polled = withOurErrors(context, async (poll) => {
		if (!isPassingOn) showNotices(context);
		return await runAlone(context, context.getWorkflowStaticData('node').poll, async () => await nextItems(context, poll, isPassingOn));
	});
	return await (first.isAtStart ? polled.catch((reason: Error) => logged(context, reason)) : polled);
}

/** The next poll shows it, if it fails as well. */
function logged(context: IPollFunctions, { message, description }: Error & { description?: string | null }): null {
	context.logger.warn(`'${context.getNode().name}' in workflow ${context.getWorkflow().id} couldn't poll; the next poll tries again. ${message}. ${description ?? ''}`);
	return null;
}

async function withOurErrors<Result>(context: IPollFunctions, run: (poll: Poll) => Promise<Result>): Promise<Result> {
	try {
		return await run(await openPoll(context));
	} catch (reason) {
		throw reason instanceof ParameterProblem ? errorOfParameter(context.getNode(), reason, 0) : errorOfReason(context.getNode(), reason, 0);
	}
}

async function testRun({ event, now, reader, errorContext, itemsOf }: Poll): Promise<INodeExecutionData[] | null> {
	const newest = await newestFew(event, shownByTestRun, now, reader);
	if (!newest.ok) throw errorOf(newest.failure, errorContext);
	const items = await itemsOf(newest.value);
	return items.length > 0 ? items : null;
}

/**
 * Loads, advances and saves. All that may fail or wait comes before saving, so that nothing is saved as emitted that
 * is not. Where another poll has saved meanwhile, nothing happened: its records are not emitted once more.
 *
 * @param isPassingOn whether this poll passes on what the last one left to be shown
 */
async function nextItems(context: IPollFunctions, { event, wanted, scope, now, reader, errorContext, itemsOf }: Poll, isPassingOn: boolean): Promise<INodeExecutionData[] | null> {
	const begunAt = performance.now();
	const saved = context.getWorkflowStaticData('node');
	const before = saved.poll;
	const { lookbackMs, settleMs, maxItems } = wanted;
	const trigger = triggerOf(context);
	const options: PollOptions = { event, scope, passesOn: isPassingOn, lookedUntil: lookedUntil.get(trigger), lookbackMs, settleMs, maxItems, budget: budgetOf(context, now), tookMs: () => performance.now() - begunAt };
	const step = await advance(before, now, reader, options);
	if (!step.ok) throw errorOf(step.failure, errorContext);
	for (const { text } of [...step.value.notices, ...step.value.unshown]) context.logger.warn(text);
	const items = await itemsOf(step.value.records);
	if (!isSameState(before, saved.poll)) return null;
	saved.poll = step.value.state as unknown as IDataObject;
	lookedUntil.set(trigger, instantIn(step.value.state.readUntil) ?? now);
	const { isFirst, hasMore, isFar } = step.value;
	const mustBeKept = isFirst || hasMore || isFar || [before, step.value.state].some((state) => noticesIn(state).length > 0);
	return items.length > 0 || mustBeKept ? items : null;
}

async function openPoll(context: IPollFunctions): Promise<Poll> {
	const { apiKey, cluster } = await openCredential(context);
	const errorContext = { node: context.getNode(), itemIndex: 0, apiKey, explain: explainPoll };
	if (!cluster.ok) throw errorOf(cluster.failure, errorContext);
	const now = Date.now();
	const { origin, zone: clusterZone } = cluster.value;
	const wanted = readTrigger((parameter, fallback) => context.getNodeParameter(parameter, fallback as object), pollEvents);
	const { report } = pollEventNamed(wanted.event);
	const timezone = context.getTimezone();
	const request = readForm(report, wanted.form, { now, workflowZone: timezone, clusterZone });
	const event = pollEventNamed(wanted.event, { ...wanted, rating: request.rating });
	const io = ioOf(context, cluster.value, { timeoutMs: request.timeoutMs, execution: beginExecution(context) });
	const period: Range = { start: now, end: now };
	return {
		event,
		wanted,
		scope: scopeOf(origin, wanted),
		now,
		errorContext,
		reader: pollReaderFor(request.query, io),
		itemsOf: async (records) => {
			const made = await createOutput({ ...request, report, timezone, origin }, async () => undefined).take(records, period);
			return made.map(({ json }) => ({ json: json as IDataObject }));
		},
	};
}

/** Of the same cluster and filters, however they are written down. */
function scopeOf(origin: string, { itemPer, activities, filters }: TriggerRequest): string {
	const sorted = Object.entries(filters).sort(([one], [other]) => (one < other ? -1 : 1));
	return shortIdOf(JSON.stringify([origin, itemPer, activities, sorted]));
}

/** How much of n8n's time for this poll is left. Older releases do not tell. */
function budgetOf(context: IPollFunctions, startedAt: number): (() => number) | undefined {
	const budgetMs = (context as Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>).getPollBudgetMs?.();
	return budgetMs === undefined ? undefined : () => startedAt + budgetMs - Date.now();
}

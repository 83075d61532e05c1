import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { createOutput } from '../output';
import { ParameterProblem, choice, collection, readForm, readTriggerOptions, triggerOutputs } from '../parameters';
import { advance, isSameState, newestFew, pollEventNamed, pollEvents, pollReadFor, type PollEvent, type PollRead } from '../polling';
import type { Statistics } from '../reading';
import type { Range, ReportRecord } from '../reports';
import { errorOf, errorOfParameter, errorOfReason, type ErrorContext } from '../transport';
import { beginExecution, ioOf, openCredential } from './execution';

const shownByTestRun = 5;

/** A poll with everything that it needs, read once. */
interface Poll {
	event: PollEvent;
	read: PollRead;
	now: number;
	statistics: Statistics;
	errorContext: ErrorContext;
	itemsOf: (records: readonly ReportRecord[]) => Promise<INodeExecutionData[]>;
}

/**
 * The items of one poll, or null when nothing is new. A test run in the editor shows the newest few and changes nothing.
 *
 * @throws n8n's error, with the state unchanged: the next poll covers the gap
 */
export async function pollForEvent(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	return await runPoll(context).catch((reason: unknown) => {
		throw reason instanceof ParameterProblem ? errorOfParameter(context.getNode(), reason, 0) : errorOfReason(context.getNode(), reason, 0);
	});
}

async function runPoll(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
	const poll = await openPoll(context);
	const items = context.getMode() === 'manual' ? await testRun(poll) : await nextItems(context, poll);
	return items.length > 0 ? items : null;
}

async function testRun({ event, now, read, errorContext, itemsOf }: Poll): Promise<INodeExecutionData[]> {
	const newest = await newestFew(event, shownByTestRun, now, read);
	if (!newest.ok) throw errorOf(newest.failure, errorContext);
	return await itemsOf(newest.value);
}

/**
 * Loads, advances and saves. All that may fail or wait comes before saving, so that nothing is saved as handed on that
 * is not. Where another poll has saved meanwhile, nothing happened: its records are not handed on once more.
 */
async function nextItems(context: IPollFunctions, { event, now, read, statistics, errorContext, itemsOf }: Poll): Promise<INodeExecutionData[]> {
	const saved = context.getWorkflowStaticData('node');
	const before = saved.poll;
	const options = readTriggerOptions(collection('Options', context.getNodeParameter('options', {})), event.leastLookbackMs);
	const step = await advance(before, now, read, { event, ...options, budget: budgetOf(context, now) });
	if (!step.ok) throw errorOf(step.failure, errorContext);
	for (const { text } of step.value.notices) context.logger.warn(text);
	if (statistics.strange > 0) context.logger.warn(`${statistics.strange} rows of this report are no records. They were passed over.`);
	const items = await itemsOf(step.value.records);
	if (!isSameState(before, saved.poll)) return [];
	saved.poll = step.value.state as unknown as IDataObject;
	return items;
}

async function openPoll(context: IPollFunctions): Promise<Poll> {
	const { apiKey, cluster } = await openCredential(context);
	const errorContext = { node: context.getNode(), itemIndex: 0, apiKey };
	if (!cluster.ok) throw errorOf(cluster.failure, errorContext);
	const now = Date.now();
	const event = pollEventNamed(choice('Trigger On', context.getNodeParameter('event'), pollEvents.map(({ name }) => name)));
	const { report } = event;
	const entered: { [name: string]: unknown } = {
		filters: context.getNodeParameter('filters', {}),
		output: choice('Output', context.getNodeParameter('output', 'simplified'), triggerOutputs),
	};
	const timezone = context.getTimezone();
	const around = { now, workflowZone: timezone, clusterZone: cluster.value.zone };
	const form = readForm(report, (name, fallback) => (Object.hasOwn(entered, name) ? entered[name] : fallback), around);
	const execution = beginExecution(context);
	const io = ioOf(context, cluster.value, { timeoutMs: form.timeoutMs, execution });
	const period: Range = { start: now, end: now };
	return {
		event,
		now,
		statistics: execution.statistics,
		errorContext,
		read: pollReadFor(form.query, io),
		itemsOf: async (records) => {
			const output = createOutput({ ...form, report, timezone }, async () => undefined);
			const items = await output.take(records, period);
			return items.map(({ json }) => ({ json: json as IDataObject }));
		},
	};
}

/** How much of n8n's time for this poll is left. Older releases do not tell. */
function budgetOf(context: IPollFunctions, startedAt: number): (() => number) | undefined {
	const budgetMs = (context as Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>).getPollBudgetMs?.();
	return budgetMs === undefined ? undefined : () => startedAt + budgetMs - Date.now();
}

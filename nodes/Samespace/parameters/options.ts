import type { INodeProperties } from 'n8n-workflow';

import { serviceLevelFormulas, usualThresholds, type CallThresholds } from '../output';
import { calls, type ReportDefinition } from '../reports';
import { choiceField, switchField, wholeNumberField, type Conditions, type Field } from './field/field';
import { numberOf } from './field/numbers';
import { collection } from './field/values';
import { gatheredOutputNames, type OutputName } from './output';

const usualConcurrency = 4;
const grownConcurrency = 8;
const maxConcurrency = 64;

export const sortField = choiceField({
	name: 'sort',
	label: 'Sort',
	choices: [
		{ value: 'newestFirst', name: 'Newest First' },
		{ value: 'oldestFirst', name: 'Oldest First' },
	],
	fallback: 'newestFirst',
	description: 'The order of the records, by time. A limit keeps the first ones in this order.',
});

export const skipField = wholeNumberField({ name: 'skip', label: 'Skip', min: 0, fallback: 0, description: 'How many items to leave out before the first one' });

export const escapeFormulasField = switchField({
	name: 'escapeFormulas',
	label: 'Escape Formulas',
	fallback: true,
	description: "Whether to put a ' in front of text that a spreadsheet would run as a formula. Turn it off only for files that are never opened in a spreadsheet.",
});

export const onIncompleteField = choiceField({
	name: 'onIncomplete',
	label: 'If Incomplete',
	choices: [
		{ value: 'error', name: 'Stop With an Error' },
		{ value: 'warn', name: 'Continue With a Warning' },
	],
	fallback: 'error',
	description: 'What to do when fewer records arrive than Samespace announced',
});

const pageSize = wholeNumberField({
	name: 'pageSize',
	label: 'Page Size',
	min: 1,
	fallback: 1000,
	description: 'How many rows to ask for per request. Fewer, larger pages are faster. More than 3,000 count as 3,000.',
});

/** To parse a larger page would hold up everything else in n8n. */
const largestPage = 3_000;

export const pageSizeField: Field<number> = { ...pageSize, read: (entered) => Math.min(largestPage, pageSize.read(entered)) };

export const concurrencyField = wholeNumberField({
	name: 'concurrency',
	label: 'Concurrency',
	min: 1,
	max: maxConcurrency,
	fallback: usualConcurrency,
	description: "How many requests can run at once, across all input items (the first item's value counts). Without this option: 4, and up to 8 while the cluster keeps up.",
});

export const maxRetriesField = wholeNumberField({
	name: 'maxRetries',
	label: 'Max Retries',
	min: 0,
	max: 100,
	fallback: 5,
	description: 'How often to retry a request when Samespace is rate limiting, overloaded or unreachable',
});

export const timeoutField = wholeNumberField({
	name: 'timeout',
	label: 'Timeout (Seconds)',
	min: 1,
	max: 3600,
	fallback: 60,
	description: 'How long a request may take, from sending it to the last byte of the response',
});

export const serviceLevelSecondsField = wholeNumberField({
	name: 'serviceLevelSeconds',
	label: 'Service Level Threshold (Seconds)',
	min: 0,
	fallback: usualThresholds.serviceLevelSeconds,
	description: 'Inbound calls answered within this time meet the service level',
});

const formulas: { readonly [Formula in CallThresholds['serviceLevelFormula']]: { name: string; description: string } } = {
	withoutAbandons: { name: 'Exclude Abandons Within Threshold', description: 'Callers who gave up within the threshold are left out' },
	abandonsAgainst: { name: 'Include All Abandons', description: 'Every caller who gave up counts as not answered in time' },
	abandonsFor: { name: 'Count Abandons Within Threshold as Answered', description: 'Callers who gave up within the threshold count as answered in time' },
};

export const serviceLevelFormulaField = choiceField({
	name: 'serviceLevelFormula',
	label: 'Service Level Formula',
	choices: serviceLevelFormulas.map((value) => ({ value, ...formulas[value] })),
	fallback: usualThresholds.serviceLevelFormula,
	description: 'How abandoned calls count toward the service level',
});

export const shortAbandonField = wholeNumberField({
	name: 'shortAbandonSeconds',
	label: 'Short Abandon Threshold (Seconds)',
	min: 0,
	fallback: usualThresholds.shortAbandonSeconds,
	description: "Callers who give up sooner aren't counted as abandoned and don't appear in follow-ups",
});

export const followUpHoursField = wholeNumberField({
	name: 'followUpHours',
	label: 'Minimum Time Since Missed (Hours)',
	min: 0,
	fallback: 0,
	description: 'Only numbers whose first missed call was at least this long ago',
});

/** An option with where it is shown: one that would do nothing is not. */
interface Option {
	field: Field<unknown>;
	isOf?(report: ReportDefinition): boolean;
	shown?: Conditions;
}

const whereItemsAreRecords: Conditions = { hide: { '/output': [...gatheredOutputNames], '/returnAs': ['csv', 'ndjson'] } };

function shownFor(...outputs: OutputName[]): Conditions {
	return { show: { '/output': outputs } };
}

const isOfCalls = (report: ReportDefinition): boolean => report === calls;

/** Every option of a report, in the order of the form. */
const options: readonly Option[] = [
	{ field: sortField, isOf: ({ timeField }) => timeField !== null, shown: whereItemsAreRecords },
	{ field: skipField, shown: whereItemsAreRecords },
	{ field: serviceLevelSecondsField, isOf: isOfCalls, shown: shownFor('summary', 'dashboard') },
	{ field: serviceLevelFormulaField, isOf: isOfCalls, shown: shownFor('summary', 'dashboard') },
	{ field: shortAbandonField, isOf: isOfCalls, shown: shownFor('summary', 'followUps', 'dashboard') },
	{ field: followUpHoursField, isOf: isOfCalls, shown: shownFor('followUps') },
	{ field: escapeFormulasField, shown: { show: { '/returnAs': ['csv'] }, hide: { '/output': ['dashboard'] } } },
	{ field: onIncompleteField },
	{ field: pageSizeField },
	{ field: concurrencyField },
	{ field: maxRetriesField },
	{ field: timeoutField },
];

/** The 'Options' collection of one report. */
export function optionCollection(report: ReportDefinition, show: Conditions['show']): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		displayOptions: { show },
		default: {},
		options: options.filter(({ isOf }) => isOf?.(report) ?? true).map(({ field, shown }) => field.property(shown)),
	};
}

/**
 * How many requests may be under way, out of 'Options': at first, and at most where the cluster keeps up. What was entered is both. The
 * default if it isn't a number in range: readForm reports that.
 */
export function concurrencyOf(entered: unknown): { usual: number; most: number } {
	const concurrency = numberOf(collection('Options', entered).concurrency);
	const isRight = Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= maxConcurrency;
	return isRight ? { usual: concurrency, most: concurrency } : { usual: usualConcurrency, most: grownConcurrency };
}

import { IANAZone } from 'luxon';

import type { ReportQuery } from '../reading';
import { answersWithin, groupsOf, repeatedHours, reports, type Range, type ReportDefinition, type RatingBounds } from '../reports';
import { rangeOf } from './dateRange';
import { filtersOf } from './filters';
import { joinedHours, periodsOf } from './interval';
import { numberOf, wholeNumber } from './numbers';
import { ParameterProblem, shown } from './problem';
import { choice, collection, isOn, names, namesOrNone, textOf } from './values';

/** Reads one parameter of a filled-in form; `fallback` where it is not shown. */
export type Form = (parameter: string, fallback: unknown) => unknown;

/** What stands beside the form. */
export interface Surroundings {
	/** Ms since 1970, read once for each input item. */
	now: number;
	/** IANA zone of the workflow. */
	workflowZone: string;
	/** IANA zone of the cluster. */
	clusterZone: string;
}

export const outputs = ['simplified', 'raw', 'selectedFields', 'summary', 'file'] as const;

/** What the form asks for beside the records themselves. */
export interface ReportRequest {
	query: ReportQuery;
	/** Items wanted, or null for all. */
	limit: number | null;
	/** Items left out before the first one, where the reading cannot do that. */
	skip: number;
	/** For a report of totals: one row an agent over the whole range, however many windows it takes. */
	mergePeriods: boolean;
	/** For a report of totals: where clocks were set back so that periods had to be joined or moved, for the run's hint. */
	joinedHours: Range[];
	output: (typeof outputs)[number];
	fields: string[];
	groupBy: string[];
	itemPer: 'conversation' | 'answer';
	rating: RatingBounds;
	fileFormat: 'csv' | 'ndjson';
	escapeFormulas: boolean;
	rowsPerFile: number;
	binaryProperty: string;
	/** For each request, in ms. */
	timeoutMs: number;
}

const anyNumber = Number.MAX_SAFE_INTEGER;
const defaultConcurrency = 4;
const grownConcurrency = 8;
const maxConcurrency = 64;
const intervals = ['whole', 'hour', 'day', 'week', 'month'] as const;

/** The report that an operation stands for. @throws ParameterProblem where it stands for none */
export function reportOf(operation: unknown): ReportDefinition {
	const known = choice('Operation', operation, reports.map((report) => report.operation));
	return reports.find((report) => report.operation === known) as ReportDefinition;
}

/**
 * A filled-in form as a checked request.
 *
 * @throws ParameterProblem for the first parameter that cannot be used
 */
export function readForm(report: ReportDefinition, form: Form, around: Surroundings): ReportRequest {
	if (!IANAZone.isValidZone(around.workflowZone)) {
		throw new ParameterProblem(`The workflow's time zone is ${shown(around.workflowZone)}`, "Choose an IANA time zone such as Europe/Berlin in the workflow's settings.");
	}
	const options = collection('Options', form('options', {}));
	const output = choice('Output', form('output', 'simplified'), outputs);
	wholeNumber('Concurrency', options.concurrency ?? defaultConcurrency, 1, maxConcurrency);
	const range = readRange(form, around);
	const filters = filtersOf(report, collection('Filters', form('filters', {})));
	const itemPer = report.answers ? choice('Item Per', options.itemPer ?? 'conversation', ['conversation', 'answer'] as const) : 'conversation';
	const interval = report.timeField === null ? choice('Interval', options.interval ?? 'whole', intervals) : 'whole';
	const isTotals = report.timeField === null;
	// Rows with a time of their own are asked for wider, and sorted out by it.
	const unnameable = isTotals && report.timeFormat === 'clusterText' ? repeatedHours(range, around.clusterZone) : [];
	const readsEverything = output === 'summary' || output === 'file';
	const limit = readsEverything ? null : readLimit(form);
	const skip = readsEverything ? 0 : wholeNumber('Skip', options.skip ?? 0, 0, anyNumber);
	// Rows of totals are merged before they are counted; answers are items of their own.
	const cutsItems = isTotals || itemPer === 'answer';
	return {
		query: {
			report,
			range,
			order: readsEverything ? 'oldestFirst' : choice('Sort', options.sort ?? 'newestFirst', ['newestFirst', 'oldestFirst'] as const),
			periods: periodsOf(range, interval, around.workflowZone, unnameable),
			clusterZone: around.clusterZone,
			sentFilters: Object.fromEntries(filters.sent),
			conditions: filters.conditions,
			limit: isTotals || limit === null ? null : limit + (cutsItems ? skip : 0),
			itemsOf: itemPer === 'answer' ? (record) => answersWithin(record, filters.rating) : () => 1,
			skip: cutsItems ? 0 : skip,
			pageSize: wholeNumber('Page Size', options.pageSize ?? 1000, 1, anyNumber),
			onIncomplete: choice('If Incomplete', options.onIncomplete ?? 'error', ['error', 'warn'] as const),
			maxRetries: wholeNumber('Max Retries', options.maxRetries ?? 5, 0, 100),
		},
		limit,
		skip: cutsItems ? skip : 0,
		mergePeriods: isTotals && interval === 'whole',
		joinedHours: joinedHours(range, interval, around.workflowZone, unnameable),
		output,
		fields: output === 'selectedFields' ? names('Fields', form('fields', [])) : [],
		groupBy: output === 'summary' ? readGroups(report, form) : [],
		itemPer,
		rating: filters.rating,
		fileFormat: choice('File Format', form('fileFormat', 'csv'), ['csv', 'ndjson'] as const),
		escapeFormulas: isOn('Escape Formulas', options.escapeFormulas ?? true),
		rowsPerFile: wholeNumber('Rows per File', form('rowsPerFile', 100_000), 1, anyNumber),
		binaryProperty: binaryPropertyOf(form('binaryProperty', 'data')),
		timeoutMs: wholeNumber('Timeout', options.timeout ?? 60, 1, 3600) * 1000,
	};
}

/**
 * How many requests may be under way, out of 'Options': at first, and at most where the cluster keeps its pace. What was entered is both. The
 * default if it isn't a number in range: readForm reports that.
 */
export function concurrencyOf(entered: unknown): { usual: number; most: number } {
	const concurrency = numberOf(collection('Options', entered).concurrency);
	const isRight = Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= maxConcurrency;
	return isRight ? { usual: concurrency, most: concurrency } : { usual: defaultConcurrency, most: grownConcurrency };
}

/** The name of the binary field for a file. */
export function binaryPropertyOf(entered: unknown): string {
	const name = textOf('Put Output File in Field', entered) || 'data';
	if (name !== '__proto__') return name;
	throw new ParameterProblem(`'Put Output File in Field' is ${shown(name)}`, 'Enter another name, such as data.');
}

function readRange(form: Form, { now, workflowZone }: Surroundings): Range {
	const entered = {
		dateRange: form('dateRange', 'last7Days'),
		startTime: form('startTime', ''),
		endTime: form('endTime', ''),
	};
	return rangeOf(entered, now, workflowZone);
}

function readLimit(form: Form): number | null {
	return isOn('Return All', form('returnAll', false)) ? null : wholeNumber('Limit', form('limit', 50), 1, anyNumber);
}

function readGroups(report: ReportDefinition, form: Form): string[] {
	const known = groupsOf(report);
	const groups = namesOrNone('Group By', form('groupBy', []));
	for (const group of groups) choice('Group By', group, known);
	return groups;
}

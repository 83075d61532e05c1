import { IANAZone } from 'luxon';

import type { CallThresholds } from '../output';
import type { ReportQuery } from '../reading';
import { answersWithin, calls, repeatedHours, reports, type Range, type RatingBounds, type ReportDefinition, type ReportRecord } from '../reports';
import { columnsField, groupsField, intervalField, intervalFor, itemPerField, metricsField } from './columns';
import { optionIn, valueIn, type Form } from './field/field';
import { ParameterProblem, shown } from './field/problem';
import { choice, collection } from './field/values';
import { filtersOf } from './filters';
import { concurrencyField, escapeFormulasField, followUpHoursField, maxRetriesField, onIncompleteField, pageSizeField, serviceLevelFormulaField, serviceLevelSecondsField, shortAbandonField, skipField, sortField, timeoutField } from './options';
import { binaryPropertyField, limitField, outputField, recordOutputNames, returnAllField, returnAsField, rowsPerFileField, type OutputName } from './output';
import { joinedHours, periodsOf } from './periods';
import { rangeBefore, rangeOf } from './range';

/** What stands beside the form. */
export interface Surroundings {
	/** Ms since 1970, read once for each input item. */
	now: number;
	/** IANA zone of the workflow. */
	workflowZone: string;
	/** IANA zone of the cluster. */
	clusterZone: string;
}

/** What the form asks for beside the records themselves. */
export interface ReportRequest {
	query: ReportQuery;
	/** For a dashboard: the period that its range is compared with. */
	queryBefore: ReportQuery | null;
	/** For a dashboard: the filters, as the page shows them. */
	filterTexts: string[];
	/** How many records each filter left out, for outputs that read the others too. */
	leftOut: ReadonlyMap<string, number>;
	/** Begins to count anew. */
	forgetLeftOut(): void;
	/** Items wanted, or null for all. */
	limit: number | null;
	/** Items left out before the first one, where the reading cannot do that. */
	skip: number;
	/** For a report of totals: one row an agent over the whole range, however many windows it takes. */
	mergePeriods: boolean;
	/** For a report of totals: where clocks were set back so that periods had to be joined or moved, for the run's hint. */
	joinedHours: Range[];
	/** The range that the form means. */
	range: Range;
	/** For a dashboard: the period that it is compared with. */
	before: Range | null;
	/** Whether the filters take a record, where the output must see the others too. */
	isWanted(record: ReportRecord): boolean;
	thresholds: CallThresholds;
	/** For follow-ups: only numbers that were first missed up to here, in ms since 1970. */
	followUpsUntil: number;
	output: OutputName;
	fields: string[];
	groupBy: string[];
	metrics: string[];
	itemPer: 'conversation' | 'answer';
	rating: RatingBounds;
	returnAs: ReturnType<typeof returnAsField.read>;
	escapeFormulas: boolean;
	rowsPerFile: number;
	binaryProperty: string;
	/** For each request, in ms. */
	timeoutMs: number;
}

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
	const entered = collection('Filters', form('filters', {}));
	const filters = filtersOf(report, entered);
	const output = readOutput(report, form);
	// A call that the filters leave out may be the one that called a customer back.
	const seesAll = report === calls && (output.output === 'followUps' || output.output === 'dashboard');
	const { sent, conditions } = seesAll ? filtersOf(report, { custom: entered.custom }) : filters;
	const { limit, skip, cutsItems, readsEverything } = readLimits(report, form, options, output);
	const { range, before, ...periods } = readPeriods(report, form, around, output);
	optionIn(options, concurrencyField);
	const query: ReportQuery = {
		report,
		// Who was missed may have been called back since.
		range: output.output === 'followUps' ? { start: range.start, end: around.now } : range,
		order: readsEverything ? 'oldestFirst' : optionIn(options, sortField),
		periods: output.output === 'followUps' ? [{ start: range.start, end: around.now }] : periods.periods,
		clusterZone: around.clusterZone,
		sentFilters: Object.fromEntries(sent),
		conditions,
		limit: report.timeField === null || limit === null ? null : limit + (cutsItems ? skip : 0),
		itemsOf: output.itemPer === 'answer' ? (record) => answersWithin(record, filters.rating) : () => 1,
		skip: cutsItems ? 0 : skip,
		pageSize: optionIn(options, pageSizeField),
		onIncomplete: optionIn(options, onIncompleteField),
		maxRetries: optionIn(options, maxRetriesField),
	};
	return {
		query,
		queryBefore: before === null ? null : { ...query, range: before, periods: periods.periodsBefore, isUncounted: true },
		filterTexts: filters.texts,
		limit,
		skip: cutsItems ? skip : 0,
		mergePeriods: periods.mergePeriods,
		joinedHours: periods.joinedHours,
		range,
		before,
		...recordFilter(seesAll ? filters.conditions : []),
		thresholds: {
			serviceLevelSeconds: optionIn(options, serviceLevelSecondsField),
			serviceLevelFormula: optionIn(options, serviceLevelFormulaField),
			shortAbandonSeconds: optionIn(options, shortAbandonField),
		},
		followUpsUntil: output.output === 'followUps' ? around.now - optionIn(options, followUpHoursField) * 3_600_000 : Infinity,
		...output,
		rating: filters.rating,
		escapeFormulas: optionIn(options, escapeFormulasField),
		timeoutMs: optionIn(options, timeoutField) * 1000,
	};
}

/** Checks each record against the filters once. Until one matches, counts how many records each filter leaves out. */
function recordFilter(conditions: ReportQuery['conditions']): Pick<ReportRequest, 'isWanted' | 'leftOut' | 'forgetLeftOut'> {
	const leftOut = new Map<string, number>();
	let hasFound = false;
	let last: { record: ReportRecord; isWanted: boolean } | undefined;
	const meets = (record: ReportRecord): boolean => {
		const unmet = conditions.find(({ accepts }) => !accepts(record));
		if (unmet === undefined) hasFound = true;
		else if (!hasFound) leftOut.set(unmet.label ?? '', (leftOut.get(unmet.label ?? '') ?? 0) + 1);
		if (hasFound) leftOut.clear();
		return unmet === undefined;
	};
	return {
		leftOut,
		forgetLeftOut() {
			hasFound = false;
			leftOut.clear();
		},
		isWanted(record) {
			if (last?.record !== record) last = { record, isWanted: meets(record) };
			return last.isWanted;
		},
	};
}

type Outputs = Pick<ReportRequest, 'output' | 'fields' | 'groupBy' | 'metrics' | 'itemPer' | 'returnAs' | 'rowsPerFile' | 'binaryProperty'>;

function readOutput(report: ReportDefinition, form: Form): Outputs {
	const output = valueIn(form, outputField(report));
	// What isn't shown has no say.
	const unlessHidden = (isHidden: boolean): Form => (isHidden ? (_, fallback) => fallback : form);
	const isDashboard = output === 'dashboard';
	const returnAs = valueIn(unlessHidden(isDashboard), returnAsField);
	const itemPer = report.answers && isOfRecords(output) ? valueIn(form, itemPerField) : 'conversation';
	const kind = { itemPer, mergePeriods: report.timeField === null && valueIn(form, intervalField) === 'whole' };
	return {
		output,
		fields: output === 'selectedFields' ? [...new Set([report.id, ...valueIn(form, columnsField(report, kind))])] : [],
		groupBy: output === 'summary' ? valueIn(form, groupsField(report)) : [],
		metrics: output === 'summary' ? valueIn(form, metricsField(report)) : [],
		itemPer,
		returnAs,
		rowsPerFile: valueIn(unlessHidden(returnAs === 'items'), rowsPerFileField),
		binaryProperty: valueIn(unlessHidden(returnAs === 'items' && !isDashboard), binaryPropertyField),
	};
}

function isOfRecords(output: OutputName): boolean {
	return recordOutputNames.some((name) => name === output);
}

/** Rows of totals are merged before they are counted, and answers are items of their own: both are cut once they are items. */
function readLimits(report: ReportDefinition, form: Form, options: { [name: string]: unknown }, { output, returnAs, itemPer }: Outputs): { limit: number | null; skip: number; cutsItems: boolean; readsEverything: boolean } {
	const readsEverything = !isOfRecords(output) || returnAs !== 'items';
	return {
		limit: readsEverything || valueIn(form, returnAllField) ? null : valueIn(form, limitField),
		skip: readsEverything ? 0 : optionIn(options, skipField),
		cutsItems: report.timeField === null || itemPer === 'answer',
		readsEverything,
	};
}

interface Periods {
	range: Range;
	before: Range | null;
	periods: Iterable<Range>;
	periodsBefore: Iterable<Range>;
	mergePeriods: boolean;
	joinedHours: Range[];
}

/** Rows with a time of their own are asked for wider, and sorted out by it; totals have periods, and those have to be nameable. */
function readPeriods(report: ReportDefinition, form: Form, { now, workflowZone, clusterZone }: Surroundings, { output, groupBy }: Outputs): Periods {
	const range = rangeOf(form, now, workflowZone);
	const before = output === 'dashboard' ? rangeBefore(form, range, now, workflowZone) : null;
	const isTotals = report.timeField === null;
	const interval = isTotals ? (isOfRecords(output) ? valueIn(form, intervalField) : intervalFor(groupBy)) : 'whole';
	const unnameableIn = (part: Range): Range[] => (isTotals && report.timeFormat === 'clusterText' ? repeatedHours(part, clusterZone) : []);
	const periodsIn = (part: Range): Iterable<Range> => periodsOf(part, interval, workflowZone, unnameableIn(part));
	return {
		range,
		before,
		periods: periodsIn(range),
		periodsBefore: before === null ? [] : periodsIn(before),
		mergePeriods: isTotals && interval === 'whole',
		joinedHours: joinedHours(range, interval, workflowZone, unnameableIn(range)),
	};
}

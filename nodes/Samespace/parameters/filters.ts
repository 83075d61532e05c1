import { oneOf, type Condition } from '../reading';
import { hasRatingWithin, longestPath, valueAt, type FilterDefinition, type RatingBounds, type ReportDefinition, type ReportRecord } from '../reports';
import { optionalNumber } from './numbers';
import { ParameterProblem } from './problem';
import { isPlain, jsonObject, listOf } from './values';

/** The filters of a form: what the API is asked for, and what every record must meet whatever it was asked. */
export interface Filters {
	/** In the order of the form; a custom filter replaces one of the same name. */
	sent: Map<string, unknown>;
	conditions: Condition[];
	rating: RatingBounds;
}

type FilterForm = { [parameter: string]: unknown };

const reservedNames = ['start_time', 'end_time'];

/** As in the form. */
export const labels: { readonly [Parameter in FilterDefinition['parameter']]: string } = {
	channel: 'Channels',
	direction: 'Directions',
	status: 'Statuses',
	teamName: 'Teams',
	type: 'Type',
	userDisplayName: 'Agents',
};

/**
 * Reads the 'Filters' collection of a form.
 *
 * @throws ParameterProblem where the custom filters aren't a JSON object, a rating isn't a number, or a list holds anything but text
 */
export function filtersOf(report: ReportDefinition, form: FilterForm): Filters {
	const filters: Filters = { sent: new Map(), conditions: [], rating: { min: null, max: null } };
	for (const definition of report.filters) addFilter(filters, definition, form[definition.parameter]);
	if (report.answers) addRating(filters, form);
	addCustom(filters, report, form.custom);
	return filters;
}

function addFilter({ sent, conditions }: Filters, { parameter, field, sentAs, inRows }: FilterDefinition, entered: unknown): void {
	// These columns are text: an expression that gives 100 means the team called '100'.
	const values = listOf(labels[parameter], entered).map(String);
	// One text is documented, several are not: an API that takes a list for one text would find nothing.
	const isSent = sentAs === 'list' || sentAs === 'listAlways' || (sentAs === 'text' && values.length === 1);
	if (isSent && (values.length > 0 || sentAs === 'listAlways')) {
		// A name may really end in a blank, as a dropdown offers it, or have caught one on its way: a list asks for both.
		sent.set(field, sentAs === 'text' ? values[0].trim() : [...new Set(values.flatMap((value) => [value, value.trim()]))]);
	}
	if (inRows && values.length > 0) conditions.push(oneOf(field, values, isSent));
}

function addRating({ conditions, rating }: Filters, form: FilterForm): void {
	rating.min = optionalNumber('Minimum Rating', form.minRating);
	rating.max = optionalNumber('Maximum Rating', form.maxRating);
	if (rating.min === null && rating.max === null) return;
	if (rating.min !== null && rating.max !== null && rating.min > rating.max) {
		throw new ParameterProblem(`'Minimum Rating' (${rating.min}) is above 'Maximum Rating' (${rating.max})`, 'Swap them, or clear one of them.');
	}
	conditions.push({ sent: false, accepts: (record) => hasRatingWithin(record, rating) });
}

/** Sent as they are. Those that name a column, with a plain value, are held against the rows too. */
function addCustom({ sent, conditions }: Filters, report: ReportDefinition, entered: unknown): void {
	for (const [name, value] of jsonObject('Custom Filters', entered)) {
		if (reservedNames.includes(name)) {
			throw new ParameterProblem(`'Custom Filters' holds '${name}'`, "Use 'Date Range' for times: long ranges are read in parts.");
		}
		sent.set(name, value);
		const values = Array.isArray(value) ? (value as unknown[]) : [value];
		const isColumn = name.length <= longestPath && report.columns.some((column) => column.name === name.split('.')[0]);
		const isInRows = report.filters.every(({ field, inRows }) => field !== name || inRows);
		if (isColumn && isInRows && values.length > 0 && values.every(isPlain)) conditions.push(hasText(name, values));
	}
}

/** Compared as text, since an API may take '12' for 12. What is a list or an object cannot be held against a plain value. */
function hasText(path: string, values: readonly unknown[]): Condition {
	const wanted = new Set(values.map(String));
	const accepts: Condition['accepts'] = (record) => {
		const value = valueAt(record, path);
		if (Array.isArray(value)) return value.some((element) => !isPlain(element) || wanted.has(String(element)));
		if (value === undefined && path.includes('.') && hasListOn(record, path)) return true;
		return isPlain(value) && wanted.has(String(value));
	};
	return { sent: true, filter: path, accepts };
}

/** Whether a dotted path runs into a list, as `csat.answer` does. */
function hasListOn(record: ReportRecord, path: string): boolean {
	let value: unknown = record;
	for (const step of path.split('.')) {
		value = valueAt(value, step);
		if (Array.isArray(value)) return true;
	}
	return false;
}

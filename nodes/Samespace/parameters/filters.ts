import type { INodeProperties } from 'n8n-workflow';

import { oneOf } from '../reading';
import { hasRatingWithin, isAnswered, sessionActivities, textsIn, type FilterDefinition, type RatingBounds, type ReportDefinition } from '../reports';
import { appliedHere, boundsIn, customEffect, isNumberWithin, phoneEffect, plainId, textEffect, withinBounds, type Effect } from './effects';
import { choiceField, fieldOf, lineField, listField, numberField, switchField, type Conditions, type Field } from './field/field';
import { isPlain, jsonObject } from './field/values';

/** A filter, whole: its fields in the form, the reports that have it, and what it does. A new one is one entry of the list below. */
export interface Filter {
	/** One field, or both ends of a range. */
	fields: ReadonlyArray<Field<unknown>>;
	isOf(report: ReportDefinition): boolean;
	/** @param entered what the form holds for each of the fields; undefined where a field was not added */
	effect(entered: readonly unknown[], report: ReportDefinition): Effect;
}

/** The filters of a form, together. */
export interface Filters {
	/** In the order of the form; a custom filter replaces one of the same name. */
	sent: Map<string, unknown>;
	conditions: NonNullable<Effect['conditions']>;
	rating: RatingBounds;
	/** As people read them: 'Team: Sales, Support'. */
	texts: string[];
}

const anyName = 'Choose from the list, or specify names using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
const several = 'Separate multiple values with commas, or use an <a href="https://docs.n8n.io/code/expressions/">expression</a> that returns a list.';

/** Logins and logouts. The trigger decides by it what it emits. */
export const activityField = listField({
	name: 'activity',
	label: 'Activity',
	choices: sessionActivities.map((value) => ({ value, name: value === 'login' ? 'Login' : 'Logout' })),
	description: 'Only logins, or only logouts. Leave empty for both.',
});

const minRating = numberField({ name: 'minRating', label: 'Minimum Rating', suggested: 1, description: 'Only conversations with an answer rated this or higher. With one item per answer, only those answers.' });
const maxRating = numberField({ name: 'maxRating', label: 'Maximum Rating', suggested: 5, description: 'Only conversations with an answer rated this or lower. With one item per answer, only those answers.' });
const minDuration = numberField({ name: 'minDuration', label: 'Minimum Duration (Seconds)', suggested: 0, description: 'Only records that lasted this long or longer. For calls, this is the talk time.' });
const maxDuration = numberField({ name: 'maxDuration', label: 'Maximum Duration (Seconds)', suggested: 3600, description: 'Only records that lasted this long or less. For calls, this is the talk time.' });

/** Every filter, in the order of the form. */
export const filters: readonly Filter[] = [
	byColumn(listField({ name: 'userDisplayName', label: 'Agent', list: 'getAgents', description: anyName })),
	byColumn(listField({ name: 'teamName', label: 'Team', list: 'getTeams', description: anyName })),
	byColumn(
		listField({
			name: 'direction',
			label: 'Direction',
			choices: [
				{ value: 'in', name: 'Inbound' },
				{ value: 'out', name: 'Outbound' },
			],
			description: 'Inbound, outbound or both',
		}),
	),
	{
		fields: [
			choiceField({
				name: 'outcome',
				label: 'Outcome',
				choices: [
					{ value: 'answered', name: 'Answered' },
					{ value: 'notAnswered', name: 'Not Answered' },
				],
				fallback: 'answered',
				description: 'Whether somebody answered the call',
			}),
		],
		isOf: hasColumns('answer_time'),
		effect: ([outcome]) => ({ conditions: [appliedHere((record) => isAnswered(record) === (outcome === 'answered'))] }),
	},
	{
		fields: [lineField({ name: 'phoneNumber', label: 'Phone Number', placeholder: 'e.g. +91 85306 10172', description: `Caller or callee. Numbers match if their last nine digits do, however they are written. A shorter number must match as a whole. ${several}` })],
		isOf: hasColumns('caller', 'callee'),
		effect: ([numbers]) => phoneEffect(numbers as string[]),
	},
	byColumn(listField({ name: 'channel', label: 'Channel', list: 'getChannels', description: anyName })),
	byColumn(listField({ name: 'status', label: 'Status', list: 'getStatuses', description: anyName })),
	byColumn(lineField({ name: 'type', label: 'Type', placeholder: 'e.g. team', description: `Only calls of these types, such as 'team'. ${several}` })),
	{
		fields: [activityField],
		isOf: hasColumns('activity'),
		effect: ([activities]) => textEffect(activities as string[], ({ activity }) => [activity]),
	},
	{
		fields: [listField({ name: 'logoutReason', label: 'Logout Reason', list: 'getLogoutReasons', description: anyName })],
		isOf: hasColumns('logout_reason'),
		effect: ([reasons]) => textEffect(reasons as string[], ({ logout_reason: reason }) => [reason]),
	},
	{
		fields: [minRating, maxRating],
		isOf: ({ answers }) => answers !== undefined,
		effect([min, max]) {
			const rating = boundsIn([minRating, min], [maxRating, max]);
			return { rating, conditions: withinBounds(rating, [minRating, maxRating], (bounds) => (record) => hasRatingWithin(record, bounds)) };
		},
	},
	{
		fields: [lineField({ name: 'tags', label: 'Tags', placeholder: 'e.g. vip, complaint', description: `Only conversations with at least one of these tags. ${several}` })],
		isOf: hasColumns('conversation_tags'),
		effect: ([tags]) => textEffect(tags as string[], ({ conversation_tags: list }) => textsIn(list)),
	},
	{
		fields: [minDuration, maxDuration],
		isOf: (report) => durationColumnOf(report) !== undefined,
		effect([min, max], report) {
			const column = durationColumnOf(report) as string;
			return { conditions: withinBounds(boundsIn([minDuration, min], [maxDuration, max]), [minDuration, maxDuration], (bounds) => isNumberWithin(column, bounds)) };
		},
	},
	{
		fields: [switchField({ name: 'hasRecording', label: 'Has Recording', fallback: true, description: 'Whether to return only calls with a recording. Turn it off for only calls without one.' })],
		isOf: hasColumns('recording_url'),
		effect: ([isWanted]) => ({ conditions: [appliedHere(({ recording_url: url }) => (isPlain(url) && String(url).trim() !== '') === isWanted)] }),
	},
	{
		fields: [lineField({ name: 'recordId', label: 'Record ID', placeholder: 'e.g. 5ff4093743e9410210f60350', description: `The 'ID' or 'UUID' of a record. ${several}` })],
		isOf: ({ timeField }) => timeField !== null,
		effect: ([ids], { id }) => textEffect(ids as string[], (record) => [plainId(record[id]), record.uuid]),
	},
	{
		fields: [
			fieldOf(
				{ name: 'custom', label: 'Custom Filters', type: 'json', description: "A JSON object that is merged into the filters of the API request. It can't contain start_time or end_time." },
				'{}',
				(entered) => jsonObject('Custom Filters', entered),
			),
		],
		isOf: () => true,
		effect: ([fields], report) => customEffect(fields as Array<[string, unknown]>, report),
	},
];

/** What hints call each filter, in the order in which records are checked. */
export const filterLabels: readonly string[] = filters.flatMap(({ fields }) => fields.map(({ label }) => label));

/** The 'Filters' collection of one report, but for the names in `except`. */
export function filterCollection(report: ReportDefinition, show: Conditions['show'], except: readonly string[] = []): INodeProperties {
	const own = filters.filter((filter) => filter.isOf(report) && !filter.fields.some(({ name }) => except.includes(name)));
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		displayOptions: { show },
		default: {},
		options: own.flatMap(({ fields }) => fields.map((field) => field.property())),
	};
}

/**
 * Reads the 'Filters' collection of a form.
 *
 * @throws ParameterProblem for the first filter that can't be used
 */
export function filtersOf(report: ReportDefinition, form: { [parameter: string]: unknown }): Filters {
	const all: Filters = { sent: new Map(), conditions: [], rating: { min: null, max: null }, texts: [] };
	for (const filter of filters.filter(({ isOf }) => isOf(report))) {
		const { sent = [], conditions = [], rating = all.rating, texts } = effectOf(filter, form, report);
		for (const [name, value] of sent) all.sent.set(name, value);
		all.conditions.push(...conditions);
		all.rating = rating;
		all.texts.push(...texts);
	}
	return all;
}

function effectOf({ fields, effect }: Filter, form: { [parameter: string]: unknown }, report: ReportDefinition): Effect & Pick<Filters, 'texts'> {
	const entered = fields.map((field) => {
		const value = Object.hasOwn(form, field.name) ? form[field.name] : undefined;
		return isEmpty(value) ? undefined : field.read(value);
	});
	const definition = report.filters.find(({ parameter }) => parameter === fields[0].name);
	const isAlwaysSent = definition?.sentAs === 'listAlways';
	if (!isAlwaysSent && entered.every((value) => value === undefined)) return { texts: [] };
	const found = effect(entered, report);
	const texts = fields.flatMap((field, at) => textOf(field, entered[at]));
	return { ...found, texts, conditions: found.conditions?.map((condition) => ({ label: fields[0].label, ...condition })) };
}

const mostNames = 5;

/** What was entered, with the field's label; nothing where nothing was. */
function textOf({ label, shownAs }: Field<unknown>, entered: unknown): string[] {
	if (entered === undefined || (Array.isArray(entered) && entered.length === 0)) return [];
	if (!Array.isArray(entered)) return [`${label}: ${entered === true ? 'yes' : entered === false ? 'no' : shownAs(entered)}`];
	const names = (entered as unknown[]).map((name) => (Array.isArray(name) ? String(name[0]) : shownAs(name)));
	return [`${label}: ${names.slice(0, mostNames).join(', ')}${names.length > mostNames ? ` and ${names.length - mostNames} more` : ''}`];
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** A filter by the text of one column. The report says how it is sent, and whether its rows have the column. */
function byColumn(field: Field<string[]>): Filter {
	const definitionIn = ({ filters: defined }: ReportDefinition): FilterDefinition | undefined => defined.find(({ parameter }) => parameter === field.name);
	return {
		fields: [field],
		isOf: (report) => definitionIn(report) !== undefined,
		effect([entered = []], report) {
			const { field: column, sentAs, inRows } = definitionIn(report) as FilterDefinition;
			const values = entered as string[];
			// One text is documented, several are not: an API that takes a list for one text would find nothing.
			const isSent = sentAs === 'listAlways' || (values.length > 0 && (sentAs === 'list' || (sentAs === 'text' && values.length === 1)));
			// A name may really end in a blank, as a dropdown offers it, or have caught one on its way: a list asks for both.
			const value = sentAs === 'text' ? values[0]?.trim() : [...new Set(values.flatMap((text) => [text, text.trim()]))];
			return {
				sent: isSent ? [[column, value]] : [],
				conditions: inRows && values.length > 0 ? [oneOf(column, values, isSent)] : [],
			};
		},
	};
}

function hasColumns(...names: string[]): Filter['isOf'] {
	return ({ columns }) => names.every((name) => columns.some((column) => column.name === name));
}

/** Totals have durations too, but of all their conversations. */
function durationColumnOf({ columns, timeField }: ReportDefinition): string | undefined {
	const has = (name: string): boolean => columns.some((column) => column.name === name);
	return timeField === null ? undefined : ['duration', 'session_duration'].find(has);
}

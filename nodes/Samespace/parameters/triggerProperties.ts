import type { INodeProperties } from 'n8n-workflow';

import { sessionActivities, type ReportDefinition, type SessionActivity } from '../reports';
import { columnsField } from './fields';
import { filterCollection } from './filterFields';
import { optionalNumber, wholeNumber } from './numbers';
import { ParameterProblem, shown } from './problem';
import { choice, namesOrNone } from './values';

/** What a workflow can be started by, as the form shows it. */
export interface TriggerEvent {
	name: string;
	title: string;
	description: string;
	report: ReportDefinition;
	usualLookbackMs: number;
}

/** The 'Options' of a trigger, checked. */
export interface TriggerOptions {
	lookbackMs: number;
	settleMs: number;
	maxItems: number;
}

/** What an item of the trigger may be: a record. */
const outputs = ['simplified', 'raw', 'selectedFields'] as const;
const itemsPer = ['conversation', 'answer'] as const;

const minuteMs = 60_000;
const longestLookbackMinutes = 60 * 24 * 31;

/** The form of the trigger. */
export function triggerProperties(events: readonly TriggerEvent[]): INodeProperties[] {
	return [
		{
			displayName: 'Trigger On',
			name: 'event',
			type: 'options',
			options: events.map(({ name, title, description }) => ({ name: title, value: name, action: `On ${inSentence(title)}`, description })),
			default: 'callCompleted',
			description: 'What starts the workflow',
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'Raw', value: 'raw', description: 'Every field as Samespace sends it' },
				{ name: 'Selected Fields', value: 'selectedFields', description: 'Only the fields that you choose' },
				{ name: 'Simplified', value: 'simplified', description: 'The fields that people use most, flat' },
			],
			default: 'simplified',
			description: 'What the items hold',
		},
		...events.map(({ name, report }) => ({ ...columnsField(report, { event: [name], output: ['selectedFields'] }), default: [...report.simplified] })),
		...events.filter(({ report }) => report.answers).map(({ name }) => itemPerField(name)),
		...events.map((event) => filtersFor(event)),
		...events.map(optionCollection),
	];
}

/** 'CSAT Received' as 'CSAT received'. */
function inSentence(title: string): string {
	return title.replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}

function itemPerField(event: string): INodeProperties {
	return {
		displayName: 'Return One Item Per',
		name: 'itemPer',
		type: 'options',
		displayOptions: { show: { event: [event] } },
		options: [
			{ name: 'Answer', value: 'answer', description: 'Each answer once, with its conversation' },
			{ name: 'Conversation', value: 'conversation', description: 'Each conversation with all its answers, and once more when another one comes' },
		],
		default: 'conversation',
	};
}

/** A logout comes under the id of its login, and often with its activity: what the workflow is told of is chosen here. */
function filtersFor({ name, report }: TriggerEvent): INodeProperties {
	const collection = filterCollection(report, { event: [name] });
	if (name !== 'sessionActivity') return collection;
	const activity: INodeProperties = {
		displayName: 'Activity',
		name: 'activity',
		type: 'multiOptions',
		options: [
			{ name: 'Login', value: 'login' },
			{ name: 'Logout', value: 'logout' },
		],
		default: [],
		description: 'Only logins, or only logouts. Nothing chosen means both.',
	};
	return { ...collection, options: [activity, ...((collection.options ?? []) as INodeProperties[])] };
}

const lookBackField: INodeProperties = {
	displayName: 'Look Back (Minutes)',
	name: 'lookbackMinutes',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 120,
	description:
		'How long after it began a record may appear, or change, and still be found: as long as the longest one, and some time more. A longer look-back makes each poll read more.',
};

function optionCollection({ name, usualLookbackMs }: TriggerEvent): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		displayOptions: { show: { event: [name] } },
		default: {},
		options: [
			{ ...lookBackField, default: usualLookbackMs / minuteMs },
			{
				displayName: 'Max Items per Poll',
				name: 'maxItemsPerPoll',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1000,
				description: 'How many items one poll emits at most. The rest follows with the next polls.',
			},
			{
				displayName: 'Settle Time (Seconds)',
				name: 'settleSeconds',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 30,
				description: 'How old the last change of a record must be before it starts the workflow',
			},
		],
	};
}

/**
 * Reads the trigger's options.
 *
 * @throws ParameterProblem where one cannot be used
 */
export function readTriggerOptions(entered: { [name: string]: unknown }, { usualLookbackMs }: Pick<TriggerEvent, 'usualLookbackMs'>): TriggerOptions {
	const number = (label: string, value: unknown, usual: number, bounds: [number, number]): number =>
		wholeNumber(label, optionalNumber(label, value) ?? usual, ...bounds);
	return {
		lookbackMs: number('Look Back (Minutes)', entered.lookbackMinutes, usualLookbackMs / minuteMs, [0, longestLookbackMinutes]) * minuteMs,
		settleMs: number('Settle Time (Seconds)', entered.settleSeconds, 30, [0, 3600]) * 1000,
		maxItems: number('Max Items per Poll', entered.maxItemsPerPoll, 1000, [1, Number.MAX_SAFE_INTEGER]),
	};
}

/** What the trigger's own fields say beside the options. */
export interface TriggerForm {
	output: (typeof outputs)[number];
	itemPer: (typeof itemsPer)[number];
	/** Of sessions; both if nothing was chosen. */
	activities: readonly SessionActivity[];
	/** The filters that a report has as well. */
	filters: { [name: string]: unknown };
}

/**
 * Reads what is the trigger's own of its form.
 *
 * @param filters the collection as entered
 * @throws ParameterProblem where a value cannot be used
 */
export function readTriggerForm({ output, itemPer, event }: { output: unknown; itemPer: unknown; event: string }, filters: { [name: string]: unknown }): TriggerForm {
	const { activity, ...others } = filters;
	const chosen = event === 'sessionActivity' ? activitiesIn(activity) : [];
	return {
		output: choice('Output', output, outputs),
		itemPer: choice('Return One Item Per', itemPer, itemsPer),
		activities: chosen.length === 0 ? sessionActivities : chosen,
		filters: event === 'sessionActivity' ? others : filters,
	};
}

function activitiesIn(entered: unknown): SessionActivity[] {
	return namesOrNone('Activity', entered ?? []).map((name) => {
		const known = sessionActivities.find((activity) => activity === name.toLowerCase());
		if (known) return known;
		throw new ParameterProblem(`'Activity' is ${shown(name)}`, `Choose ${sessionActivities.join(' or ')}.`);
	});
}

import type { INodeProperties } from 'n8n-workflow';

import { sessionActivities, type ReportDefinition, type SessionActivity } from '../reports';
import { columnsField, itemPerField, rowKinds } from './columns';
import { choiceField, optionIn, valueIn, wholeNumberField, type Field, type Form } from './field/field';
import { choice, collection } from './field/values';
import { activityField, filterCollection } from './filters';
import { recordOutputField } from './output';

/** What can start a workflow, as the form shows it. */
export interface TriggerEvent {
	name: string;
	title: string;
	description: string;
	report: ReportDefinition;
	usualLookbackMs: number;
	/** Filters that the event itself has decided. */
	decided?: readonly string[];
}

/** A trigger's filled-in form. */
export interface TriggerRequest {
	/** Name of the event. */
	event: string;
	/** Of sessions: what is emitted; all of them if none was chosen. */
	activities: readonly SessionActivity[];
	itemPer: 'conversation' | 'answer';
	/** Without the activities; not checked yet. */
	filters: { [name: string]: unknown };
	/** What the form says that a report has as well, for `readForm`. */
	form: Form;
	lookbackMs: number;
	settleMs: number;
	maxItems: number;
}

const minuteMs = 60_000;
const longestLookbackMinutes = 60 * 24 * 31;

const settleField = wholeNumberField({
	name: 'settleSeconds',
	label: 'Settle Time (Seconds)',
	min: 0,
	max: 3600,
	fallback: 30,
	description: 'How long a record must be unchanged before it starts the workflow',
});

const maxItemsField = wholeNumberField({
	name: 'maxItemsPerPoll',
	label: 'Max Items per Poll',
	min: 1,
	fallback: 1000,
	description: 'Max number of items that one poll emits. The rest follow with the next polls.',
});

function lookbackField({ usualLookbackMs }: TriggerEvent): Field<number> {
	return wholeNumberField({
		name: 'lookbackMinutes',
		label: 'Look Back (Minutes)',
		min: 0,
		max: longestLookbackMinutes,
		fallback: usualLookbackMs / minuteMs,
		description: 'How long after its start a record can still appear or change. Make it longer than your longest call, shift or survey. A longer look-back makes each poll read more.',
	});
}

function eventField(events: readonly TriggerEvent[]): Field<string> {
	return choiceField({
		name: 'event',
		label: 'Trigger On',
		choices: events.map(({ name, title, description }) => ({ value: name, name: title, description, action: `On ${inSentence(title)}` })),
		fallback: 'callCompleted',
		description: 'What starts the workflow',
	});
}

/** The form of the trigger. */
export function triggerProperties(events: readonly TriggerEvent[]): INodeProperties[] {
	return [
		eventField(events).property(),
		...events.filter(({ report }) => report.answers).map(({ name }) => itemPerField.property({ show: { event: [name] } })),
		recordOutputField.property(),
		...events.flatMap(({ name, report }) => rowKinds(report).map(({ kind, shown }) => columnsField(report, kind).property({ show: { event: [name], output: ['selectedFields'], ...shown } }))),
		...events.map(({ name, report, decided = [] }) => filterCollection(report, { event: [name] }, decided)),
		...events.map(optionCollection),
	];
}

/** What the trigger's title says below its name. */
export function triggerSubtitle(events: readonly TriggerEvent[]): string {
	const titles = Object.fromEntries(events.map(({ name, title }) => [name, title]));
	return `={{ ${JSON.stringify(titles)}[$parameter["event"]] ?? "" }}`;
}

/** 'CSAT Received' as 'CSAT received'. */
function inSentence(title: string): string {
	return title.replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}

function optionCollection(event: TriggerEvent): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		displayOptions: { show: { event: [event.name] } },
		default: {},
		options: [lookbackField(event), settleField, maxItemsField].map((field) => field.property()),
	};
}

/**
 * Reads a trigger's form.
 *
 * @throws ParameterProblem for the first parameter that can't be used
 */
export function readTrigger(form: Form, events: readonly TriggerEvent[]): TriggerRequest {
	const name = valueIn(form, eventField(events));
	const event = events.find((candidate) => candidate.name === name) as TriggerEvent;
	const { [activityField.name]: activity, ...others } = collection('Filters', form('filters', {}));
	const isOfSessions = event.name === 'sessionActivity';
	const options = collection('Options', form('options', {}));
	const itemPer = event.report.answers ? valueIn(form, itemPerField) : 'conversation';
	const filters = isOfSessions || activity === undefined ? others : { ...others, activity };
	const known = new Map<string, unknown>([
		['filters', filters],
		['output', valueIn(form, recordOutputField)],
		['itemPer', itemPer],
		['fields', form('fields', columnsField(event.report, { itemPer, mergePeriods: false }).fallback)],
	]);
	return {
		event: name,
		activities: isOfSessions ? activitiesIn(activity) : sessionActivities,
		itemPer,
		filters,
		form: (parameter, fallback) => known.get(parameter) ?? fallback,
		lookbackMs: optionIn(options, lookbackField(event)) * minuteMs,
		settleMs: optionIn(options, settleField) * 1000,
		maxItems: optionIn(options, maxItemsField),
	};
}

function activitiesIn(entered: unknown): readonly SessionActivity[] {
	const chosen = activityField.read(entered).map((name) => choice(activityField.label, name.trim().toLowerCase(), sessionActivities));
	return chosen.length === 0 ? sessionActivities : chosen;
}

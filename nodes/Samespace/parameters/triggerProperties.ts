import type { INodeProperties } from 'n8n-workflow';

import type { ReportDefinition } from '../reports';
import { filterCollection } from './filterFields';
import { optionalNumber, wholeNumber } from './numbers';

/** What a workflow can be started by, as the form shows it. */
export interface TriggerEvent {
	name: string;
	title: string;
	description: string;
	report: ReportDefinition;
}

/** The 'Options' of a trigger, checked. */
export interface TriggerOptions {
	lookbackMs: number;
	settleMs: number;
	maxItems: number;
}

/** What an item of the trigger may be: a record. */
export const triggerOutputs = ['simplified', 'raw'] as const;

const defaults = { lookbackMinutes: 120, settleSeconds: 30, maxItemsPerPoll: 1000 };
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
				{ name: 'Simplified', value: 'simplified', description: 'The fields that people use most, flat' },
			],
			default: 'simplified',
			description: 'What the items hold',
		},
		...events.map(({ name, report }) => filterCollection(report, { event: [name] })),
		optionCollection,
	];
}

/** 'CSAT Received' as 'CSAT received'. */
function inSentence(title: string): string {
	return title.replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}

const optionCollection: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Look Back (Minutes)',
			name: 'lookbackMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 120,
			description:
				'How long after its start a record may appear and still be found: as long as the longest call, and some time more. At least 16 hours for session activity and 24 hours for CSAT, whatever is entered.',
		},
		{
			displayName: 'Max Items per Poll',
			name: 'maxItemsPerPoll',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1000,
			description: 'How many items one poll hands on at most. The rest follows with the next polls.',
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

/**
 * Reads the trigger's options. The look-back is never shorter than what the records of an event need.
 *
 * @throws ParameterProblem where one cannot be used
 */
export function readTriggerOptions(entered: { [name: string]: unknown }, leastLookbackMs: number): TriggerOptions {
	const number = (label: string, name: keyof typeof defaults, bounds: [number, number]): number =>
		wholeNumber(label, optionalNumber(label, entered[name]) ?? defaults[name], ...bounds);
	const lookbackMinutes = number('Look Back (Minutes)', 'lookbackMinutes', [0, longestLookbackMinutes]);
	return {
		lookbackMs: Math.max(lookbackMinutes * 60_000, leastLookbackMs),
		settleMs: number('Settle Time (Seconds)', 'settleSeconds', [0, 3600]) * 1000,
		maxItems: number('Max Items per Poll', 'maxItemsPerPoll', [1, Number.MAX_SAFE_INTEGER]),
	};
}

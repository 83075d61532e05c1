import type { INodeProperties } from 'n8n-workflow';

import type { ReportDefinition } from '../reports';

const everyReport: INodeProperties[] = [
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 64 },
		default: 4,
		description:
			'How many requests may be under way at once, for all input items together. The first item decides. Without this option they are 4, and up to 8 while the cluster keeps its pace.',
	},
	{
		displayName: 'Escape Formulas',
		name: 'escapeFormulas',
		type: 'boolean',
		displayOptions: { show: { '/output': ['file'], '/fileFormat': ['csv'] } },
		default: true,
		description:
			"Whether to put a ' in front of text that a spreadsheet would run as a formula. Turn it off only for files that no spreadsheet opens.",
	},
	{
		displayName: 'If Incomplete',
		name: 'onIncomplete',
		type: 'options',
		options: [
			{ name: 'Stop With an Error', value: 'error' },
			{ name: 'Warn and Return What Came', value: 'warn' },
		],
		default: 'error',
		description: 'What to do when the rows that came do not account for the total that Samespace announced',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 5,
		description: 'How often one request is tried again when Samespace is throttling, overloaded or out of reach',
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1000,
		description: 'How many rows to ask for with one request. Fewer, larger pages are faster.',
	},
	{
		displayName: 'Skip',
		name: 'skip',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How many items to leave out before the first one. Summaries and files always hold everything.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'How many seconds one request may take, from sending it to the last byte of its answer',
	},
];

const sortField: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'options',
	displayOptions: { hide: { '/output': ['summary', 'file'] } },
	options: [
		{ name: 'Newest First', value: 'newestFirst' },
		{ name: 'Oldest First', value: 'oldestFirst' },
	],
	default: 'newestFirst',
	description: 'In which order records come out, by their time. A limit takes the first ones of this order.',
};

const intervalField: INodeProperties = {
	displayName: 'Interval',
	name: 'interval',
	type: 'options',
	options: [
		{ name: 'Day', value: 'day' },
		{ name: 'Hour', value: 'hour' },
		{ name: 'Month', value: 'month' },
		{ name: 'Week', value: 'week' },
		{ name: 'Whole Range', value: 'whole' },
	],
	default: 'whole',
	description: "What each row is the total of. Days, weeks and months are those of the workflow's time zone.",
};

const itemPerField: INodeProperties = {
	displayName: 'Item Per',
	name: 'itemPer',
	type: 'options',
	options: [
		{ name: 'Answer', value: 'answer' },
		{ name: 'Conversation', value: 'conversation' },
	],
	default: 'conversation',
	description: 'What an item is: a conversation with all its answers, or a single answer',
};

/** The 'Options' collection of one report. */
export function optionCollection(report: ReportDefinition): INodeProperties {
	const own = [report.timeField === null ? intervalField : sortField, ...(report.answers ? [itemPerField] : [])];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		displayOptions: { show: { resource: ['report'], operation: [report.operation] } },
		default: {},
		options: [...everyReport, ...own].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

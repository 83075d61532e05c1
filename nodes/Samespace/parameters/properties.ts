import type { INodeProperties } from 'n8n-workflow';

import { reports } from '../reports';
import { shapeFields } from './fields';
import { filterCollection } from './filterFields';
import { optionCollection } from './optionFields';

const forReports = { resource: ['report'] };
const forItems = { ...forReports, output: ['simplified', 'raw', 'selectedFields'] };

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Recording', value: 'recording' },
		{ name: 'Report', value: 'report' },
	],
	default: 'report',
};

const reportOperation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: forReports },
	options: reports.map(({ operation, title, rowsAre }) => ({
		name: `Get ${title}`,
		value: operation,
		action: `Get ${rowsAre}`,
		description: `Get the ${rowsAre} of a date range`,
	})),
	default: 'getCalls',
};

const recording: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['recording'] } },
		options: [
			{
				name: 'Download',
				value: 'download',
				action: 'Download a recording',
				description: 'Download the recording of a call as a file',
			},
		],
		default: 'download',
	},
	{
		displayName: 'Recording URL',
		name: 'recordingUrl',
		type: 'string',
		displayOptions: { show: { resource: ['recording'] } },
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.recording_url }}',
		description: "The 'recording_url' of a call. An address on another host is refused.",
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryProperty',
		type: 'string',
		displayOptions: { show: { resource: ['recording'] } },
		default: 'data',
		required: true,
		hint: 'The name of the output binary field to put the file in',
	},
];

const dateRange: INodeProperties[] = [
	{
		displayName: 'Date Range',
		name: 'dateRange',
		type: 'options',
		displayOptions: { show: forReports },
		options: [
			{ name: 'Custom', value: 'custom', description: 'Any range, however long' },
			{ name: 'Last 30 Days', value: 'last30Days', description: 'Today and the 29 days before it, until now' },
			{ name: 'Last 7 Days', value: 'last7Days', description: 'Today and the 6 days before it, until now' },
			{ name: 'Last Month', value: 'lastMonth', description: 'The whole month before this one' },
			{ name: 'This Month', value: 'thisMonth', description: 'From the 1st until now' },
			{ name: 'Today', value: 'today', description: 'From midnight until now' },
			{ name: 'Yesterday', value: 'yesterday', description: 'The whole day before today' },
		],
		default: 'last7Days',
		description: "Days are those of the workflow's time zone",
	},
	...[
		{ displayName: 'Start Time', name: 'startTime' },
		{ displayName: 'End Time', name: 'endTime' },
	].map(
		(time): INodeProperties => ({
			...time,
			type: 'dateTime',
			displayOptions: { show: { ...forReports, dateRange: ['custom'] } },
			default: '',
			required: true,
			description: "Included in the range. A time without an offset is in the workflow's time zone.",
		}),
	),
];

const howMany: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		displayOptions: { show: forItems },
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { ...forItems, returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	displayOptions: { show: forReports },
	options: [
		{ name: 'File', value: 'file', description: 'Everything in CSV or NDJSON files, however much it is' },
		{ name: 'Raw', value: 'raw', description: 'Every field as Samespace sends it' },
		{ name: 'Selected Fields', value: 'selectedFields', description: 'Only the fields that you choose' },
		{ name: 'Simplified', value: 'simplified', description: 'The fields that people use most, flat' },
		{ name: 'Summary', value: 'summary', description: 'Totals and rates instead of records' },
	],
	default: 'simplified',
	description: 'What the items hold',
};

const file: INodeProperties[] = [
	{
		displayName: 'File Format',
		name: 'fileFormat',
		type: 'options',
		displayOptions: { show: { ...forReports, output: ['file'] } },
		options: [
			{ name: 'CSV', value: 'csv', description: 'For spreadsheets' },
			{ name: 'NDJSON', value: 'ndjson', description: 'One JSON object a line, for data warehouses' },
		],
		default: 'csv',
	},
	{
		displayName: 'Rows per File',
		name: 'rowsPerFile',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { ...forReports, output: ['file'] } },
		default: 100000,
		description: 'A new file is begun after this many rows',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryProperty',
		type: 'string',
		displayOptions: { show: { ...forReports, output: ['file'] } },
		default: 'data',
		required: true,
		hint: 'The name of the output binary field to put the file in',
	},
];

/** The whole form, in the order in which it is filled in. */
export const properties: INodeProperties[] = [
	resource,
	reportOperation,
	...recording,
	...dateRange,
	output,
	...reports.flatMap(shapeFields),
	...file,
	...howMany,
	...reports.map((report) => filterCollection(report, { resource: ['report'], operation: [report.operation] })),
	...reports.map(optionCollection),
];

import type { INodeProperties } from 'n8n-workflow';

const forReports = { resource: ['report'] };
const forItems = { ...forReports, output: ['simplified', 'raw', 'selectedFields'] };

/** 'Output'. */
export const outputField: INodeProperties = {
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

/** What a file is like. */
export const fileFields: INodeProperties[] = [
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

/** 'Return All' and 'Limit', where items are records. */
export const limitFields: INodeProperties[] = [
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

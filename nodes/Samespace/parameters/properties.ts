import type { INodeProperties } from 'n8n-workflow';

import { reports } from '../reports';
import { shapeFields } from './fields';
import { filterCollection } from './filterFields';
import { optionCollection } from './optionFields';
import { fileFields, limitFields, outputField } from './outputFields';
import { rangeFields } from './rangeFields';
import { recordingFields } from './recordingFields';

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
	displayOptions: { show: { resource: ['report'] } },
	options: reports.map(({ operation, title, rowsAre }) => ({
		name: `Get ${title}`,
		value: operation,
		action: `Get ${rowsAre}`,
		description: `Get the ${rowsAre} of a date range`,
	})),
	default: 'getCalls',
};

/** The whole form, in the order in which it is filled in. */
export const properties: INodeProperties[] = [
	resource,
	reportOperation,
	...recordingFields,
	...rangeFields,
	outputField,
	...reports.flatMap(shapeFields),
	...fileFields,
	...limitFields,
	...reports.map((report) => filterCollection(report, { resource: ['report'], operation: [report.operation] })),
	...reports.map(optionCollection),
];

import type { INodeProperties } from 'n8n-workflow';

import { reports, type ReportDefinition } from '../reports';
import { columnsField, groupsField, intervalField, itemPerField, metricsField, rowKinds } from './columns';
import { choiceField, type Conditions } from './field/field';
import { filterCollection } from './filters';
import { optionCollection } from './options';
import { binaryPropertyField, gatheredOutputNames, limitField, outputField, recordOutputNames, returnAllField, returnAsField, rowsPerFileField } from './output';
import { rangeFields, rangeTitles } from './range';
import { recordingFields } from './recording';

const resource = choiceField({
	name: 'resource',
	label: 'Resource',
	choices: [
		{ value: 'report', name: 'Report' },
		{ value: 'recording', name: 'Recording' },
	],
	fallback: 'report',
	noDataExpression: true,
});

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['report'] } },
	options: reports.map((report) => ({
		name: `Get ${report.title}`,
		value: report.operation,
		action: `Get ${report.rowsAre}`,
		description: report.description,
	})),
	default: 'getCalls',
};

const forReports = { resource: ['report'] };

/** How to set the node up as a tool of an AI agent. */
const toolNotice: INodeProperties = {
	displayName:
		"To let the AI model choose the dates, set 'Date Range' to Custom and click the sparkle button beside 'Start Time' and 'End Time' (Let the model define this parameter). Set 'Output' to Summary: a model can't add up thousands of records.",
	name: 'toolNotice',
	type: 'notice',
	displayOptions: { show: { ...forReports, '@tool': [true] } },
	default: '',
};

/** The whole form, in the order in which it is filled in. */
export const properties: INodeProperties[] = [
	resource.property(),
	operation,
	...recordingFields,
	toolNotice,
	...rangeFields.map(({ field, isForCustomAlone }) => field.property({ show: { ...forReports, ...(isForCustomAlone && { dateRange: ['custom'] }) } })),
	...reports.flatMap(rowFields),
	...reports.map((report) => outputField(report).property({ show: shownFor(report) })),
	...reports.flatMap(shapeFields),
	returnAsField.property({ show: forReports, hide: { output: ['dashboard'] } }),
	rowsPerFileField.property({ show: { ...forReports, returnAs: ['csv', 'ndjson'] }, hide: { output: ['dashboard'] } }),
	binaryPropertyField.property({ show: { ...forReports, returnAs: ['csv', 'ndjson'] }, hide: { output: ['dashboard'] } }),
	binaryPropertyField.property({ show: { ...forReports, output: ['dashboard'] } }),
	returnAllField.property(whereItemsAreRecords({})),
	limitField.property(whereItemsAreRecords({ returnAll: [false] })),
	...reports.map((report) => filterCollection(report, shownFor(report))),
	...reports.map((report) => optionCollection(report, shownFor(report))),
];

/** What the node's title says below its name, such as 'Calls · Last 7 Days'. */
export const subtitle = `={{ $parameter["resource"] === "recording" ? "Download Recording" : (${JSON.stringify(titlesOf(reports.map(({ operation: value, title }) => [value, title])))}[$parameter["operation"]] ?? "Report") + " · " + (${JSON.stringify(titlesOf([...rangeTitles]))}[$parameter["dateRange"]] ?? "Date Range") }}`;

function titlesOf(pairs: ReadonlyArray<readonly [string, string]>): { [value: string]: string } {
	return Object.fromEntries(pairs);
}

function shownFor({ operation: value }: ReportDefinition): NonNullable<Conditions['show']> {
	return { ...forReports, operation: [value] };
}

/** What a row is, where a report leaves the choice. */
function rowFields(report: ReportDefinition): INodeProperties[] {
	const show = shownFor(report);
	return [
		...(report.timeField === null ? [intervalField.property({ show, hide: { output: [...gatheredOutputNames] } })] : []),
		...(report.answers ? [itemPerField.property({ show, hide: { output: [...gatheredOutputNames] } })] : []),
	];
}

/** What an item is made of. */
function shapeFields(report: ReportDefinition): INodeProperties[] {
	const show = shownFor(report);
	return [
		...rowKinds(report).map(({ kind, shown }) => columnsField(report, kind).property({ show: { ...show, output: ['selectedFields'], ...shown } })),
		groupsField(report).property({ show: { ...show, output: ['summary'] } }),
		metricsField(report).property({ show: { ...show, output: ['summary'] } }),
	];
}

function whereItemsAreRecords(show: Conditions['show']): Conditions {
	return { show: { ...forReports, output: [...recordOutputNames], returnAs: ['items'], ...show } };
}

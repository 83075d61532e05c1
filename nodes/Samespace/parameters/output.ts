import { calls, type ReportDefinition } from '../reports';
import { choiceField, switchField, textField, wholeNumberField, type Field } from './field/field';
import { ParameterProblem, shown } from './field/problem';

/** Outputs whose items are records. */
const recordOutputs = [
	{ value: 'simplified', name: 'Simplified', description: 'The fields that people use most' },
	{ value: 'raw', name: 'All Fields', description: 'Every field as Samespace sends it' },
	{ value: 'selectedFields', name: 'Selected Fields', description: 'Only the fields that you choose' },
] as const;

/** Outputs that are made of all records together. */
const gatheredOutputs = [
	{ value: 'summary', name: 'Summary', description: 'Totals, averages and rates instead of records' },
	{ value: 'followUps', name: 'Follow-Ups', description: 'Phone numbers to call back' },
	{ value: 'dashboard', name: 'Dashboard', description: 'An HTML page with key figures and charts, for a browser or an email' },
] as const;

export type RecordOutput = (typeof recordOutputs)[number]['value'];
export type OutputName = RecordOutput | (typeof gatheredOutputs)[number]['value'];

export const recordOutputNames: readonly RecordOutput[] = recordOutputs.map(({ value }) => value);
export const gatheredOutputNames: readonly OutputName[] = gatheredOutputs.map(({ value }) => value);

const named = { name: 'output', label: 'Output', fallback: 'simplified' } as const;

/** 'Output': only calls leave somebody to be called back. */
export function outputField(report: ReportDefinition): Field<OutputName> {
	const gathered = gatheredOutputs.filter(({ value }) => value !== 'followUps' || report === calls);
	return choiceField<OutputName>({ ...named, description: 'Records with some or all of their fields, or what is made of all of them together', choices: [...recordOutputs, ...gathered] });
}

/** 'Output' of the trigger. */
export const recordOutputField = choiceField({ ...named, description: 'Which fields of each record to return', choices: recordOutputs });

/** In what an output comes. */
export const returnAsField = choiceField({
	name: 'returnAs',
	label: 'Return As',
	choices: [
		{ value: 'items', name: 'Items', description: 'One n8n item for each row' },
		{ value: 'csv', name: 'CSV Files', description: 'All rows as CSV, for spreadsheets' },
		{ value: 'ndjson', name: 'NDJSON Files', description: 'All rows as JSON, one per line, for data warehouses' },
	],
	fallback: 'items',
	description: 'Whether the rows come as items or in files. Files keep memory use low, however many rows there are.',
});

export const rowsPerFileField = wholeNumberField({
	name: 'rowsPerFile',
	label: 'Rows per File',
	min: 1,
	fallback: 100_000,
	description: 'How many rows to put in a file before starting the next one',
});

const binaryField = textField({
	name: 'binaryProperty',
	label: 'Put Output File in Field',
	fallback: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
});

/** The name of the binary field for a file. */
export const binaryPropertyField = {
	...binaryField,
	read(entered: unknown): string {
		const name = binaryField.read(entered) || 'data';
		if (name !== '__proto__') return name;
		throw new ParameterProblem(`'${binaryField.label}' is ${shown(name)}`, 'Enter another name, such as data.');
	},
};

export const returnAllField = switchField({
	name: 'returnAll',
	label: 'Return All',
	fallback: false,
	description: 'Whether to return all results or only up to a given limit',
});

export const limitField = wholeNumberField({
	name: 'limit',
	label: 'Limit',
	min: 1,
	fallback: 50,
	description: 'Max number of results to return',
});

import type { Column, ColumnType, ReportDefinition } from '../reports';

/** JSON schema of an item, as n8n's mapping pane reads it. */
export interface OutputSchema {
	type: 'object';
	properties: { [column: string]: { type: string } };
	version: number;
}

const jsonTypes: { [Type in ColumnType]: string } = {
	text: 'string',
	number: 'number',
	duration: 'number',
	time: 'string',
	url: 'string',
	json: 'object',
};

/** The fields of a report's simplified items, so that they can be mapped before the first run. */
export function outputSchema(report: ReportDefinition): OutputSchema {
	const columns = new Map<string, Column>([...report.columns, ...(report.added ?? []), ...(report.derived ?? [])].map((column) => [column.name, column]));
	const properties = report.simplified.map((name) => [name, { type: jsonTypes[columns.get(name)?.type ?? 'text'] }]);
	return { type: 'object', properties: Object.fromEntries(properties), version: 1 };
}

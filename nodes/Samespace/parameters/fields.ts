import type { INodeProperties } from 'n8n-workflow';

import { groupsOf, type ReportDefinition } from '../reports';

const columnTitles: { [name: string]: string } = { _id: 'ID', csat: 'CSAT', acd: 'ACD', acw: 'ACW', asa: 'ASA', mos: 'MOS' };

/** 'user_display_name' as 'User Display Name'. */
export function titleOf(name: string): string {
	const known = columnTitles[name];
	if (known) return known;
	return name
		.replace(/_/g, ' ')
		.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
		.replace(/\b(Url|Ip|Id|Acw|Uuid)\b/g, (word) => word.toUpperCase());
}

/** 'Fields' of one report. */
export function columnsField(report: ReportDefinition, show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties {
	const columns = [...report.columns, ...(report.added ?? []), ...(report.answers?.columns ?? [])];
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		allowArbitraryValues: true,
		displayOptions: { show },
		options: columns.map(({ name }) => ({ name: titleOf(name), value: name })),
		default: [],
		required: true,
		description:
			'The fields of each item, in this order. An expression may give any name, also a path such as <code>custom_data.dial_id</code>.',
	};
}

/** 'Fields' and 'Group By' of one report. */
export function shapeFields(report: ReportDefinition): INodeProperties[] {
	return [
		columnsField(report, { resource: ['report'], operation: [report.operation], output: ['selectedFields'] }),
		{
			displayName: 'Group By',
			name: 'groupBy',
			type: 'multiOptions',
			displayOptions: { show: { resource: ['report'], operation: [report.operation], output: ['summary'] } },
			options: groupsOf(report).map((name) => ({ name: titleOf(name), value: name })),
			default: [],
			description: 'One row for each combination of these. Nothing chosen gives one row for everything.',
		},
	];
}

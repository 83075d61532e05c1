import type { INodeProperties } from 'n8n-workflow';

const forReports = { resource: ['report'] };

/** 'Date Range' and, where it is custom, its ends. */
export const rangeFields: INodeProperties[] = [
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
			description:
				"Included in the range, at the end a day without a time to its last moment. A time without an offset is in the workflow's time zone.",
		}),
	),
];

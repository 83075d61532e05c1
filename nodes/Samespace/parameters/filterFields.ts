import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import type { FilterDefinition, ReportDefinition } from '../reports';
import { labels } from './filters';

type DisplayConditions = NonNullable<INodeProperties['displayOptions']>['show'];

type Field = Omit<INodeProperties, 'name' | 'displayName'>;

/** A list that is offered out of the last days' reports; any name may come from an expression. */
const offered = (loadOptionsMethod: string, description: string): Field => ({
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod },
	allowArbitraryValues: true,
	default: [],
	description,
});

const chooseOr =
	'Choose from the list, or specify names using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

const filterFields: { [Parameter in FilterDefinition['parameter']]: Field } = {
	channel: offered('getChannels', chooseOr),
	direction: {
		type: 'multiOptions',
		options: [
			{ name: 'Inbound', value: 'in' },
			{ name: 'Outbound', value: 'out' },
		],
		allowArbitraryValues: true,
		default: [],
		description: 'Only conversations that went this way',
	},
	status: offered('getStatuses', chooseOr),
	teamName: offered('getTeams', chooseOr),
	type: {
		type: 'string',
		default: '',
		placeholder: 'e.g. team',
		description: "Only records of this type, such as 'team'",
	},
	userDisplayName: offered('getAgents', chooseOr),
};

const ratingFields: INodeProperties[] = [
	{
		displayName: 'Minimum Rating',
		name: 'minRating',
		type: 'number',
		default: 1,
		description: 'Only conversations with an answer that has this rating or a higher one; with Item Per Answer only those answers',
	},
	{
		displayName: 'Maximum Rating',
		name: 'maxRating',
		type: 'number',
		default: 5,
		description: 'Only conversations with an answer that has this rating or a lower one; with Item Per Answer only those answers',
	},
];

const customField: INodeProperties = {
	displayName: 'Custom Filters',
	name: 'custom',
	type: 'json',
	default: '{}',
	description: 'A JSON object that is merged into the filters of the request, for filters that this list does not have',
};

/** The 'Filters' collection of one report: those that it has, in the order of their labels. */
export function filterCollection(report: ReportDefinition, show: DisplayConditions): INodeProperties {
	const own = report.filters.map(({ parameter }): INodeProperties => ({ displayName: labels[parameter], ...filterFields[parameter], name: parameter }));
	const fields: Array<INodeProperties | INodePropertyCollection> = [...own, ...(report.answers ? ratingFields : []), customField];
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		displayOptions: { show },
		default: {},
		options: fields.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

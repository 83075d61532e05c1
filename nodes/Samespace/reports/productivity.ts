import type { ReportDefinition } from './report';

/**
 * Totals of each agent over the range asked: two ranges give two rows for one agent, and those are no duplicates.
 * The rows carry no time, team, direction or channel, so only Samespace itself can apply those filters. Nor is it known
 * whether `user` is the display name that the filter takes (the vendor's page shows 'Sarah' and 'Sarah Taylor').
 *
 * Simplified keeps who, from when to when, logged in and away how long, how many conversations and how long one lasts: with the
 * stamps of the period that is ten. The finer averages are in All Fields and Selected Fields.
 */
export const productivity: ReportDefinition = {
	operation: 'getProductivity',
	title: 'Productivity',
	rowsAre: 'agent productivity',
	description: "Each agent's totals: time logged in and away, conversations, talk and wrap-up time",
	path: '/manage/api/analytics/productivity/v2',
	id: '_id',
	shown: { paging: false, times: true, filters: ['direction', 'team_name', 'channel', 'user_display_name'] },
	timeField: null,
	timeFormat: 'clusterText',
	filters: [
		{ parameter: 'direction', field: 'direction', sentAs: 'listAlways', inRows: false },
		{ parameter: 'channel', field: 'channel', sentAs: 'listAlways', inRows: false },
		{ parameter: 'teamName', field: 'team_name', sentAs: 'listAlways', inRows: false },
		{ parameter: 'userDisplayName', field: 'user_display_name', sentAs: 'listAlways', inRows: false },
	],
	columns: [
		{ name: '_id', type: 'text' },
		{ name: 'user', type: 'text' },
		{ name: 'session_duration', type: 'duration' },
		{ name: 'away_time', type: 'duration' },
		{ name: 'acd', type: 'duration' },
		{ name: 'acw', type: 'duration' },
		{ name: 'asa', type: 'duration' },
		{ name: 'avg_hold_time', type: 'duration' },
		{ name: 'avg_ring_duration', type: 'duration' },
		{ name: 'inbound_conversations', type: 'number' },
		{ name: 'outbound_conversations', type: 'number' },
	],
	added: [
		{ name: 'period_start', type: 'time' },
		{ name: 'period_end', type: 'time' },
		{ name: 'merged_periods', type: 'number' },
	],
	simplified: [
		'_id',
		'user',
		'period_start',
		'period_end',
		'session_duration',
		'away_time',
		'inbound_conversations',
		'outbound_conversations',
		'acd',
		'merged_periods',
	],
	groups: { agent: 'user' },
};

import type { ReportDefinition } from './report';

/** What an agent's session is told of. */
export const sessionActivities = ['login', 'logout'] as const;

export type SessionActivity = (typeof sessionActivities)[number];

/**
 * Logins and logouts of agents. Beware: the path says 'logs', and `/sessions` is the call report.
 *
 * Simplified keeps what an attendance sheet needs: who, from when to when, how long, and why it ended.
 */
export const sessions: ReportDefinition = {
	operation: 'getSessions',
	title: 'Sessions',
	rowsAre: 'agent sessions',
	description: 'When agents logged in and out, how long they stayed, and why a session ended',
	path: '/manage/api/analytics/logs',
	id: '_id',
	shown: { paging: false, times: false, filters: ['user_display_name'] },
	timeField: 'start_time',
	timeFormat: 'iso',
	filters: [
		{ parameter: 'userDisplayName', field: 'user_display_name', sentAs: 'list', inRows: true },
	],
	columns: [
		{ name: '_id', type: 'text' },
		{ name: 'domain_id', type: 'number' },
		{ name: 'space_id', type: 'text' },
		{ name: 'session_id', type: 'text' },
		{ name: 'endpoint_type', type: 'text' },
		{ name: 'endpoint_id', type: 'text' },
		{ name: 'user_system_id', type: 'text' },
		{ name: 'user_login_id', type: 'text' },
		{ name: 'user_display_name', type: 'text' },
		{ name: 'ip_address', type: 'text' },
		{ name: 'start_time', type: 'time' },
		{ name: 'end_time', type: 'time' },
		{ name: 'activity', type: 'text' },
		{ name: 'dock_version', type: 'text' },
		{ name: 'logout_reason', type: 'text' },
		{ name: 'session_duration', type: 'duration' },
	],
	simplified: [
		'_id',
		'user_display_name',
		'activity',
		'start_time',
		'end_time',
		'session_duration',
		'logout_reason',
		'endpoint_type',
	],
	groups: { agent: 'user_display_name' },
	span: { from: 'start_time', to: 'end_time', seconds: 'session_duration' },
};

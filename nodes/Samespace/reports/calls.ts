import { customerNumber } from './phone';
import type { ReportDefinition, ReportRecord } from './report';

/**
 * Every call that Samespace processed. Beware: the path says 'sessions'.
 *
 * Simplified keeps what a call list in a sheet needs: when, which agent with which customer, which way, how it ended, how long, and the recording.
 */
export const calls: ReportDefinition = {
	operation: 'getCalls',
	title: 'Calls',
	rowsAre: 'calls',
	description: 'Inbound and outbound calls: who, when, how long, and the recording',
	path: '/manage/api/analytics/sessions',
	id: '_id',
	shown: { paging: true, times: true, filters: ['type'] },
	timeField: 'start_time',
	timeFormat: 'iso',
	filters: [
		{ parameter: 'type', field: 'type', sentAs: 'text', inRows: true },
		{ parameter: 'direction', field: 'direction', sentAs: 'notSent', inRows: true },
		{ parameter: 'channel', field: 'channel', sentAs: 'notSent', inRows: true },
		{ parameter: 'status', field: 'status', sentAs: 'text', inRows: true },
		{ parameter: 'teamName', field: 'team_name', sentAs: 'notSent', inRows: true },
		{ parameter: 'userDisplayName', field: 'user_display_name', sentAs: 'notSent', inRows: true },
	],
	columns: [
		{ name: '_id', type: 'text' },
		{ name: 'x_origin_id', type: 'text' },
		{ name: 'uuid', type: 'text' },
		{ name: 'channel', type: 'text' },
		{ name: 'direction', type: 'text' },
		{ name: 'type', type: 'text' },
		{ name: 'endpoint_type', type: 'text' },
		{ name: 'endpoint_id', type: 'text' },
		{ name: 'user_system_id', type: 'text' },
		{ name: 'user_display_name', type: 'text' },
		{ name: 'user_login_id', type: 'text' },
		{ name: 'caller', type: 'text' },
		{ name: 'callee', type: 'text' },
		{ name: 'team_system_id', type: 'text' },
		{ name: 'team_name', type: 'text' },
		{ name: 'recording_filename', type: 'text' },
		{ name: 'recording_url', type: 'url' },
		{ name: 'start_time', type: 'time' },
		{ name: 'progress_duration', type: 'duration' },
		{ name: 'duration', type: 'duration' },
		{ name: 'answer_time', type: 'time' },
		{ name: 'conference_duration', type: 'duration' },
		{ name: 'end_time', type: 'time' },
		{ name: 'status', type: 'text' },
		{ name: 'terminated_by', type: 'text' },
		{ name: 'termination_cause', type: 'text' },
		{ name: 'codec', type: 'text' },
		{ name: 'mos', type: 'number' },
		{ name: 'dock_version', type: 'text' },
		{ name: 'domain_id', type: 'number' },
		{ name: 'space_id', type: 'text' },
		{ name: 'hold_duration', type: 'duration' },
		{ name: 'custom_data', type: 'json' },
	],
	derived: [customerNumber],
	simplified: [
		'_id',
		'start_time',
		'direction',
		'status',
		'caller',
		'phone_number',
		'user_display_name',
		'team_name',
		'duration',
		'recording_url',
	],
	groups: {
		agent: 'user_display_name',
		team: 'team_name',
		channel: 'channel',
		direction: 'direction',
		status: 'status',
	},
};

/** Whether a customer called. */
export function isInbound({ direction }: ReportRecord): boolean {
	return direction === 'in';
}

/** A call is answered when it has an answer time: the names of statuses are not documented. */
export function isAnswered({ answer_time: time }: ReportRecord): boolean {
	return typeof time === 'string' ? time.trim() !== '' : time !== undefined && time !== null;
}

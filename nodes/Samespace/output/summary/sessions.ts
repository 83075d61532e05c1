import { column, equals, isNumber, type Measure } from './measure';

/** Summary of agent sessions; times in seconds. A session that has not ended may have no duration and no logout reason yet. */
export const sessionMeasures: readonly Measure[] = [
	{ is: 'count', name: 'sessions' },
	{ is: 'count', name: 'logins', where: [equals('activity', 'login')] },
	{ is: 'count', name: 'timed_sessions', where: [isNumber('session_duration')] },
	{ is: 'sum', name: 'session_time_total', of: column('session_duration') },
	{ is: 'ratio', name: 'session_time_average', of: 'session_time_total', over: 'timed_sessions' },
	{ is: 'distinct', name: 'agents', of: 'user_system_id' },
	{ is: 'tally', name: 'logout_reasons', of: 'logout_reason' },
];

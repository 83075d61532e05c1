import { column, isNumber, textOf, type Amount, type Measure } from './measure';

const sessionTime: Amount = { is: 'sum', of: column('session_duration') };

/** Figures of agent sessions; times in seconds. A session that has not ended may have no duration and no logout reason yet. */
export const sessionMeasures: readonly Measure[] = [
	{ name: 'sessions', isUsual: true, is: 'count' },
	{ name: 'agents', isUsual: true, is: 'distinct', by: textOf('user_system_id') },
	{ name: 'session_time_total', isUsual: true, ...sessionTime },
	{ name: 'session_time_average', is: 'ratio', of: sessionTime, over: { is: 'count', where: [isNumber('session_duration')] } },
	{ name: 'logout_reasons', is: 'tally', of: 'logout_reason' },
];

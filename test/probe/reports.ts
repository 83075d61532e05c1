/** The reports of the contract; each has one POST path. */
export type ReportName = 'calls' | 'sessions' | 'productivity' | 'csat';

/** What the probe has to know about a report, from the vendor's page alone. */
export type Report = {
	name: ReportName;
	path: string;
	/** '2021-05-14T05:37:27.734Z' or '2021-06-03 13:19:00'. */
	times: 'iso' | 'local';
	/** Whether the vendor's page shows `start_time` and `end_time`; where it doesn't, a request may go without. */
	timesShown: boolean;
	/** Fields of a record that are counted in seconds, and other numbers. */
	durations: readonly string[];
	numbers: readonly string[];
	/** A filter that the page shows, and one that it doesn't, with values that no record has. */
	shownFilter?: Record<string, unknown>;
	hiddenFilter?: Record<string, unknown>;
};

/** A value that no record has. */
export const nobody = 'no-such-value-samespace-probe';

export const reports: Record<ReportName, Report> = {
	// Beware: /sessions is the call report, /logs the session report.
	calls: {
		name: 'calls',
		path: '/manage/api/analytics/sessions',
		times: 'iso',
		timesShown: true,
		durations: ['progress_duration', 'duration', 'conference_duration', 'hold_duration'],
		numbers: ['domain_id', 'mos'],
		shownFilter: { type: nobody },
		hiddenFilter: { status: nobody },
	},
	sessions: {
		name: 'sessions',
		path: '/manage/api/analytics/logs',
		times: 'iso',
		timesShown: false,
		durations: ['session_duration'],
		numbers: ['domain_id'],
		shownFilter: { user_display_name: [nobody] },
	},
	productivity: {
		name: 'productivity',
		path: '/manage/api/analytics/productivity/v2',
		times: 'local',
		timesShown: true,
		durations: ['session_duration', 'away_time', 'acd', 'acw', 'asa', 'avg_hold_time', 'avg_ring_duration'],
		numbers: ['inbound_conversations', 'outbound_conversations'],
		shownFilter: { user_display_name: [nobody] },
	},
	csat: {
		name: 'csat',
		path: '/manage/api/analytics/csat',
		times: 'local',
		timesShown: true,
		durations: ['duration', 'acw_duration'],
		numbers: [],
		hiddenFilter: { user_display_name: [nobody] },
	},
};

export const reportNames = Object.keys(reports) as ReportName[];

/** Reports whose rows carry times of their own. */
export const timedReports: readonly ReportName[] = ['calls', 'sessions', 'csat'];

/** Fields by which a bare record is told from an envelope. */
export const recordFields: ReadonlySet<string> = new Set([
	...Object.values(reports).flatMap(({ durations, numbers }) => [...durations, ...numbers]),
	...['_id', 'uuid', 'user', 'user_display_name', 'start_time', 'end_time', 'caller', 'callee', 'csat', 'session_id'],
]);

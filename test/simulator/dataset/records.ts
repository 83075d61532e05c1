/** The reports of a cluster; each has one POST path. */
export type ReportName = 'calls' | 'sessions' | 'productivity' | 'csat';

export const reportNames: readonly ReportName[] = ['calls', 'sessions', 'productivity', 'csat'];

/** The reports that list stored records; productivity is computed from them. */
export type RecordReport = Exclude<ReportName, 'productivity'>;

/** One call. Times are ISO 8601 text in UTC, durations are whole seconds. */
export type CallRecord = {
	_id: string;
	x_origin_id: string;
	uuid: string;
	channel: string;
	direction: string;
	type: string;
	endpoint_type: string;
	endpoint_id: string;
	user_system_id: string;
	user_display_name: string;
	user_login_id: string;
	caller: string;
	callee: string;
	team_system_id: string;
	team_name: string;
	recording_filename: string;
	recording_url: string;
	start_time: string;
	/** Seconds of ringing before the answer. */
	progress_duration: number;
	/** Seconds from the answer to the end; 0 when not answered. */
	duration: number;
	answer_time: string | null;
	conference_duration: number;
	end_time: string;
	status: string;
	terminated_by: string;
	termination_cause: string;
	codec: string;
	/** Voice quality 1 to 5; the field is absent when none was measured. */
	mos?: number;
	dock_version: string;
	domain_id: number;
	space_id: string;
	hold_duration: number;
	/** Whatever the customer's CRM put there. */
	custom_data: Record<string, unknown>;
};

/** One login of an agent. `end_time` is null and `session_duration` 0 while the agent is still there. */
export type SessionRecord = {
	_id: string;
	domain_id: number;
	space_id: string;
	session_id: string;
	endpoint_type: string;
	endpoint_id: string;
	user_system_id: string;
	user_login_id: string;
	user_display_name: string;
	ip_address: string;
	start_time: string;
	end_time: string | null;
	activity: string;
	dock_version: string;
	logout_reason: string;
	session_duration: number;
};

/** One answer to one survey question; `answer` is absent when the caller gave none. */
export type CsatAnswer = {
	_id: string;
	timestamp: string;
	uuid: string;
	question: string;
	answer?: string;
};

/** One surveyed conversation; `_id` is the uuid of its call, answers come newest first. */
export type CsatRecord = {
	_id: string;
	csat: CsatAnswer[];
	direction: string;
	caller: string;
	callee: string;
	user_display_name: string;
	team_name: string;
	start_time: string;
	end_time: string;
	duration: number;
	acw_duration: number;
	conversation_tags: string[];
	notes: string;
};

/** One agent over the window asked; see productivity.ts for the formulas. */
export type ProductivityRow = {
	_id: string;
	user: string;
	session_duration: number;
	away_time: number;
	acd: number;
	acw: number;
	asa: number;
	avg_hold_time: number;
	avg_ring_duration: number;
	inbound_conversations: number;
	outbound_conversations: number;
};

export type RecordOf = { calls: CallRecord; sessions: SessionRecord; csat: CsatRecord };

export type RowOf = RecordOf & { productivity: ProductivityRow };

/** Records given explicitly; whatever a record leaves out is filled in. */
export type Dataset = {
	calls: Array<Partial<CallRecord>>;
	sessions: Array<Partial<SessionRecord>>;
	csat: Array<Partial<CsatRecord>>;
};

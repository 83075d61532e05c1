import type { CallRecord, CsatRecord, SessionRecord } from './records.ts';

/** The call of the vendor's page: ObjectId(…) and ISODate(…) as the text in them. */
export const vendorCall: CallRecord = {
	_id: '5ff4093743e9410210f60350',
	x_origin_id: '7f1d5a71-4f20-11eb-91c1-d5cff0c418c7',
	uuid: '7f1d5a71-4f20-11eb-91c1-d5cff0c418c7',
	channel: 'voice',
	direction: 'out',
	type: 'team',
	endpoint_type: 'WEB',
	endpoint_id: 'WEB',
	user_system_id: '5f742f185dc78c9e085d4a77',
	user_display_name: 'Sarah Taylor',
	user_login_id: 'sarah',
	caller: 'sarah',
	callee: '14156369898',
	team_system_id: '5e8433a3f010817962f28189',
	team_name: 'Sales',
	recording_filename: '919664590918_5f742f185dc78c9e085d4a77_1609828655511.wav',
	recording_url: '/router/api/open-recording-url/7f1d5a71-4f20-11eb-d5cff0c418c7/1455',
	start_time: '2021-01-05T06:37:36.936Z',
	progress_duration: 0,
	duration: 0,
	answer_time: null,
	conference_duration: 0,
	end_time: '2021-01-05T06:37:43.256Z',
	status: 'failed',
	terminated_by: 'agent',
	termination_cause: 'NORMAL_CLEARING',
	codec: 'PCMU',
	mos: 4.5,
	dock_version: '3.0.0',
	domain_id: 1455,
	space_id: 'beta',
	hold_duration: 0,
	custom_data: {},
};

/** The login of the vendor's page. */
export const vendorSession: SessionRecord = {
	_id: '62bdac0dfa59dc030b9b808d',
	domain_id: 1703,
	space_id: 'polygon',
	session_id: 'bd06dee0-f87c-11ec-88bf-29c100de7a90',
	endpoint_type: 'WEB',
	endpoint_id: 'WEB',
	user_system_id: '61efa2871b1efd23137b07be',
	user_login_id: '',
	user_display_name: 'Sarah Taylor',
	ip_address: '0.0.0.0',
	start_time: '2022-06-30T13:58:37.276Z',
	end_time: '2022-06-30T13:59:37.446Z',
	activity: 'login',
	dock_version: '5.0',
	logout_reason: 'Network Loss',
	session_duration: 60,
};

const uuid = '53cb7b33-a289-4572-84f5-f10dd9968e62';

/**
 * The survey of the vendor's page. Its print is garbled: three questions (3, 2, 1), three answers, the last two
 * printed apart from their questions. They are put back in reading order: question 3 "5", question 2 "1", question 1 "4".
 */
export const vendorCsat: CsatRecord = {
	_id: uuid,
	csat: [
		{
			_id: '63b2d22bc6e3fe49eb4130a0',
			timestamp: '2023-01-02T12:46:33.130Z',
			uuid,
			question: 'SURVEY_ANSWER_3:How courteous was the agent?',
			answer: '5',
		},
		{
			_id: '63b2d22bc6e3fe49eb41308e',
			timestamp: '2023-01-02T12:46:28.848Z',
			uuid,
			question: 'SURVEY_ANSWER_2:How knowledgeable was the agent?',
			answer: '1',
		},
		{
			_id: '63b2d22bc6e3fe49eb41308b',
			timestamp: '2023-01-02T12:46:24.255Z',
			uuid,
			question: 'SURVEY_ANSWER_1:How would you rate the support you received?',
			answer: '4',
		},
	],
	direction: 'in',
	caller: '+918530610172',
	callee: '18886669555',
	user_display_name: 'Admin',
	team_name: 'Helpdesk',
	start_time: '2023-01-02T12:45:55.854Z',
	end_time: '2023-01-02T12:46:13.114Z',
	duration: 14,
	acw_duration: 47,
	conversation_tags: ['Not Interested'],
	notes: '',
};

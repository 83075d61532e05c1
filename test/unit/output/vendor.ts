import { createOutput, type Output, type OutputFile, type OutputItem, type OutputPlan } from '../../../nodes/Samespace/output';
import { measuresOf } from '../../../nodes/Samespace/output/summary';
import { usualThresholds } from '../../../nodes/Samespace/output/thresholds';
import { calls, type ReportRecord } from '../../../nodes/Samespace/reports';

/** The records of the vendor's page, `ObjectId(…)` and `ISODate(…)` as the text in them. */
export const vendorCall: ReportRecord = {
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

export const vendorSession: ReportRecord = {
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

export const vendorProductivity: ReportRecord = {
	_id: '5e97fbfafee6373b23aa51ae',
	user: 'Sarah',
	session_duration: 89,
	away_time: 0,
	acd: 0,
	acw: 0,
	asa: 0,
	avg_hold_time: 0,
	avg_ring_duration: 0,
	inbound_conversations: 0,
	outbound_conversations: 1,
};

const uuid = '53cb7b33-a289-4572-84f5-f10dd9968e62';

/** The page prints the answers apart from their questions: they are put back in reading order (5, 1, 4). */
export const vendorCsat: ReportRecord = {
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

/** The page asks productivity from 2021-06-03 13:19:00 to 2021-06-04 14:19:00. */
export const vendorPeriod = { start: Date.parse('2021-06-03T13:19:00Z'), end: Date.parse('2021-06-04T14:19:00Z') };

/** A plan that says what is not the default. */
export function planOf(plan: Partial<OutputPlan>): OutputPlan {
	return {
		report: calls,
		output: 'raw',
		fields: [],
		groupBy: [],
		metrics: measuresOf(plan.report ?? calls).map(({ name }) => name),
		thresholds: usualThresholds,
		range: { start: Date.parse('2021-06-01T00:00:00Z'), end: Date.parse('2026-12-31T00:00:00Z') },
		before: null,
		filterTexts: [],
		isWanted: () => true,
		followUpsUntil: Infinity,
		timezone: 'UTC',
		origin: 'https://acme.samespace.com',
		itemPer: 'conversation',
		rating: { min: null, max: null },
		mergePeriods: false,
		returnAs: 'items',
		escapeFormulas: true,
		rowsPerFile: 100_000,
		...plan,
	};
}

/** All items of a plan over batches of records, and the files that were written. */
export async function run(
	plan: Partial<OutputPlan>,
	...batches: ReadonlyArray<readonly ReportRecord[]>
): Promise<{ items: OutputItem[]; files: OutputFile[] }> {
	const files: OutputFile[] = [];
	const output = createOutput(planOf(plan), async (file) => `written: ${files.push(file)}`);
	const items: OutputItem[] = [];
	for (const batch of batches) items.push(...(await output.take(batch, vendorPeriod)));
	items.push(...(await finishedItems(output)));
	return { items, files };
}

/** What the items of a plan hold. */
export async function rowsOf(plan: Partial<OutputPlan>, ...batches: ReadonlyArray<readonly ReportRecord[]>) {
	return (await run(plan, ...batches)).items.map((item) => item.json);
}

/** What was waiting for the end. */
export async function finishedItems(output: Output): Promise<OutputItem[]> {
	const items: OutputItem[] = [];
	for (const made of output.finish()) items.push(...(await made));
	return items;
}

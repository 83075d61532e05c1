import { isAnswered, isInbound } from '../../reports';
import { column, equals, instantIn, isThere, not, type Condition, type Figure, type Measure } from './measure';

const answered: Condition = { says: 'answer_time is there', holds: isAnswered };
const inbound: Condition = { says: 'direction = in', holds: isInbound };
const outbound = equals('direction', 'out');

/** An opinion score lies between 1 and 5; 0 is a call that was not scored. */
const scored: Condition = {
	says: 'mos is above 0',
	holds: (row) => (column('mos').read(row) ?? 0) > 0,
};

/** Seconds. */
const timeToAnswer: Figure = {
	says: 'answer_time − start_time',
	read(row) {
		const start = instantIn(row.start_time);
		const answer = instantIn(row.answer_time);
		return start === null || answer === null ? null : (answer - start) / 1000;
	},
};

/**
 * Summary of calls; times in seconds. A call is answered when it has an answer time: the names of statuses are not documented.
 * The vendor's samples show that `duration` runs from the answer: an unanswered call has 0. Callers are told apart where they
 * are customers; the caller of an outbound call is the agent.
 */
export const callMeasures: readonly Measure[] = [
	{ is: 'count', name: 'calls' },
	{ is: 'count', name: 'answered', where: [answered] },
	{ is: 'count', name: 'not_answered', where: [not(answered)] },
	{ is: 'ratio', name: 'answer_rate_percent', of: 'answered', over: 'calls', times: 100 },
	{ is: 'count', name: 'inbound', where: [inbound] },
	{ is: 'count', name: 'outbound', where: [outbound] },
	{ is: 'sum', name: 'talk_time_total', of: column('duration'), where: [answered] },
	{ is: 'ratio', name: 'talk_time_average', of: 'talk_time_total', over: 'answered' },
	{ is: 'count', name: 'inbound_answered', where: [inbound, answered] },
	{ is: 'sum', name: 'speed_of_answer_total', of: timeToAnswer, where: [inbound, answered] },
	{ is: 'ratio', name: 'speed_of_answer_average', of: 'speed_of_answer_total', over: 'inbound_answered' },
	{ is: 'sum', name: 'hold_time_total', of: column('hold_duration'), where: [answered] },
	{ is: 'ratio', name: 'hold_time_average', of: 'hold_time_total', over: 'answered' },
	{ is: 'count', name: 'mos_calls', where: [scored] },
	{ is: 'sum', name: 'mos_total', of: column('mos'), where: [scored] },
	{ is: 'ratio', name: 'mos_average', of: 'mos_total', over: 'mos_calls' },
	{ is: 'sum', name: 'conference_time_total', of: column('conference_duration') },
	{ is: 'distinct', name: 'unique_callers', of: 'caller', where: [inbound] },
	{ is: 'count', name: 'recordings', where: [isThere('recording_url')] },
	{ is: 'tally', name: 'termination_causes', of: 'termination_cause' },
];

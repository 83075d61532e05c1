import { isAnswered, isInbound, phoneKeyOf } from '../../reports';
import { column, equals, instantIn, isThere, type Amount, type Condition, type Figure, type Measure } from './measure';

const answered: Condition = { says: 'answer_time is set', holds: isAnswered };
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

const inboundCalls: Amount = { is: 'count', where: [inbound] };
const answeredCalls: Amount = { is: 'count', where: [answered] };
const inboundAnswered: Amount = { is: 'count', where: [inbound, answered] };
const outboundCalls: Amount = { is: 'count', where: [outbound] };
const outboundConnected: Amount = { is: 'count', where: [outbound, answered] };
const talkTime: Amount = { is: 'sum', of: column('duration'), where: [answered] };
const holdTime: Amount = { is: 'sum', of: column('hold_duration'), where: [answered] };
const scoredCalls: Amount = { is: 'count', where: [scored] };

/**
 * Figures of calls; times in seconds. A call is answered when it has an answer time: the names of statuses are not documented.
 * The vendor's samples show that `duration` runs from the answer: an unanswered call has 0. Callers are told apart where they
 * are customers; the caller of an outbound call is the agent.
 */
export const callMeasures: readonly Measure[] = [
	{ name: 'calls', isUsual: true, is: 'count' },
	{ name: 'inbound', isUsual: true, ...inboundCalls },
	{ name: 'inbound_answered', isUsual: true, ...inboundAnswered },
	{ name: 'answer_rate_percent', isUsual: true, is: 'ratio', of: inboundAnswered, over: inboundCalls, times: 100 },
	{ name: 'speed_of_answer_average', isUsual: true, is: 'ratio', of: { is: 'sum', of: timeToAnswer, where: [inbound, answered] }, over: inboundAnswered },
	{ name: 'outbound', isUsual: true, ...outboundCalls },
	{ name: 'outbound_connected', ...outboundConnected },
	{ name: 'connect_rate_percent', isUsual: true, is: 'ratio', of: outboundConnected, over: outboundCalls, times: 100 },
	{ name: 'talk_time_total', ...talkTime },
	{ name: 'talk_time_average', isUsual: true, is: 'ratio', of: talkTime, over: answeredCalls },
	{ name: 'hold_time_total', ...holdTime },
	{ name: 'hold_time_average', is: 'ratio', of: holdTime, over: answeredCalls },
	{ name: 'conference_time_total', is: 'sum', of: column('conference_duration') },
	{ name: 'unique_callers', isUsual: true, is: 'distinct', by: { says: 'caller (as a phone number)', read: ({ caller }) => phoneKeyOf(caller) }, where: [inbound] },
	{ name: 'mos_average', is: 'ratio', of: { is: 'sum', of: column('mos'), where: [scored] }, over: scoredCalls },
	{ name: 'mos_calls', ...scoredCalls },
	{ name: 'recordings', is: 'count', where: [isThere('recording_url')] },
	{ name: 'termination_causes', is: 'tally', of: 'termination_cause' },
];

import { isAnswered, isInbound } from '../../reports';
import { offsetInstantIn } from '../instants';
import type { Row } from '../plan';
import type { CallThresholds } from '../thresholds';
import { average, count, difference, distinct, ratio, sum, tallyOf, together } from './measures/amounts';
import { column, condition, figure, further, isThere, usual, type Amount, type Condition, type Figure, type Measure } from './measures/measure';
import { peak } from './measures/peak';
import { histogram, longest, percentile } from './measures/percentile';
import { calledBefore, callerKey } from './measures/repeats';

/** From the start of a call to one of its times, in seconds. An end before the start counts as none. */
function untilTime(name: string): Figure {
	return figure(`${name} − start_time`, (row) => {
		const [start, end] = [offsetInstantIn(row.start_time), offsetInstantIn(row[name])];
		return start === null || end === null ? null : Math.max(0, (end - start) / 1000);
	});
}

/** How to read a missed call: how long the caller waited, and whether it counts as abandoned. */
export interface Missed {
	/** In seconds; null where the call has not ended. */
	waited(row: Row): number | null;
	isAbandoned(row: Row): boolean;
}

/** Tells inbound calls that nobody answered from those that ended too soon to count. */
export function missedBy({ shortAbandonSeconds }: Pick<CallThresholds, 'shortAbandonSeconds'>): Missed {
	const toEnd = untilTime('end_time');
	const isAbandoned = (row: Row): boolean => isInbound(row) && !isAnswered(row) && (toEnd.read(row) ?? -1) >= shortAbandonSeconds;
	return { waited: toEnd.read, isAbandoned };
}

/**
 * Figures of calls; times in seconds. A call is answered when it has an answer time: the names of statuses are not documented.
 * The vendor's samples show that `duration` runs from the answer: an unanswered call has 0. Callers are told apart where they
 * are customers; the caller of an outbound call is the agent.
 */
export function callMeasures({ serviceLevelSeconds, serviceLevelFormula, shortAbandonSeconds }: CallThresholds): readonly Measure[] {
	const answered = condition('answer_time is set', isAnswered);
	const notAnswered = condition('answer_time is not set', (row) => !answered.holds(row));
	const inbound = condition('direction = in', isInbound);
	const outbound = condition('direction = out', ({ direction }) => direction === 'out');
	const wait = untilTime('answer_time');
	const toEnd = untilTime('end_time');
	const isWithin = (time: Figure): Condition => condition(`${time.says} ≤ serviceLevelSeconds`, (row) => (time.read(row) ?? Infinity) <= serviceLevelSeconds);
	const longEnough = condition('end_time − start_time ≥ shortAbandonSeconds', (row) => (toEnd.read(row) ?? -1) >= shortAbandonSeconds);
	const tooShort = condition('end_time − start_time < shortAbandonSeconds', (row) => (toEnd.read(row) ?? Infinity) < shortAbandonSeconds);
	// An opinion score lies between 1 and 5; 0 is a call that was not scored.
	const scored = isAboveNothing('mos');
	const held = isAboveNothing('hold_duration');
	const caller = callerKey();
	const repeated = calledBefore(inbound, caller.read);

	const inboundCalls = count([inbound]);
	const inboundAnswered = count([inbound, answered]);
	const abandoned = count([inbound, notAnswered, longEnough]);
	const shortAbandoned = count([inbound, notAnswered, tooShort]);
	const inTime = count([inbound, answered, isWithin(wait)]);
	const abandonedInTime = count([inbound, notAnswered, isWithin(toEnd)]);
	const outboundCalls = count([outbound]);
	const outboundConnected = count([outbound, answered]);
	const answeredCalls = count([answered]);
	const talkTime = sum(column('duration'), [answered]);
	const holdTime = sum(column('hold_duration'), [answered]);
	const heldCalls = count([answered, held]);
	const scoredCalls = count([scored]);
	const repeatCalls = count([inbound, repeated]);
	const serviceLevels: { [Formula in CallThresholds['serviceLevelFormula']]: Amount } = {
		withoutAbandons: ratio(inTime, difference(inboundCalls, abandonedInTime), 100),
		abandonsAgainst: ratio(inTime, inboundCalls, 100),
		abandonsFor: ratio(together(inTime, abandonedInTime), inboundCalls, 100),
	};

	return [
		usual('calls', 'All calls, inbound and outbound', count()),
		usual('inbound', 'Inbound calls', inboundCalls),
		usual('inbound_answered', 'Inbound calls that were answered', inboundAnswered),
		usual('answer_rate_percent', 'Inbound calls answered ÷ inbound calls', ratio(inboundAnswered, inboundCalls, 100)),
		further('inbound_abandoned', 'Inbound calls that ended unanswered, except short abandons', abandoned),
		further('inbound_short_abandoned', 'Inbound calls that ended unanswered before the Short Abandon Threshold', shortAbandoned),
		usual('abandon_rate_percent', "Inbound abandons ÷ inbound calls that weren't short abandons", ratio(abandoned, difference(inboundCalls, shortAbandoned), 100)),
		usual('service_level_percent', 'Inbound calls answered within the Service Level Threshold ÷ inbound calls. The Service Level Formula says how abandons count.', serviceLevels[serviceLevelFormula]),
		further('service_level_calls', 'Inbound calls answered within the Service Level Threshold', inTime),
		...times('speed_of_answer', wait, [inbound, answered], speedOfAnswer),
		...times('time_to_abandon', toEnd, [inbound, notAnswered, longEnough], timeToAbandon),
		usual('outbound', 'Outbound calls', outboundCalls),
		further('outbound_connected', 'Outbound calls that were answered', outboundConnected),
		usual('connect_rate_percent', 'Outbound calls answered ÷ outbound calls', ratio(outboundConnected, outboundCalls, 100)),
		further('talk_time_total', 'Talk time of all answered calls, in seconds', talkTime),
		usual('talk_time_average', 'Talk time per answered call, in seconds', ratio(talkTime, answeredCalls)),
		further('hold_time_total', 'Hold time of all answered calls, in seconds', holdTime),
		further('hold_time_average', 'Hold time per answered call, held or not, in seconds', ratio(holdTime, answeredCalls)),
		further('held_calls', 'Answered calls that were put on hold', heldCalls),
		further('held_percent', 'Answered calls that were put on hold ÷ answered calls', ratio(heldCalls, answeredCalls, 100)),
		further('conference_time_total', 'Time in conferences, in seconds', sum(column('conference_duration'))),
		usual('unique_callers', 'Different inbound callers, by phone number', distinct(caller, [inbound])),
		further('repeat_callers', 'Phone numbers that called again within 7 days', distinct(caller, [inbound, repeated])),
		further('repeat_calls', 'Inbound calls from a number that had already called in the previous 7 days, within the date range', repeatCalls),
		further('repeat_call_percent', 'Repeat calls ÷ inbound calls', ratio(repeatCalls, inboundCalls, 100)),
		further('peak_concurrent_calls', 'The highest number of calls in progress at once', peak('calls', { start: instantOf('start_time'), end: instantOf('end_time') })),
		further('mos_average', 'Mean opinion score (MOS) of calls that have one, from 1 (bad) to 5 (excellent)', ratio(sum(column('mos'), [scored]), scoredCalls)),
		further('mos_calls', 'Calls with a mean opinion score (MOS)', scoredCalls),
		further('recordings', 'Calls with a recording', count([isThere('recording_url')])),
		further('termination_causes', 'How many calls ended for each cause', tallyOf('termination_cause')),
	];
}

function isAboveNothing(name: string): Condition {
	const { read } = column(name);
	return condition(`${name} is above 0`, (row) => (read(row) ?? 0) > 0);
}

/** What four figures of one time tell. */
type TimesAbout = Record<'average' | 'median' | 'p90' | 'max', string>;

const speedOfAnswer: TimesAbout = {
	average: 'Average wait of answered inbound calls, in seconds',
	median: 'Median wait of answered inbound calls, in seconds',
	p90: 'Nine in ten answered inbound calls waited no longer than this, in seconds',
	max: 'Longest wait of an answered inbound call, in seconds',
};

const timeToAbandon: TimesAbout = {
	average: 'Average wait before callers gave up, excluding short abandons, in seconds',
	median: 'Median wait before callers gave up, excluding short abandons, in seconds',
	p90: 'Nine in ten callers who gave up waited no longer than this, excluding short abandons, in seconds',
	max: 'Longest wait before a caller gave up, in seconds',
};

/** Average, median, 90th percentile and longest of a time. */
function times(name: string, time: Figure, where: readonly Condition[], about: TimesAbout): Measure[] {
	const lengths = histogram(time, where);
	const mean = average(time, where);
	return [
		name === 'speed_of_answer' ? usual(`${name}_average`, about.average, mean) : further(`${name}_average`, about.average, mean),
		further(`${name}_median`, about.median, percentile(lengths, 0.5)),
		further(`${name}_p90`, about.p90, percentile(lengths, 0.9)),
		further(`${name}_max`, about.max, longest(time, where)),
	];
}

function instantOf(name: string): Figure {
	return figure(name, (row) => offsetInstantIn(row[name]));
}

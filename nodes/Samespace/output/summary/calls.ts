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
		usual('calls', count()),
		usual('inbound', inboundCalls),
		usual('inbound_answered', inboundAnswered),
		usual('answer_rate_percent', ratio(inboundAnswered, inboundCalls, 100)),
		further('inbound_abandoned', abandoned),
		further('inbound_short_abandoned', shortAbandoned),
		usual('abandon_rate_percent', ratio(abandoned, difference(inboundCalls, shortAbandoned), 100)),
		usual('service_level_percent', serviceLevels[serviceLevelFormula]),
		further('service_level_calls', inTime),
		...times('speed_of_answer', wait, [inbound, answered]),
		...times('time_to_abandon', toEnd, [inbound, notAnswered, longEnough]),
		usual('outbound', outboundCalls),
		further('outbound_connected', outboundConnected),
		usual('connect_rate_percent', ratio(outboundConnected, outboundCalls, 100)),
		further('talk_time_total', talkTime),
		usual('talk_time_average', ratio(talkTime, answeredCalls)),
		further('hold_time_total', holdTime),
		further('hold_time_average', ratio(holdTime, answeredCalls)),
		further('held_calls', heldCalls),
		further('held_percent', ratio(heldCalls, answeredCalls, 100)),
		further('conference_time_total', sum(column('conference_duration'))),
		usual('unique_callers', distinct(caller, [inbound])),
		further('repeat_callers', distinct(caller, [inbound, repeated])),
		further('repeat_calls', repeatCalls),
		further('repeat_call_percent', ratio(repeatCalls, inboundCalls, 100)),
		further('peak_concurrent_calls', peak('calls', { start: instantOf('start_time'), end: instantOf('end_time') })),
		further('mos_average', ratio(sum(column('mos'), [scored]), scoredCalls)),
		further('mos_calls', scoredCalls),
		further('recordings', count([isThere('recording_url')])),
		further('termination_causes', tallyOf('termination_cause')),
	];
}

function isAboveNothing(name: string): Condition {
	const { read } = column(name);
	return condition(`${name} is above 0`, (row) => (read(row) ?? 0) > 0);
}

/** Average, median, 90th percentile and longest of a time. */
function times(name: string, time: Figure, where: readonly Condition[]): Measure[] {
	const lengths = histogram(time, where);
	const mean = average(time, where);
	return [
		name === 'speed_of_answer' ? usual(`${name}_average`, mean) : further(`${name}_average`, mean),
		further(`${name}_median`, percentile(lengths, 0.5)),
		further(`${name}_p90`, percentile(lengths, 0.9)),
		further(`${name}_max`, longest(time, where)),
	];
}

function instantOf(name: string): Figure {
	return figure(name, (row) => offsetInstantIn(row[name]));
}

/**
 * The figures of summaries and the follow-ups, worked out a second time. Everything is counted by looking at all records
 * again and again, straight from the definitions, and nothing comes from `nodes/`: it would not notice a mistake that it shared.
 */
import { answersOf, cutByQuarters, digitsKey, distinct, holdsTime, instantOf, isAnswered, isBlank, isKnown, isoIn, itemsOf, msUntil, numberIn, numberOf, percent, phoneKey, ratio, rounded, sumOf, tagsOf, tally, timeFigures, total, type Answer, type Row } from './figureTruthBasics.ts';

export { periodsIn, type Row } from './figureTruthBasics.ts';

export interface Asked {
	groupBy: readonly string[];
	/** IANA zone of the workflow. */
	zone: string;
	/** Where the range ends, as ISO 8601 text. */
	end: string;
	serviceLevelSeconds?: number;
	serviceLevelFormula?: string;
	shortAbandonSeconds?: number;
}

type Rules = Pick<Asked, 'serviceLevelSeconds' | 'serviceLevelFormula' | 'shortAbandonSeconds'>;

const longestSpreadMs = 7 * 86_400_000;
const repeatMs = 7 * 86_400_000;

/** Calls of a number that had called in before, up to seven days earlier. */
function repeatsAmong(calls: readonly Row[]): Set<Row> {
	const known = calls
		.filter(({ direction, caller, start_time: start }) => direction === 'in' && digitsKey(caller) !== null && isKnown(instantOf(start)))
		.map((call) => ({ call, key: digitsKey(call.caller), at: instantOf(call.start_time) }))
		.sort((one, other) => one.at - other.at);
	return new Set(known.filter(({ key, at }, n) => known.some((other, m) => m < n && other.key === key && at - other.at <= repeatMs)).map(({ call }) => call));
}

function peakCalls(calls: readonly Row[]): number {
	const spans = calls.map((call) => ({ from: instantOf(call.start_time), to: isKnown(instantOf(call.end_time)) ? instantOf(call.end_time) : Infinity })).filter(({ from, to }) => to > from);
	return Math.max(0, ...spans.map(({ from: at }) => spans.filter(({ from, to }) => from <= at && at < to).length));
}

function callFigures(calls: readonly Row[], repeats: ReadonlySet<Row>, { serviceLevelSeconds = 20, serviceLevelFormula = 'withoutAbandons', shortAbandonSeconds = 5 }: Rules): Row {
	const [inbound, outbound] = ['in', 'out'].map((direction) => calls.filter((call) => call.direction === direction));
	const answered = calls.filter(isAnswered);
	const waits = inbound.filter(isAnswered).map((call) => msUntil(call, 'answer_time')).filter(isKnown);
	const leaves = inbound.filter((call) => !isAnswered(call)).map((call) => msUntil(call, 'end_time')).filter(isKnown);
	const abandons = leaves.filter((ms) => ms >= shortAbandonSeconds * 1000);
	const inTime = (times: readonly number[]): number => times.filter((ms) => ms <= serviceLevelSeconds * 1000).length;
	const [level, base] = {
		withoutAbandons: [inTime(waits), inbound.length - inTime(leaves)],
		abandonsAgainst: [inTime(waits), inbound.length],
		abandonsFor: [inTime(waits) + inTime(leaves), inbound.length],
	}[serviceLevelFormula] as [number, number];
	const repeated = inbound.filter((call) => repeats.has(call));
	const held = answered.filter((call) => numberIn(call, 'hold_duration') > 0).length;
	const scores = calls.map(({ mos }) => numberOf(mos)).filter((mos) => mos > 0);
	return {
		calls: calls.length,
		inbound: inbound.length,
		inbound_answered: inbound.filter(isAnswered).length,
		answer_rate_percent: percent(inbound.filter(isAnswered).length, inbound.length),
		inbound_abandoned: abandons.length,
		inbound_short_abandoned: leaves.length - abandons.length,
		abandon_rate_percent: percent(abandons.length, inbound.length - (leaves.length - abandons.length)),
		service_level_percent: percent(level, base),
		service_level_calls: inTime(waits),
		...timeFigures('speed_of_answer', waits),
		...timeFigures('time_to_abandon', abandons),
		outbound: outbound.length,
		outbound_connected: outbound.filter(isAnswered).length,
		connect_rate_percent: percent(outbound.filter(isAnswered).length, outbound.length),
		talk_time_total: sumOf(answered, 'duration'),
		talk_time_average: ratio(sumOf(answered, 'duration'), answered.length),
		hold_time_total: sumOf(answered, 'hold_duration'),
		hold_time_average: ratio(sumOf(answered, 'hold_duration'), answered.length),
		held_calls: held,
		held_percent: percent(held, answered.length),
		conference_time_total: sumOf(calls, 'conference_duration'),
		unique_callers: distinct(inbound.map(({ caller }) => phoneKey(caller))).length,
		repeat_callers: distinct(repeated.map(({ caller }) => phoneKey(caller))).length,
		repeat_calls: repeated.length,
		repeat_call_percent: percent(repeated.length, inbound.length),
		peak_concurrent_calls: peakCalls(calls),
		mos_average: ratio(total(scores), scores.length),
		mos_calls: scores.length,
		recordings: calls.filter(({ recording_url: url }) => !isBlank(url)).length,
		termination_causes: tally(calls.map(({ termination_cause: cause }) => cause)),
	};
}

/** A session where it began, or a part of one where it was there. */
interface Part {
	session: Row;
	isStart: boolean;
	from: number;
	to: number;
	seconds: number;
}

function partsOf(session: Row, { groupBy, end: rangeEnd }: Asked): Part[] {
	const from = instantOf(session.start_time);
	const seconds = numberIn(session, 'session_duration');
	const to = [instantOf(session.end_time), from + seconds * 1000, Date.parse(rangeEnd)].find(isKnown) as number;
	const start = { session, isStart: true, from, to: from, seconds: 0 };
	const whole = { session, isStart: false, from, to, seconds };
	if (!holdsTime(groupBy) || !(to > from) || to - from > longestSpreadMs) return [start, whole];
	return [start, ...cutByQuarters(from, to).map((cut) => ({ ...whole, ...cut, seconds: (seconds * (cut.to - cut.from)) / (to - from) }))];
}

function sessionFigures(parts: readonly Part[], zone: string): Row {
	const started = parts.filter(({ isStart }) => isStart).map(({ session }) => session);
	const there = parts.filter(({ isStart }) => !isStart);
	const present = there.filter(({ from, to }) => to > from);
	const agentsOf = (some: readonly Part[]): number => distinct(some.map(({ session }) => session.user_system_id)).length;
	const instants = (field: string): number[] => started.map((session) => instantOf(session[field])).filter(isKnown);
	const [logins, logouts] = [instants('start_time'), instants('end_time')];
	const durations = started.map((session) => numberIn(session, 'session_duration')).filter(isKnown);
	return {
		sessions: started.length,
		agents: agentsOf(there),
		session_time_total: rounded(total(there.map(({ seconds }) => seconds))),
		session_time_average: ratio(total(durations), durations.length),
		peak_agents: Math.max(0, ...[...new Set(present.map(({ from }) => from))].map((at) => agentsOf(present.filter(({ from, to }) => from <= at && at < to)))),
		first_login: logins.length === 0 ? null : isoIn(Math.min(...logins), zone),
		last_logout: logouts.length === 0 ? null : isoIn(Math.max(...logouts), zone),
		logout_reasons: tally(started.map(({ logout_reason: reason }) => reason)),
	};
}

const questionKey = ({ question_number: number, question }: Answer): string => JSON.stringify([number, question]);

type Scales = ReadonlyMap<string, 5 | 10 | null>;

/** The scale of each question: the first of 1–5 and 0–10 that all but a tenth of its ratings lie on. */
function scalesAmong(answers: readonly Answer[]): Scales {
	const keys = distinct(answers.map(questionKey));
	return new Map(
		keys.map((key) => {
			const ratings = answers.filter((answer) => questionKey(answer) === key && isKnown(answer.rating)).map(({ rating }) => rating);
			const beyond = (least: number, most: number): number => ratings.filter((rating) => rating < least || rating > most).length / ratings.length;
			const fits = ([least, most]: readonly [number, number]): boolean => ratings.length === 0 || beyond(least, most) <= 0.1;
			return [key, fits([1, 5]) ? 5 : fits([0, 10]) ? 10 : null];
		}),
	);
}

function answerFigures(answers: readonly Answer[], scales: Scales): Row {
	const ratings = answers.filter(({ rating }) => isKnown(rating));
	const fives = ratings.filter((answer) => scales.get(questionKey(answer)) === 5);
	const tens = ratings.filter((answer) => scales.get(questionKey(answer)) === 10);
	const count = (some: readonly Answer[], ...wanted: number[]): number => some.filter(({ rating }) => wanted.includes(rating)).length;
	const ofTen = count(tens, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
	const given = answers.filter(({ isGiven }) => isGiven).length;
	return {
		answers: given,
		ratings: ratings.length,
		rating_average: ratio(total(ratings.map(({ rating }) => rating)), ratings.length),
		csat_percent: percent(count(fives, 4, 5), count(fives, 1, 2, 3, 4, 5)),
		bottom_two_percent: percent(count(fives, 1, 2), count(fives, 1, 2, 3, 4, 5)),
		nps: percent(count(tens, 9, 10) - count(tens, 0, 1, 2, 3, 4, 5, 6), ofTen),
		asked: answers.length,
		answered_percent: percent(given, answers.length),
		...Object.fromEntries([1, 2, 3, 4, 5].map((rating) => [`rating_${rating}`, count(fives, rating)])),
	};
}

function csatFigures(records: readonly Row[], scales: Scales): Row {
	const answers = records.flatMap(answersOf);
	const afterCall = records.map((record) => numberIn(record, 'acw_duration')).filter(isKnown);
	const questions = [...new Map(answers.map((answer) => [questionKey(answer), answer])).values()].sort(
		(one, other) => (one.question_number ?? Infinity) - (other.question_number ?? Infinity) || Number(one.question === null) - Number(other.question === null) || (String(one.question) < String(other.question) ? -1 : 1),
	);
	return {
		conversations: records.length,
		...answerFigures(answers, scales),
		acw_average: ratio(total(afterCall), afterCall.length),
		tags: tally(records.flatMap(tagsOf)),
		questions: questions.map(({ question_number, question, ...rest }) => {
			const key = questionKey({ question_number, question, ...rest });
			return { question_number, question, ...answerFigures(answers.filter((answer) => questionKey(answer) === key), scales) };
		}),
	};
}

function productivityFigures(rows: readonly Row[]): Row {
	const handled = rows.map((row) => ({ ...row, both: total([numberOf(row.inbound_conversations), numberOf(row.outbound_conversations)]), handling: numberIn(row, 'acd') + numberIn(row, 'acw') }));
	const weighted = (field: string, weight: string): number => total(handled.map((row: Row) => numberIn(row, field) * numberOf(row[weight])));
	const average = (field: string, weight = 'both'): unknown => ratio(weighted(field, weight), sumOf(handled.filter((row: Row) => isKnown(numberIn(row, field))), weight));
	const [session, away, conversations] = ['session_duration', 'away_time', 'both'].map((field) => sumOf(handled, field));
	return {
		agents: distinct(rows.map(({ _id }) => _id)).length,
		session_time_total: session,
		away_time_total: away,
		conversations,
		inbound_conversations: sumOf(rows, 'inbound_conversations'),
		outbound_conversations: sumOf(rows, 'outbound_conversations'),
		handling_time_average: average('handling'),
		talk_time_average: average('acd'),
		acw_average: average('acw'),
		asa_average: average('asa', 'inbound_conversations'),
		hold_time_average: average('avg_hold_time'),
		ring_time_average: average('avg_ring_duration'),
		occupancy_percent: percent(weighted('handling', 'both'), session - away),
		away_percent: percent(away, session),
		conversations_per_hour: ratio(conversations * 3600, session),
	};
}

/** The items that a summary must give. Rows of productivity come with the start of the period that they were asked for. */
export const summaryTruth = {
	calls: (calls: readonly Row[], asked: Asked): Row[] => {
		const repeats = repeatsAmong(calls);
		return itemsOf(calls.map((call) => ({ member: call, record: call, at: instantOf(call.start_time) })), asked, (members) => callFigures(members, repeats, asked));
	},
	sessions: (sessions: readonly Row[], asked: Asked): Row[] => {
		const parts = sessions.flatMap((session) => partsOf(session, asked));
		return itemsOf(parts.map((part) => ({ member: part, record: part.session, at: part.from })), asked, (members) => sessionFigures(members, asked.zone));
	},
	csat: (records: readonly Row[], asked: Asked): Row[] => {
		const scales = scalesAmong(records.flatMap(answersOf));
		return itemsOf(records.map((record) => ({ member: record, record, at: instantOf(record.start_time) })), asked, (members) => csatFigures(members, scales));
	},
	productivity: (rows: ReadonlyArray<{ row: Row; at: number }>, asked: Asked): Row[] =>
		itemsOf(rows.map(({ row, at }) => ({ member: row, record: row, at })), asked, productivityFigures),
};

/** Every figure of each report. */
export const metricNames = {
	calls: Object.keys(callFigures([], new Set(), {})),
	sessions: Object.keys(sessionFigures([], 'UTC')),
	csat: Object.keys(csatFigures([], new Map())),
	productivity: Object.keys(productivityFigures([])),
};

/** The items of the output 'Follow-Ups'. `firstMissedBy`, in ms since 1970: who was first missed later is left out. */
export function followUpTruth(calls: readonly Row[], { zone, shortAbandonSeconds = 5, firstMissedBy = Infinity }: { zone: string; shortAbandonSeconds?: number; firstMissedBy?: number }): Row[] {
	const startOf = (call: Row): number => instantOf(call.start_time);
	const customerOf = ({ direction, caller, callee }: Row): string | null => digitsKey(direction === 'in' ? caller : direction === 'out' ? callee : null);
	const owed = distinct(calls.map(customerOf)).map((key) => {
		const own = calls.filter((call) => customerOf(call) === key && isKnown(startOf(call))).sort((one, other) => startOf(one) - startOf(other));
		const reached = Math.max(...own.filter(isAnswered).map(startOf).filter(isKnown));
		const missed = own.filter((call) => call.direction === 'in' && !isAnswered(call) && msUntil(call, 'end_time') >= shortAbandonSeconds * 1000 && startOf(call) > reached);
		return { key, missed, at: missed.length === 0 ? NaN : startOf(missed[0]), last: missed[missed.length - 1] };
	});
	return owed
		.filter(({ key, at }) => key.length >= 7 && at <= firstMissedBy)
		.sort((one, other) => other.missed.length - one.missed.length || one.at - other.at || (String(one.last.caller) < String(other.last.caller) ? -1 : 1))
		.map(({ missed, at, last }) => ({
			phone_number: String(last.caller),
			missed_calls: missed.length,
			first_missed: isoIn(at, zone),
			last_missed: isoIn(startOf(last), zone),
			longest_wait: rounded(Math.max(...missed.map((call) => msUntil(call, 'end_time'))) / 1000),
			teams: distinct(missed.map(({ team_name: team }) => team)).sort(),
			agents: distinct(missed.map(({ user_display_name: agent }) => agent)).sort(),
			last_call_id: last._id,
		}));
}

import { idOf, isAnswered, isInbound, isPhoneNumber, phoneKeyOf, type ReportRecord } from '../reports';
import { createIsoText } from './calendar';
import { instantIn } from './instants';
import type { OutputPlan, Row, Shape } from './plan';
import { missedBy } from './summary';
import { textIn } from './summary/measure';

/** What has fewer digits is an extension. */
const leastDigits = 7;
/** Most names kept for one number. */
const mostNames = 20;

/** A number to call back. */
interface Owed {
	/** As the caller's last missed call has it. */
	number: string;
	missed: number;
	/** Ms since 1970. */
	first: number;
	last: number;
	/** Seconds. */
	longestWait: number;
	teams: readonly string[];
	agents: readonly string[];
	lastId: string | null;
}

/** The numbers to call back, as calls come in the order of their times. */
export interface FollowUps {
	take(record: ReportRecord): void;
	/** Most urgent first: who tried most often, and of these who was missed first. Once. */
	owed(): Row[];
	/** Missed calls of callers whom nobody can call back. */
	readonly unreachable: number;
}

type FollowUpPlan = Pick<OutputPlan, 'report' | 'thresholds' | 'timezone' | 'range' | 'isWanted' | 'followUpsUntil'>;

/**
 * Numbers whose inbound calls nobody answered, and with which no answered call, either way, came later. Memory grows with the
 * numbers that still wait, not with calls: an answered call removes its number.
 */
export function gatherFollowUps({ report, thresholds, timezone, range, isWanted, followUpsUntil }: FollowUpPlan): FollowUps {
	const owed = new Map<number, Owed>();
	const answers = createAnswers();
	const { isAbandoned, waited } = missedBy(thresholds);
	const listOf = createNames();
	const isoText = createIsoText(timezone);
	let unreachable = 0;

	function miss(record: ReportRecord, start: number): void {
		const key = keyOf(record.caller);
		if (key === null) {
			unreachable += 1;
			return;
		}
		if (answers.isAfter(key, start)) return;
		const before = owed.get(key);
		const wait = waited(record) ?? 0;
		const [team, agent] = [record.team_name, record.user_display_name].map(textIn);
		owed.set(key, {
			number: String(record.caller),
			missed: (before?.missed ?? 0) + 1,
			first: before?.first ?? start,
			last: start,
			longestWait: Math.max(before?.longestWait ?? 0, wait),
			teams: listOf(before?.teams, team),
			agents: listOf(before?.agents, agent),
			lastId: idOf(record, report),
		});
	}

	return {
		take(record) {
			const start = instantIn(record.start_time);
			if (isAnswered(record)) {
				const key = keyOf(isInbound(record) ? record.caller : record.callee);
				if (key === null) return;
				owed.delete(key);
				answers.add(key, { start, answer: instantIn(record.answer_time) });
			} else if (start !== null && start <= range.end && isAbandoned(record) && isWanted(record)) miss(record, start);
		},
		owed() {
			const sorted: Array<Owed | null> = [...owed.values()].filter(({ first }) => first <= followUpsUntil).sort(mostUrgentFirst);
			owed.clear();
			// Releases each entry once its row exists, so that the list isn't in memory twice.
			return sorted.map((one, at) => {
				sorted[at] = null;
				return rowOf(one as Owed, (instant) => isoText(new Date(instant).toISOString()));
			});
		},
		get unreachable() {
			return unreachable;
		},
	};
}

/**
 * Calls are listed by their start, so one that was answered late comes before another that was missed while it rang. An answer is forgotten once
 * calls start after it.
 */
function createAnswers(): { add(key: number, call: { start: number | null; answer: number | null }): void; isAfter(key: number, instant: number): boolean } {
	const answers = new Map<number, number>();
	let most = 1000;
	return {
		add(key, { start, answer }) {
			if (start === null || answer === null || answer <= start) return;
			answers.set(key, answer);
			if (answers.size < most) return;
			for (const [other, at] of answers) if (at <= start) answers.delete(other);
			most = Math.max(most, 2 * answers.size);
		},
		isAfter: (key, instant) => (answers.get(key) ?? -Infinity) > instant,
	};
}

/** Identifies a callable number, as an integer: it takes less memory than text. Null for an extension, a name or nothing. */
function keyOf(value: unknown): number | null {
	const key = phoneKeyOf(value);
	// The digit in front keeps leading zeros apart.
	return key !== null && key.length >= leastDigits && isPhoneNumber(value) ? Number(`1${key}`) : null;
}

function mostUrgentFirst(a: Owed, b: Owed): number {
	return b.missed - a.missed || a.first - b.first || (a.number < b.number ? -1 : 1);
}

const columns = ['phone_number', 'missed_calls', 'first_missed', 'last_missed', 'longest_wait', 'teams', 'agents', 'last_call_id'] as const;

function rowOf({ number, missed, first, last, longestWait, teams, agents, lastId }: Owed, isoText: (instant: number) => unknown): Row {
	const firstMissed = isoText(first);
	// Whoever tried once has one text for both: there may be hundreds of thousands.
	const row: { [Column in (typeof columns)[number]]: unknown } = {
		phone_number: number,
		missed_calls: missed,
		first_missed: firstMissed,
		last_missed: first === last ? firstMissed : isoText(last),
		longest_wait: Math.round(longestWait * 100) / 100,
		teams,
		agents,
		last_call_id: lastId,
	};
	return row;
}

/** Adds a name to a list of names; lists of one name are shared, so that hundreds of thousands of numbers need few of them. */
function createNames(): (names: readonly string[] | undefined, name: string | null) => readonly string[] {
	const none: readonly string[] = [];
	const single = new Map<string, readonly string[]>();
	return (names = none, name) => {
		if (name === null || names.includes(name) || names.length >= mostNames) return names;
		if (names.length > 0) return [...names, name].sort();
		const known = single.get(name) ?? [name];
		single.set(name, known);
		return known;
	};
}

/** The follow-ups as an output. */
export function createFollowUps(plan: OutputPlan): Shape {
	const followUps = gatherFollowUps(plan);
	return {
		columns,
		take(rows) {
			for (const row of rows) followUps.take(row);
			return [];
		},
		finish: () => followUps.owed(),
		notes() {
			const { unreachable } = followUps;
			if (unreachable === 0) return [];
			return [unreachable === 1 ? "1 missed call came from a withheld or internal number. It can't be called back, so it isn't listed." : `${unreachable.toLocaleString('en')} missed calls came from withheld or internal numbers. They can't be called back, so they aren't listed.`];
		},
	};
}

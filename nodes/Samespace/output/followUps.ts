import { idOf, isAnswered, isInbound, isPhoneNumber, phoneKeyOf, type ReportRecord } from '../reports';
import { createIsoText } from './calendar';
import { offsetInstantIn } from './instants';
import type { OutputPlan, Row, Shape } from './plan';
import { missedBy } from './summary';
import { textIn } from './summary/measures/measure';
import { Numbers } from './summary/measures/numbers';

/** What has fewer digits is an extension. */
const leastDigits = 7;
/** Most names kept for one number. */
const mostNames = 20;

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
	const waiting = new Waiting();
	const answers = createAnswers();
	const { isAbandoned, waited } = missedBy(thresholds);
	const isoText = createIsoText(timezone);
	let unreachable = 0;

	function miss(record: ReportRecord, start: number): void {
		const key = keyOf(record.caller);
		if (key === null) unreachable += 1;
		else if (!answers.isAfter(key, start)) waiting.miss(key, record, { start, wait: waited(record) ?? 0, id: idOf(record, report) });
	}

	return {
		take(record) {
			const start = offsetInstantIn(record.start_time);
			if (isAnswered(record)) {
				const key = keyOf(isInbound(record) ? record.caller : record.callee);
				if (key === null) return;
				waiting.answer(key);
				answers.add(key, { start, answer: offsetInstantIn(record.answer_time) });
			} else if (start !== null && start <= range.end && isAbandoned(record) && isWanted(record)) miss(record, start);
		},
		owed: () => waiting.rows(followUpsUntil, (instant) => isoText(new Date(instant).toISOString())),
		get unreachable() {
			return unreachable;
		},
	};
}

/** The numbers that wait for a call. Each fact has an array of its own: hundreds of thousands of objects would keep the garbage collector busy. */
class Waiting {
	private readonly slots = new Map<number, number>();

	private readonly free: number[] = [];

	/** As the caller's last missed call has it. */
	private readonly numbers: string[] = [];

	private readonly lastIds: Array<string | null> = [];

	private readonly teams: Array<readonly string[]> = [];

	private readonly agents: Array<readonly string[]> = [];

	private readonly missed = new Numbers();

	/** Ms since 1970. */
	private readonly first = new Numbers();

	private readonly last = new Numbers();

	/** Seconds. */
	private readonly longestWait = new Numbers();

	private readonly listOf = createNames();

	miss(key: number, { caller, team_name: team, user_display_name: agent }: ReportRecord, { start, wait, id }: { start: number; wait: number; id: string | null }): void {
		const slot = this.slots.get(key) ?? this.begin(key, start);
		this.numbers[slot] = String(caller);
		this.lastIds[slot] = id;
		this.teams[slot] = this.listOf(this.teams[slot], textIn(team));
		this.agents[slot] = this.listOf(this.agents[slot], textIn(agent));
		this.missed.add(slot, 1);
		this.last.set(slot, start);
		this.longestWait.set(slot, Math.max(this.longestWait.at(slot), wait));
	}

	private begin(key: number, start: number): number {
		const slot = this.free.pop() ?? this.numbers.length;
		this.slots.set(key, slot);
		this.teams[slot] = none;
		this.agents[slot] = none;
		this.missed.set(slot, 0);
		this.first.set(slot, start);
		this.longestWait.set(slot, 0);
		return slot;
	}

	answer(key: number): void {
		const slot = this.slots.get(key);
		if (slot === undefined) return;
		this.slots.delete(key);
		this.free.push(slot);
	}

	/** Of those that were first missed up to an instant. Once. */
	rows(until: number, isoText: (instant: number) => unknown): Row[] {
		const { missed, first, numbers } = this;
		const slots = [...this.slots.values()].filter((slot) => first.at(slot) <= until);
		this.slots.clear();
		slots.sort((a, b) => missed.at(b) - missed.at(a) || first.at(a) - first.at(b) || (numbers[a] < numbers[b] ? -1 : 1));
		return slots.map((slot) => this.rowOf(slot, isoText));
	}

	private rowOf(slot: number, isoText: (instant: number) => unknown): Row {
		const [first, last] = [this.first.at(slot), this.last.at(slot)];
		const firstMissed = isoText(first);
		const row: { [Column in (typeof columns)[number]]: unknown } = {
			phone_number: this.numbers[slot],
			missed_calls: this.missed.at(slot),
			first_missed: firstMissed,
			// A number with one missed call uses the same text for both.
			last_missed: first === last ? firstMissed : isoText(last),
			longest_wait: Math.round(this.longestWait.at(slot) * 100) / 100,
			teams: this.teams[slot],
			agents: this.agents[slot],
			last_call_id: this.lastIds[slot],
		};
		return row;
	}
}

const columns = ['phone_number', 'missed_calls', 'first_missed', 'last_missed', 'longest_wait', 'teams', 'agents', 'last_call_id'] as const;

/**
 * The latest answer of each number. Calls are listed by their start, so one that was answered late comes before another that was missed while it rang. An answer is forgotten once
 * calls start after it.
 */
function createAnswers(): { add(key: number, call: { start: number | null; answer: number | null }): void; isAfter(key: number, instant: number): boolean } {
	const answers = new Map<number, number>();
	let most = 1000;
	return {
		add(key, { start, answer }) {
			if (start === null || answer === null || answer <= start) return;
			answers.set(key, Math.max(answer, answers.get(key) ?? -Infinity));
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

const none: readonly string[] = [];

/** Adds a name to a list of names; lists of one name are shared, so that hundreds of thousands of numbers need few of them. */
function createNames(): (names: readonly string[], name: string | null) => readonly string[] {
	const single = new Map<string, readonly string[]>();
	return (names, name) => {
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

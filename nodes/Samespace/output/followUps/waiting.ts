import type { ReportRecord } from '../../reports';
import type { Row } from '../plan';
import { takeInOrder } from '../summary/measures/heap';
import { textIn } from '../summary/measures/measure';
import { Numbers } from '../summary/measures/numbers';
import { Texts } from './texts';

/** Most names kept for one number. */
const mostNames = 20;

/** The numbers that wait for a call. Each fact has an array of its own: hundreds of thousands of objects would keep the garbage collector busy. */
export class Waiting {
	private readonly slots = new Map<number, number>();

	private readonly free: number[] = [];

	/** As the caller's last missed call has it. */
	private readonly numbers = new Texts();

	/** '' where a call has no id. */
	private readonly lastIds = new Texts();

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
		// A call that is longer than all before it may come late (U20).
		if (this.missed.at(slot) === 0 || start >= this.last.at(slot)) {
			this.numbers.set(slot, String(caller));
			this.lastIds.set(slot, id ?? '');
			this.last.set(slot, start);
		}
		this.first.set(slot, Math.min(this.first.at(slot), start));
		this.teams[slot] = this.listOf(this.teams[slot], textIn(team));
		this.agents[slot] = this.listOf(this.agents[slot], textIn(agent));
		this.missed.add(slot, 1);
		this.longestWait.set(slot, Math.max(this.longestWait.at(slot), wait));
	}

	private begin(key: number, start: number): number {
		const slot = this.free.pop() ?? this.teams.length;
		this.slots.set(key, slot);
		this.teams[slot] = none;
		this.agents[slot] = none;
		this.missed.set(slot, 0);
		this.first.set(slot, start);
		this.longestWait.set(slot, 0);
		return slot;
	}

	/** A call that was answered at an instant, or at an unknown one. */
	answer(key: number, at: number | null): void {
		const slot = this.slots.get(key);
		if (slot === undefined || (at !== null && at < this.last.at(slot))) return;
		this.slots.delete(key);
		this.free.push(slot);
	}

	/** Of those that were first missed up to an instant. Once. */
	owed(until: number, isoText: (instant: number) => unknown): { numbers: number; rows: Iterable<Row> } {
		const slots = [...this.slots.values()].filter((slot) => this.first.at(slot) <= until);
		this.slots.clear();
		return { numbers: slots.length, rows: this.rows(slots, isoText) };
	}

	private *rows(slots: number[], isoText: (instant: number) => unknown): Generator<Row> {
		const { missed, first, numbers } = this;
		const order = (one: number, other: number): number => missed.at(other) - missed.at(one) || first.at(one) - first.at(other) || (numbers.at(one) < numbers.at(other) ? -1 : 1);
		for (const slot of takeInOrder(slots, (one, other) => order(one, other) < 0)) yield this.rowOf(slot, isoText);
	}

	private rowOf(slot: number, isoText: (instant: number) => unknown): Row {
		const [first, last] = [this.first.at(slot), this.last.at(slot)];
		const firstMissed = isoText(first);
		const row: { [Column in (typeof columns)[number]]: unknown } = {
			phone_number: this.numbers.at(slot),
			missed_calls: this.missed.at(slot),
			first_missed: firstMissed,
			// A number with one missed call uses the same text for both.
			last_missed: first === last ? firstMissed : isoText(last),
			longest_wait: Math.round(this.longestWait.at(slot) * 100) / 100,
			teams: this.teams[slot],
			agents: this.agents[slot],
			last_call_id: this.lastIds.at(slot) || null,
		};
		return row;
	}
}

export const columns = ['phone_number', 'missed_calls', 'first_missed', 'last_missed', 'longest_wait', 'teams', 'agents', 'last_call_id'] as const;

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

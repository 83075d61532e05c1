import { indexIn } from './identifiers.ts';
import { firstIndexFrom } from './timeline.ts';
import type { Timeline } from './timeline.ts';

/** What every stored record has. */
export type Timed = { _id: string; start_time: string };

/** A run of records in time order, made on demand. */
export type Selection<T> = { length: number; at: (index: number) => T };

/** Generated records: when each starts, and how it is made. `firstIndexOf` maps an id's number to a record's index. */
export type Series<T> = { times: Timeline; make: (index: number) => T; indexOfId?: (carried: number) => number };

/** Milliseconds since 1970, and which ends belong to the window. */
export type TimeWindow = { fromMs: number; toMs: number; startInclusive: boolean; endInclusive: boolean };

const keptRecords = 20_000;

/** Generated records (computed, not kept) with added records merged in and removed ones left out, oldest first. */
export class RecordStore<T extends Timed> {
	private readonly series: Series<T>;
	private readonly kept: T[] = [];
	private readonly removed = new Set<number>();
	private added: T[] = [];
	private changes = 0;

	constructor(series: Series<T>, added: T[]) {
		this.series = series;
		this.added = [...added].sort((a, b) => startOf(a) - startOf(b));
	}

	/** A text that is another one after every change. */
	get version(): string {
		return `${this.changes}/${this.series.times.count()}`;
	}

	/** Generated records keep the order of their index, added ones that of adding where times are equal. */
	add(record: T): void {
		this.changes++;
		const times = { length: this.added.length, at: (i: number) => startOf(this.added[i] as T) };
		this.added.splice(firstIndexFrom(times, startOf(record), true), 0, record);
	}

	/** Takes a record out and gives it back; undefined when there is none of that id. */
	remove(id: string): T | undefined {
		const found = this.find(id);
		if (found === undefined) return undefined;
		this.changes++;
		const index = this.indexOf(id);
		if (index === undefined) this.added = this.added.filter((record) => record !== found);
		else this.removed.add(index);
		return found;
	}

	find(id: string): T | undefined {
		const index = this.indexOf(id);
		return index === undefined ? this.added.find((record) => record._id === id) : this.make(index);
	}

	/** The generated record of an index that an id or uuid carries, unless it was removed. */
	byCarriedIndex(carried: number): T | undefined {
		const index = this.series.indexOfId ? this.series.indexOfId(carried) : carried;
		const exists = Number.isInteger(index) && index >= 0 && index < this.series.times.count();
		return exists && !this.removed.has(index) ? this.make(index) : undefined;
	}

	/** How many records there are. */
	get size(): number {
		return this.series.times.count() - this.removed.size + this.added.length;
	}

	get addedRecords(): readonly T[] {
		return this.added;
	}

	/** Every record. */
	all(): Selection<T> {
		return this.window({ fromMs: -Infinity, toMs: Infinity, startInclusive: true, endInclusive: true });
	}

	/** The records that start in the window. */
	window({ fromMs, toMs, startInclusive, endInclusive }: TimeWindow): Selection<T> {
		const { times } = this.series;
		const generated = { length: times.count(), at: times.at };
		const added = { length: this.added.length, at: (i: number) => startOf(this.added[i] as T) };
		const from = firstIndexFrom(generated, fromMs, !startInclusive);
		const to = Math.max(from, firstIndexFrom(generated, toMs, endInclusive));
		const addedFrom = firstIndexFrom(added, fromMs, !startInclusive);
		const addedTo = Math.max(addedFrom, firstIndexFrom(added, toMs, endInclusive));
		const inWindow = this.added.slice(addedFrom, addedTo);
		const allThere = ![...this.removed].some((index) => index >= from && index < to);
		return allThere ? this.withAdded(from, to, inWindow) : this.merge(from, to, inWindow);
	}

	/** A run of generated records with added ones among them. It costs nothing for the generated ones, however many. */
	private withAdded(from: number, to: number, added: T[]): Selection<T> {
		if (added.length === 0) return { length: to - from, at: (i) => this.make(from + i) };
		const { times } = this.series;
		const generated = { length: times.count(), at: times.at };
		const indexOfAdded = added.map((record, before) => firstIndexFrom(generated, startOf(record), true) - from + before);
		const indices = { length: indexOfAdded.length, at: (i: number) => indexOfAdded[i] as number };
		return {
			length: to - from + added.length,
			at: (i) => {
				const before = firstIndexFrom(indices, i);
				return indexOfAdded[before] === i ? (added[before] as T) : this.make(from + i - before);
			},
		};
	}

	private merge(from: number, to: number, added: T[]): Selection<T> {
		const merged: Array<number | T> = [];
		let next = 0;
		for (let index = from; index < to; index++) {
			if (this.removed.has(index)) continue;
			const time = this.series.times.at(index);
			while (next < added.length && startOf(added[next] as T) < time) merged.push(added[next++] as T);
			merged.push(index);
		}
		while (next < added.length) merged.push(added[next++] as T);
		return {
			length: merged.length,
			at: (i) => {
				const entry = merged[i] as number | T;
				return typeof entry === 'number' ? this.make(entry) : entry;
			},
		};
	}

	private indexOf(id: string): number | undefined {
		const carried = indexIn(id);
		const index = this.series.indexOfId ? this.series.indexOfId(carried) : carried;
		return this.byCarriedIndex(carried)?._id === id ? index : undefined;
	}

	private make(index: number): T {
		if (index >= keptRecords) return this.series.make(index);
		return (this.kept[index] ??= this.series.make(index));
	}
}

function startOf(record: Timed): number {
	return Date.parse(record.start_time);
}

import type { Row } from '../../plan';
import { createHeap } from './heap';
import type { Amount, Figure } from './measure';
import { Numbers } from './numbers';

interface Stretch {
	start: number;
	end: number;
	cell: number;
	who: string | null;
}

interface Span {
	/** Ms since 1970. */
	start: Figure;
	/** Ms since 1970; a row without one has not ended. */
	end: Figure;
	/** Several rows of one at the same time count once; without this, each row counts. */
	who?(row: Row): string | null;
}

/**
 * The most rows in progress at the same time, for each cell. Rows come in the order of their starts, so what has ended is forgotten:
 * memory grows with what happens at the same time, not with the rows.
 */
export function peak(says: string, { start, end, who = () => null }: Span): Amount<number> {
	return {
		says: `most ${says} at once`,
		begin() {
			const counts = new Numbers();
			const most = new Numbers();
			const people = new Map<string, number>();
			const under = createHeap<Stretch>((one, other) => one.end < other.end);
			// A part of a row begins later than the row, and later than the rows that follow it.
			const coming = createHeap<Stretch>((one, other) => one.start < other.start);

			const change = ({ cell, who: name }: Stretch, by: 1 | -1): void => {
				if (name !== null && !isFirstOrLast(people, `${cell} ${name}`, by)) return;
				counts.add(cell, by);
				if (counts.at(cell) > most.at(cell)) most.set(cell, counts.at(cell));
			};
			const open = (stretch: Stretch): void => {
				for (let first = under.peek(); first !== undefined && first.end <= stretch.start; first = under.peek()) {
					change(first, -1);
					under.pop();
				}
				change(stretch, 1);
				if (stretch.end < Infinity) under.push(stretch);
			};
			const openUntil = (instant: number): void => {
				for (let first = coming.peek(); first !== undefined && first.start <= instant; first = coming.peek()) {
					coming.pop();
					open(first);
				}
			};
			return {
				add(row, cell, whole) {
					const from = start.read(row);
					const to = end.read(row) ?? Infinity;
					if (from === null || to <= from) return;
					const begun = whole === row ? from : start.read(whole);
					openUntil(begun ?? from);
					const stretch = { start: from, end: to, cell, who: who(row) };
					if (begun === null || from <= begun) open(stretch);
					else coming.push(stretch);
				},
				value(cell) {
					openUntil(Infinity);
					return most.at(cell);
				},
			};
		},
	};
}

/** Whether the first one of somebody comes, or the last one goes. */
function isFirstOrLast(people: Map<string, number>, name: string, by: 1 | -1): boolean {
	const before = people.get(name) ?? 0;
	if (before + by === 0) people.delete(name);
	else people.set(name, before + by);
	return by === 1 ? before === 0 : before === 1;
}

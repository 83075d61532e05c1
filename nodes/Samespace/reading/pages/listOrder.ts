import { endOf, type Order } from '../query';
import type { Row } from './row';

/** So many rows at different times show an order: by chance one in 200,000 would. */
export const tellingSteps = 8;

/** Whether times only rise, or only fall. */
interface Course {
	oldestFirst: boolean;
	newestFirst: boolean;
	last: number;
	/** How often the time changed. */
	steps: number;
}

/** The order in which an API lists rows: it may be that of their starts (U8) or that of their ends (U20), either way, or none. */
export class ListOrder {
	private readonly starts = newCourse();

	private readonly ends = newCourse();

	/** Takes note of the next row. @param time null: it cannot be placed, so nothing is in order any more */
	note(time: number | null, end: number | null): void {
		if (time === null) {
			this.starts.oldestFirst = false;
			this.starts.newestFirst = false;
			return;
		}
		follow(this.starts, time);
		if (end !== null) follow(this.ends, end);
	}

	/** When the last row lies in time. */
	get lastTime(): number {
		return this.starts.last;
	}

	/** Whether the rows came in this order by their time, as far as that shows. */
	isByStart(order: Order): boolean {
		return this.starts.steps >= tellingSteps && this.starts[order];
	}

	/** Whether the rows came in this order by their end, as far as that shows. */
	isByEnd(order: Order): boolean {
		return this.ends.steps >= tellingSteps && this.ends[order];
	}

	/**
	 * Up to which instant, or down to which, all rows have come, as far as their order shows; null where it shows nothing. An API that seems to
	 * list by when records end may list a long one later than one that started after it.
	 *
	 * @param overlapMs how long a record may be
	 */
	edge(overlapMs: number): { order: Order; time: number } | null {
		const { starts, ends } = this;
		if (starts.steps < tellingSteps || starts.oldestFirst === starts.newestFirst || Number.isNaN(ends.last)) return null;
		const order = starts.oldestFirst ? 'oldestFirst' : 'newestFirst';
		if (!ends[order]) return { order, time: starts.last };
		return { order, time: order === 'oldestFirst' ? Math.min(starts.last, ends.last - overlapMs) : Math.max(starts.last, ends.last) };
	}

	/** Of the rows that came, those that no row still to come can precede in this order. Rows without an end are taken to be listed by their start. */
	settled(rows: readonly Row[], order: Order, overlapMs: number): readonly Row[] {
		const edge = Number.isNaN(this.ends.last) ? { time: this.starts.last } : this.edge(overlapMs);
		if (edge === null) return [];
		return rows.filter(({ time }) => time !== null && (order === 'oldestFirst' ? time <= edge.time : time >= edge.time));
	}

	/** Of the rows of a list's tail, those that no newer row can precede: in a list by end, all that began when the first had ended. */
	settledInTail(rows: readonly Row[], order: Order): readonly Row[] {
		const [first] = rows;
		if (first === undefined || order !== 'oldestFirst' || !this.isByEnd(order)) return rows;
		const ended = endOf(first.record) ?? Infinity;
		return rows.filter(({ time }) => time !== null && time >= ended);
	}
}

function newCourse(): Course {
	return { oldestFirst: true, newestFirst: true, last: NaN, steps: 0 };
}

function follow(course: Course, time: number): void {
	if (time < course.last) course.oldestFirst = false;
	if (time > course.last) course.newestFirst = false;
	if (time < course.last || time > course.last) course.steps += 1;
	course.last = time;
}

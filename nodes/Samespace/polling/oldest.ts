import type { ReportRecord } from '../reports';

/** News that has not been emitted. */
export interface NewRecord {
	record: ReportRecord;
	id: string;
	/** The time that its record is listed under, in ms since 1970; null if that can't be told. Such ones come first. */
	listedAt: number | null;
}

/** The oldest few of any number of newRecords, holding at most twice as many. The same find may come again. */
export class Oldest {
	/** When the oldest of those that did not fit is listed, in ms since 1970; Infinity if all fitted. */
	leftOutFrom = Infinity;

	private kept = new Map<string, NewRecord>();

	constructor(private readonly count: number) {}

	/** Whether there are as many as wanted. */
	get isFull(): boolean {
		return this.kept.size >= this.count;
	}

	add(find: NewRecord): void {
		if (timeOf(find) >= this.leftOutFrom) return;
		this.kept.set(find.id, find);
		if (this.kept.size >= 2 * this.count) this.inOrder();
	}

	/** The oldest, in the order of time. */
	inOrder(): NewRecord[] {
		const ordered = [...this.kept.values()].sort((a, b) => timeOf(a) - timeOf(b) || 0);
		if (ordered.length <= this.count) return ordered;
		this.leftOutFrom = timeOf(ordered[this.count]);
		ordered.length = this.count;
		this.kept = new Map(ordered.map((find) => [find.id, find]));
		return ordered;
	}
}

const timeOf = ({ listedAt }: NewRecord): number => listedAt ?? -Infinity;

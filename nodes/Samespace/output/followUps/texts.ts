import { Numbers } from '../summary/measures/numbers';

const firstBytes = 1024;

/** What is longer would leave too much room behind. */
const longestPacked = 100;

/**
 * A text for each cell of a table, '' where none was set. Short ASCII, as phone numbers and ids are, lies in one buffer: hundreds of
 * thousands of texts of their own would keep the garbage collector busy.
 */
export class Texts {
	private bytes = Buffer.alloc(firstBytes);

	private used = 0;

	private readonly from = new Numbers();

	private readonly rooms = new Numbers();

	private readonly lengths = new Numbers();

	/** What is long, or not ASCII. */
	private readonly others = new Map<number, string>();

	at(cell: number): string {
		const from = this.from.at(cell);
		return this.others.get(cell) ?? this.bytes.toString('latin1', from, from + this.lengths.at(cell));
	}

	set(cell: number, text: string): void {
		if (text.length <= longestPacked && Buffer.byteLength(text) === text.length) {
			this.others.delete(cell);
			this.write(cell, text);
		} else this.others.set(cell, text);
	}

	private write(cell: number, text: string): void {
		const room = this.rooms.at(cell);
		// Texts that get longer and longer leave no more room behind than they have.
		if (text.length > room) this.move(cell, Math.max(text.length, 2 * room));
		this.lengths.set(cell, text.length);
		this.bytes.write(text, this.from.at(cell), 'latin1');
	}

	private move(cell: number, room: number): void {
		this.from.set(cell, this.used);
		this.rooms.set(cell, room);
		this.used += room;
		if (this.used <= this.bytes.length) return;
		const larger = Buffer.alloc(2 * this.used);
		this.bytes.copy(larger);
		this.bytes = larger;
	}
}

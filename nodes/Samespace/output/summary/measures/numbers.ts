const firstLength = 4;

/** A number for each cell of a table, in 8 bytes: `empty` where none was set. */
export class Numbers {
	private values: Float64Array;

	constructor(private readonly empty = 0) {
		this.values = new Float64Array(firstLength).fill(empty);
	}

	at(cell: number): number {
		return cell < this.values.length ? this.values[cell] : this.empty;
	}

	set(cell: number, value: number): void {
		if (cell >= this.values.length) this.grow(cell);
		this.values[cell] = value;
	}

	add(cell: number, amount: number): void {
		this.set(cell, this.at(cell) + amount);
	}

	private grow(cell: number): void {
		const { values } = this;
		this.values = new Float64Array(Math.max(cell + 1, values.length * 2)).fill(this.empty, values.length);
		this.values.set(values);
	}
}

const { imul, floor } = Math;

/** Chance that can be repeated: the same seed gives the same numbers. (mulberry32) */
export class Chance {
	constructor(private state: number) {}

	/** From 0 up to 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let bits = imul(this.state ^ (this.state >>> 15), 1 | this.state);
		bits = (bits + imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
		return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number, both bounds included. */
	between(least: number, most: number): number {
		return least + floor(this.next() * (most - least + 1));
	}

	happens(probability: number): boolean {
		return this.next() < probability;
	}

	oneOf<Value>(values: readonly Value[]): Value {
		return values[this.between(0, values.length - 1)];
	}
}

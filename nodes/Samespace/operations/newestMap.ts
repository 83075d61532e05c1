/** A map of the entries that were set last, so many at most. */
export class NewestMap<Value> {
	private readonly entries = new Map<string, Value>();

	constructor(private readonly most: number) {}

	get(name: string): Value | undefined {
		return this.entries.get(name);
	}

	set(name: string, value: Value): void {
		this.entries.delete(name);
		this.entries.set(name, value);
		if (this.entries.size > this.most) this.entries.delete(this.entries.keys().next().value as string);
	}

	delete(name: string): void {
		this.entries.delete(name);
	}
}

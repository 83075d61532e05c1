/** Returns the smallest item first. */
export interface Heap<Item> {
	push(item: Item): void;
	peek(): Item | undefined;
	pop(): Item | undefined;
}

/** A binary heap. */
export function createHeap<Item>(isBefore: (one: Item, other: Item) => boolean): Heap<Item> {
	const items: Item[] = [];

	function rise(at: number): void {
		const item = items[at];
		let hole = at;
		for (let parent = (hole - 1) >> 1; hole > 0 && isBefore(item, items[parent]); parent = (hole - 1) >> 1) {
			items[hole] = items[parent];
			hole = parent;
		}
		items[hole] = item;
	}

	function sink(): void {
		const item = items[0];
		let hole = 0;
		for (let child = 1; child < items.length; child = 2 * hole + 1) {
			if (child + 1 < items.length && isBefore(items[child + 1], items[child])) child += 1;
			if (!isBefore(items[child], item)) break;
			items[hole] = items[child];
			hole = child;
		}
		items[hole] = item;
	}

	return {
		push(item) {
			items.push(item);
			rise(items.length - 1);
		},
		peek: () => items[0],
		pop() {
			const first = items[0];
			const last = items.pop();
			if (items.length > 0 && last !== undefined) {
				items[0] = last;
				sink();
			}
			return first;
		},
	};
}

/** Returns the smallest item first. */
export interface Heap<Item> {
	push(item: Item): void;
	peek(): Item | undefined;
	pop(): Item | undefined;
}

/** A binary heap of some items, which it keeps in that array. */
export function createHeap<Item>(isBefore: (one: Item, other: Item) => boolean, items: Item[] = []): Heap<Item> {
	for (let at = (items.length >> 1) - 1; at >= 0; at -= 1) sink(at);

	function rise(at: number): void {
		const item = items[at];
		let hole = at;
		for (let parent = (hole - 1) >> 1; hole > 0 && isBefore(item, items[parent]); parent = (hole - 1) >> 1) {
			items[hole] = items[parent];
			hole = parent;
		}
		items[hole] = item;
	}

	function sink(from: number): void {
		const item = items[from];
		let hole = from;
		for (let child = 2 * from + 1; child < items.length; child = 2 * hole + 1) {
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
				sink(0);
			}
			return first;
		},
	};
}

/**
 * Takes items out of an array, in order, each when it is asked for: sorting hundreds of thousands at once would block everything else.
 *
 * @param isBefore of two items one must be before the other
 */
export function* takeInOrder<Item>(items: Item[], isBefore: (one: Item, other: Item) => boolean): Generator<Item> {
	const heap = createHeap(isBefore, items);
	while (items.length > 0) yield heap.pop() as Item;
}

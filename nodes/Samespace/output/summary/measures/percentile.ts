import { codes, Counts, type CodeCounts } from './counts';
import { holdAll, whereText, type Amount, type Condition, type Figure } from './measure';
import { Numbers } from './numbers';

/** Whole seconds with the number of rows that lasted so long. */
type Histogram = CodeCounts;

/** How long rows lasted, in whole seconds, rounded half up: memory grows with the different lengths, not with the rows. */
export function histogram(figure: Figure, where: readonly Condition[] = []): Amount<Histogram> {
	return {
		says: `${figure.says}${whereText(where)}`,
		begin() {
			const counts = new Counts();
			return {
				add(row, cell) {
					const seconds = holdAll(where, row) ? figure.read(row) : null;
					if (seconds !== null) counts.add(cell, Math.min(Math.floor(seconds + 0.5), codes - 1));
				},
				value: (cell) => counts.of(cell),
			};
		},
	};
}

/** The smallest value that at least a share of the rows does not exceed; null over nothing. */
export function percentile(of: Amount<Histogram>, share: number): Amount<number | null> {
	return {
		says: `${share === 0.5 ? 'median' : `${share * 100}th percentile`} of ${of.says}`,
		begin(counterOf) {
			const counter = counterOf(of);
			return { value: (cell) => valueAt(counter.value(cell), share) };
		},
	};
}

function valueAt(entries: Histogram, share: number): number | null {
	const needed = entries.reduce((rows, [, count]) => rows + count, 0) * share;
	let rows = 0;
	for (const [seconds, count] of entries) {
		rows += count;
		if (rows >= needed) return seconds;
	}
	return null;
}

/** The largest of a figure; null over nothing. */
export function longest(figure: Figure, where: readonly Condition[] = []): Amount<number | null> {
	return { says: `largest ${figure.says}${whereText(where)}`, begin: () => extreme(figure, where, Math.max) };
}

/** The latest of an instant (ms since 1970), as `textOf` writes it; null over nothing. */
export function latest(figure: Figure, textOf: (instant: number) => string): Amount<string | null> {
	return { says: `latest ${figure.says}`, begin: () => asText(extreme(figure, [], Math.max), textOf) };
}

/** The earliest of an instant (ms since 1970), as `textOf` writes it; null over nothing. */
export function earliest(figure: Figure, textOf: (instant: number) => string): Amount<string | null> {
	return { says: `earliest ${figure.says}`, begin: () => asText(extreme(figure, [], Math.min), textOf) };
}

interface Extreme {
	add(row: { [column: string]: unknown }, cell: number): void;
	value(cell: number): number | null;
}

function extreme(figure: Figure, where: readonly Condition[], better: (a: number, b: number) => number): Extreme {
	const numbers = new Numbers(NaN);
	return {
		add(row, cell) {
			const value = holdAll(where, row) ? figure.read(row) : null;
			if (value === null) return;
			const known = numbers.at(cell);
			numbers.set(cell, Number.isNaN(known) ? value : better(known, value));
		},
		value(cell) {
			const value = numbers.at(cell);
			return Number.isNaN(value) ? null : value;
		},
	};
}

function asText({ add, value }: Extreme, textOf: (instant: number) => string): { add: Extreme['add']; value(cell: number): string | null } {
	return {
		add,
		value(cell) {
			const instant = value(cell);
			return instant === null ? null : textOf(instant);
		},
	};
}

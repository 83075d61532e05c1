/** One answer's total: what was asked, how many rows came, and whether these are all that there are. */
export type TotalSeen = { of: 'range' | 'part' | 'longAgo' | 'filter'; total: unknown; rows: number; all?: boolean };

/** What came of asking for the rows after those that `total` announced. */
export type Beyond = { skip: number; rows: number };

/** What `total` counts (U13, U17), as a sentence; undefined when there is nothing to judge by. */
export function judgeTotal(seen: readonly TotalSeen[], beyond: Beyond | undefined): string | undefined {
	const range = seen.filter((one) => one.of === 'range' && one.rows > 0);
	if (range.length === 0) return undefined;
	return notANumber(range) ?? ofThePage(range) ?? moving(range) ?? deafTo(seen, range) ?? compared(seen, range, beyond);
}

function notANumber(range: readonly TotalSeen[]): string | undefined {
	const totals = range.map(({ total }) => total);
	if (totals.every((total) => total === undefined)) return 'there is none';
	if (totals.every((total) => total === null)) return 'always null';
	if (totals.every((total) => typeof total === 'string')) {
		return totals.every((total) => /^\d+$/.test(total as string)) ? 'a number as text' : "text that isn't a number";
	}
	if (!totals.every((total) => typeof total === 'number')) return 'not a number in some answers';
	return totals.some((total) => (total as number) < 0) ? 'negative' : undefined;
}

function ofThePage(range: readonly TotalSeen[]): string | undefined {
	const sizes = new Set(range.map(({ rows }) => rows));
	return sizes.size > 1 && range.every(({ total, rows }) => total === rows) ? 'counts the rows of the page' : undefined;
}

function moving(range: readonly TotalSeen[]): string | undefined {
	const totals = range.map(numberOf);
	const last = totals.at(-1) as number;
	const settledFrom = totals.findIndex((total) => total === last);
	if (settledFrom <= 0 && totals.every((total) => total === last)) return undefined;
	const settles = settledFrom < totals.length - 1 && totals.slice(settledFrom).every((total) => total === last);
	const low = totals.slice(0, settledFrom).every((total) => total < 0.9 * last);
	return settles && low ? 'too low at first, then higher for the same question' : 'changes from request to request';
}

/** A total that is the same whatever is asked counts something else. */
function deafTo(seen: readonly TotalSeen[], range: readonly TotalSeen[]): string | undefined {
	const least = numberOf(range[0] as TotalSeen);
	const ignores = (of: TotalSeen['of']): boolean =>
		seen.some((one) => one.of === of && one.rows === 0 && typeof one.total === 'number' && one.total >= least && least > 0);
	if (ignores('longAgo')) return 'counts all rows, whatever the times and filters';
	return ignores('filter') ? 'counts the rows of the times, whatever the other filters' : undefined;
}

function compared(seen: readonly TotalSeen[], range: readonly TotalSeen[], beyond: Beyond | undefined): string | undefined {
	const total = numberOf(range[0] as TotalSeen);
	const most = Math.max(...range.map(({ rows }) => rows));
	const isLow = total < most || (beyond !== undefined && beyond.skip >= total && beyond.rows > 0);
	const counted = seen.find(({ of, all, rows }) => of === 'part' && all === true && rows > 0) ?? range.find(({ all }) => all);
	const difference = counted === undefined ? undefined : numberOf(counted) - counted.rows;
	if (difference !== undefined && difference > 0) return 'higher than the number of rows';
	if (difference !== undefined && difference < 0 && counted?.of === 'part') return 'lower than the number of rows';
	if (isLow) return difference === 0 ? `stops at ${cap(total)}` : 'lower than the number of rows';
	return difference === 0 ? 'the number of rows' : undefined;
}

function cap(total: number): string {
	return total % 10 === 0 ? total.toLocaleString('en') : 'a cap';
}

function numberOf({ total }: TotalSeen): number {
	return typeof total === 'number' ? total : Number.NaN;
}

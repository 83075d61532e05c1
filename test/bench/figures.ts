/** The middle one of some numbers, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `0.12`, `1.2`, `12`: three figures at most, two after the point at most. */
export function rounded(value: number): string {
	return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

/** `1.2 (1.1–1.4)`: the median of some numbers, with the least and the greatest of them. */
export function withSpread(numbers: readonly number[]): string {
	return `${rounded(median(numbers))} (${rounded(Math.min(...numbers))}–${rounded(Math.max(...numbers))})`;
}

/** Bytes as whole megabytes, 10^6 each. */
export function megabytes(bytes: number): string {
	return `${Math.round(bytes / 1e6)}`;
}

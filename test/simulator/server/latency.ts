import { mix } from '../dataset/chance.ts';

/** Milliseconds before an answer: always the same, or between two bounds, both inclusive. */
export type Latency = number | { fromMs: number; toMs: number };

/** The latency of the nth request. It depends on the seed and n alone, so that clients can be compared. */
export function latencyOf(latency: Latency, seed: number, n: number): number {
	if (typeof latency === 'number') return latency;
	const { fromMs, toMs } = latency;
	return fromMs + Math.floor((mix(seed ^ 0x6c6174, n) / 4294967296) * (toMs - fromMs + 1));
}

/** Whether a value from outside is a latency. */
export function isLatency(value: unknown): value is Latency {
	if (typeof value === 'number') return value >= 0;
	if (typeof value !== 'object' || value === null) return false;
	const { fromMs, toMs } = value as { fromMs?: unknown; toMs?: unknown };
	return typeof fromMs === 'number' && typeof toMs === 'number' && fromMs >= 0 && toMs >= fromMs;
}

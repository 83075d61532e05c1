import type { LoggedRequest } from '../simulator/index.ts';

/** The least number of requests by which the windows that were asked for can be read: one for an empty window. */
export function leastRequests(log: readonly LoggedRequest[], pageSize: number): number {
	const totals = new Map<string, number>();
	for (const { body, total } of log) {
		const { start_time: start, end_time: end } = (body as { filters: { start_time: string; end_time: string } }).filters;
		totals.set(`${start} ${end}`, total ?? 0);
	}
	return [...totals.values()].reduce((sum, total) => sum + Math.max(1, Math.ceil(total / pageSize)), 0);
}

import type { Switches } from '../switches.ts';

/** The fields of all reports that are counted in seconds. */
const durationFields = new Set([
	...['progress_duration', 'duration', 'conference_duration', 'hold_duration', 'session_duration', 'acw_duration'],
	...['away_time', 'acd', 'acw', 'asa', 'avg_hold_time', 'avg_ring_duration'],
]);

/** Rows with durations and other numbers written as the switches say (U22). What is not a record stays as it is. */
export function withNumbersAs(rows: unknown[], { durations, numbersAsText }: Switches): unknown[] {
	if (durations === 'number' && !numbersAsText) return rows;
	const written = (name: string, value: unknown): unknown => {
		if (typeof value !== 'number') return value;
		const isDuration = durationFields.has(name);
		if (isDuration && durations === 'clock') return clockText(value);
		return numbersAsText || (isDuration && durations === 'text') ? String(value) : value;
	};
	return rows.map((row) =>
		typeof row !== 'object' || row === null
			? row
			: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, written(name, value)])),
	);
}

/** 89 → '00:01:29'; hours go on beyond 99. */
function clockText(seconds: number): string {
	const whole = Math.round(seconds);
	return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
		.map((part) => String(part).padStart(2, '0'))
		.join(':');
}

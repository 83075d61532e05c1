import type { TimeWindow } from '../dataset/recordStore.ts';
import type { Switches } from '../switches.ts';

const unitMs: Record<Switches['comparedIn'], number> = { ms: 1, s: 1000, minute: 60_000 };

/** The window of times, in milliseconds since 1970, that a server accepts that is sent these two (U5, U27). */
export function comparedWindow(startMs: number, endMs: number, switches: Switches): TimeWindow {
	const { startInclusive, endInclusive, rounding, recordTimesRounded } = switches;
	const unit = unitMs[switches.comparedIn];
	const half = rounding === 'round' ? unit / 2 : 0;
	const whole = (ms: number) => Math.floor((ms + half) / unit) * unit;
	if (unit === 1) return { fromMs: startMs, toMs: endMs, startInclusive, endInclusive };
	const [from, to] = [whole(startMs), whole(endMs)];
	if (!recordTimesRounded) return { fromMs: from, toMs: to, startInclusive, endInclusive };
	// whole(t) ≥ from exactly when t ≥ from − half, and whole(t) ≤ to exactly when t < to + unit − half.
	return {
		fromMs: (startInclusive ? from : from + unit) - half,
		toMs: (endInclusive ? to + unit : to) - half,
		startInclusive: true,
		endInclusive: false,
	};
}

/** Whether a time lies in a window. */
export function liesIn(ms: number, { fromMs, toMs, startInclusive, endInclusive }: TimeWindow): boolean {
	return (startInclusive ? ms >= fromMs : ms > fromMs) && (endInclusive ? ms <= toMs : ms < toMs);
}

import type { Traffic } from '../simulator/index.ts';
import type { TimeWindow } from './task.ts';

const dayMs = 86_400_000;
/** Shorter than any month. */
const maxWindowDays = 27;

/** Where the calls of a simulated cluster lie, whatever their number. */
export interface Dataset {
	/** Where they end, and where the cluster's clock stands. ISO 8601. */
	end: string;
	days: number;
	/** How they are spread over the hours and days: see test/simulator/dataset/traffic.ts. */
	traffic: Traffic;
}

const midnight = '2026-03-15T00:00:00.000Z';

/** Four windows of a month at most. */
export const hundredDays: Dataset = { end: midnight, days: 100, traffic: 'even' };

/** One window, with a contact centre's hours. */
export const oneMonth: Dataset = { end: midnight, days: maxWindowDays, traffic: 'contactCentre' };

/** Days that end in the busiest hour of a Friday. */
export function untilFridayMorning(days: number): Dataset {
	return { end: '2026-03-13T11:00:00.000Z', days, traffic: 'contactCentre' };
}

/** All of the records, both ends inclusive. */
export function rangeOf(dataset: Dataset): { start: string; end: string } {
	return between(dataset, 0, dataset.days);
}

/** The range in windows that the API grants, of the same length, without an overlap. */
export function plannedWindows(dataset: Dataset): Array<Omit<TimeWindow, 'records'>> {
	const count = Math.ceil(dataset.days / maxWindowDays);
	const days = dataset.days / count;
	return Array.from({ length: count }, (_, index) => between(dataset, index * days, (index + 1) * days));
}

/** From the beginning of one day, counted from 0, to the last instant before another. */
function between({ end, days }: Dataset, from: number, to: number): { start: string; end: string } {
	const firstMs = Date.parse(end) - days * dayMs;
	return { start: new Date(firstMs + from * dayMs).toISOString(), end: new Date(firstMs + to * dayMs - 1).toISOString() };
}

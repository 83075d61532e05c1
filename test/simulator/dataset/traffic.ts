const hourMs = 3_600_000;
const dayHours = 24;
const weekMs = 7 * dayHours * hourMs;
/** Monday, 5 January 1970, 00:00 UTC. */
const firstMondayMs = 4 * dayHours * hourMs;

export const trafficKinds = ['even', 'contactCentre'] as const;

/** How records are spread over time. `contactCentre`: quiet nights, a peak in the morning, half as many at weekends (UTC). */
export type Traffic = (typeof trafficKinds)[number];

/** Calls in each hour of a working day, in relation to each other. */
const hours = [1, 1, 1, 1, 1, 3, 10, 30, 60, 90, 100, 95, 70, 65, 80, 85, 75, 60, 40, 25, 12, 6, 3, 2];
const days = [1, 1, 1, 1, 1, 0.5, 0.5];
const hourOfWeek = days.flatMap((day) => hours.map((hour) => day * hour));
const mean = hourOfWeek.reduce((sum, weight) => sum + weight, 0) / hourOfWeek.length;
/** The work before each hour of the week, and that of a whole week at the end. */
const workBefore = [0];
for (const weight of hourOfWeek) workBefore.push((workBefore.at(-1) as number) + (weight / mean) * hourMs);

/**
 * Real time to and from working time, which goes faster the busier the hour is: records that are spread evenly over
 * working time have the shape of the traffic in real time. Both in milliseconds, with weeks of the same length.
 */
export type WorkingTime = { of: (realMs: number) => number; toReal: (workingMs: number) => number };

/** The working time of a kind of traffic. */
export function workingTime(traffic: Traffic): WorkingTime {
	return traffic === 'even' ? { of: (ms) => ms, toReal: (ms) => ms } : { of: workingMsOf, toReal: realMsOf };
}

function workingMsOf(realMs: number): number {
	const [weeksMs, inWeek] = split(realMs);
	const hour = Math.floor(inWeek / hourMs);
	return weeksMs + between(workBefore, hour, inWeek / hourMs - hour);
}

function realMsOf(workingMs: number): number {
	const [weeksMs, inWeek] = split(workingMs);
	const hour = hourAt(inWeek);
	const [from, to] = [workBefore[hour] as number, workBefore[hour + 1] as number];
	return weeksMs + (hour + (inWeek - from) / (to - from)) * hourMs;
}

/** Where a week began, and the time since then. */
function split(ms: number): [number, number] {
	const inWeek = (((ms - firstMondayMs) % weekMs) + weekMs) % weekMs;
	return [ms - inWeek, inWeek];
}

/** The last hour of the week that begins with so much work done, or less. */
function hourAt(inWeek: number): number {
	let low = 0;
	let high = hourOfWeek.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if ((workBefore[middle] as number) <= inWeek) low = middle;
		else high = middle - 1;
	}
	return low;
}

function between(values: readonly number[], index: number, fraction: number): number {
	const from = values[index] as number;
	return from + fraction * ((values[index + 1] as number) - from);
}

const dayMs = 86_400_000;
const windowDays = 25;

/** Where the simulated cluster's records end, and where its clock stands. */
export const datasetEnd = '2026-03-15T00:00:00.000Z';

/** Records are spread evenly over so many days, whatever their number. */
export const datasetDays = 100;

/** All of the records, both ends inclusive. */
export const range = { start: beginning(0), end: lastInstantBefore(datasetDays) };

/** The range in windows that the API grants, without an overlap. */
export const plannedWindows = Array.from({ length: datasetDays / windowDays }, (_, index) => ({
	start: beginning(index * windowDays),
	end: lastInstantBefore((index + 1) * windowDays),
}));

function beginning(day: number): string {
	return new Date(instantOf(day)).toISOString();
}

function lastInstantBefore(day: number): string {
	return new Date(instantOf(day) - 1).toISOString();
}

/** Midnight of a day of the dataset, counted from 0. */
function instantOf(day: number): number {
	return Date.parse(datasetEnd) - (datasetDays - day) * dayMs;
}

import type { Simulator } from '../../simulator/index.ts';

/** Shorter ones turn up by chance. */
const shortest = 4;
const shortestNumber = 5;
/** Values that are also words of the API or of this probe's own text. */
const plainWords = ['team', 'text', 'login', 'agent', 'page', 'none', 'beta', 'answered'];

/** The key, and every text and long number in any record of a cluster, whatever the field. */
export function valuesToHide(simulator: Simulator): string[] {
	const { truth } = simulator;
	const found = new Set<string>([simulator.apiKey]);
	const day = 86_400_000;
	const range = { start: new Date(simulator.now().getTime() - 40 * day).toISOString(), end: simulator.now().toISOString() };
	for (const row of [...truth.calls(range), ...truth.sessions(range), ...truth.csat(range)]) collect(row, found);
	return [...found].filter((value) => !plainWords.includes(value));
}

function collect(value: unknown, found: Set<string>): void {
	if (typeof value === 'string' && value.length >= shortest) found.add(value);
	if (typeof value === 'number' && String(value).length >= shortestNumber) found.add(String(value));
	if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part, found);
}

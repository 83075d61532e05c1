import { startSimulator } from '../index.ts';
import type { Simulator, SimulatorOptions, Switches } from '../index.ts';

/** A cluster for all tests of a file; after each, its switches, faults, clock and log are as at the start. */
export type SharedSimulator = { readonly simulator: Simulator; set: (switches: Partial<Switches>) => void };

/** Starts one before the first test; a test in which the contract was violated fails. */
export function sharedSimulator(options: SimulatorOptions & { now: string }): SharedSimulator {
	let started: Simulator | undefined;
	let defaults: Switches;
	const simulator = (): Simulator => {
		if (started === undefined) throw new Error('the cluster starts with the first test');
		return started;
	};
	beforeAll(async () => {
		started = await startSimulator(options);
		defaults = { ...started.switches };
	});
	afterAll(async () => await simulator().close());
	afterEach(() => {
		Object.assign(simulator().switches, defaults);
		simulator().faults.clear();
		simulator().hooks.clear();
		simulator().setNow(options.now);
		simulator().clearLog();
		simulator().assertNoViolations();
	});
	return {
		get simulator() {
			return simulator();
		},
		set: (switches) => void Object.assign(simulator().switches, switches),
	};
}

/** The ids of rows, in their order. */
export function idsOf(rows: ReadonlyArray<{ _id?: unknown }>): unknown[] {
	return rows.map(({ _id }) => _id);
}

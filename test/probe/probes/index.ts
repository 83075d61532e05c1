import type { Probe } from '../finding.ts';
import { bodyProbes } from './bodies.ts';
import { edgeProbes } from './edges.ts';
import { filterProbes } from './filters.ts';
import { lateProbes } from './overTime.ts';
import { pagingProbes } from './paging.ts';
import { totalProbes } from './totals.ts';
import { zoneProbes } from './zone.ts';

/** Every unknown of the contract, in the order in which they are looked at: faults that can only be met come last. */
export const probes: readonly Probe[] = [
	...zoneProbes,
	...pagingProbes,
	...filterProbes,
	...totalProbes,
	...edgeProbes,
	...bodyProbes,
	...lateProbes,
];

import { Pace, newBehavior, type Behavior } from '../reading';
import type { ReportDefinition } from '../reports';
import { hashOf, processSeed } from '../reports/hash';
import type { Cluster } from '../transport';
import { NewestMap } from './newestMap';

/** How long a cluster's behavior is remembered. Its configuration may change. */
const keptMs = 60 * 60_000;
const mostKept = 500;

const behaviors = new NewestMap<{ behavior: Behavior; since: number }>(mostKept);
const paces = new NewestMap<Pace>(mostKept);

/** A cluster as one key sees it: another may have other rights, or belong to another tenant. The key can't be read out of the name. */
export function viewOf({ origin, apiKey }: Pick<Cluster, 'origin' | 'apiKey'>): string {
	const { low, high } = hashOf(apiKey, processSeed);
	return `${origin} ${low} ${high}`;
}

/** How a cluster has been seen to answer a key for a report: kept for an hour, shared by all executions of this process. `now` is in ms since 1970. */
export function behaviorOf(cluster: Pick<Cluster, 'origin' | 'apiKey'>, { operation }: ReportDefinition, now: number): Behavior {
	const name = `${viewOf(cluster)} ${operation}`;
	const known = behaviors.get(name);
	if (known && now >= known.since && now < known.since + keptMs) return known.behavior;
	const behavior = newBehavior();
	behaviors.set(name, { behavior, since: now });
	return behavior;
}

/** How often a cluster may be asked: shared by all executions of this process. */
export function paceOf(origin: string): Pace {
	const pace = paces.get(origin) ?? new Pace();
	paces.set(origin, pace);
	return pace;
}

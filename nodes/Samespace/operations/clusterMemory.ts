import { Pace, newBehavior, type Behavior } from '../reading';
import type { ReportDefinition } from '../reports';
import { NewestMap } from './newestMap';

/** How long a cluster's behavior is remembered. Its configuration may change. */
const keptMs = 60 * 60_000;
const mostKept = 500;

const behaviors = new NewestMap<{ behavior: Behavior; since: number }>(mostKept);
const paces = new NewestMap<Pace>(mostKept);

/** How a cluster has been seen to answer for a report: kept for an hour, shared by all executions of this process. `now` is in ms since 1970. */
export function behaviorOf(origin: string, { operation }: ReportDefinition, now: number): Behavior {
	const name = `${origin} ${operation}`;
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

import { Pace, newBehavior, type Behavior } from '../reading';
import type { ReportDefinition } from '../reports';

/** How long what a cluster refused is remembered: it may be set up otherwise by then. */
const keptMs = 60 * 60_000;
const mostKept = 500;

const behaviors = new Map<string, { behavior: Behavior; since: number }>();
const paces = new Map<string, Pace>();

/** What is known of a cluster's way with a report: for an hour, shared by all executions of this process. `now` is in ms since 1970. */
export function behaviorOf(origin: string, { operation }: ReportDefinition, now: number): Behavior {
	const name = `${origin} ${operation}`;
	const known = behaviors.get(name);
	if (known && now >= known.since && now < known.since + keptMs) return known.behavior;
	const behavior = newBehavior();
	keep(behaviors, name, { behavior, since: now });
	return behavior;
}

/** How often a cluster may be asked: shared by all executions of this process. */
export function paceOf(origin: string): Pace {
	const pace = paces.get(origin) ?? new Pace();
	keep(paces, origin, pace);
	return pace;
}

/** As the newest; the oldest goes where there are many. */
function keep<Value>(all: Map<string, Value>, name: string, value: Value): void {
	all.delete(name);
	all.set(name, value);
	if (all.size > mostKept) all.delete(all.keys().next().value as string);
}

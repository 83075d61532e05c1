import { Pace, newContact, type Contact } from '../reading';
import type { ReportDefinition } from '../reports';

/** How long what a cluster refused is remembered: it may be set up otherwise by then. */
const keptMs = 60 * 60_000;
const mostKept = 500;

/** What was learnt, for an hour, by what it was learnt of. */
class Memory<Learnt> {
	private readonly kept = new Map<string, { learnt: Learnt; since: number }>();

	/** @param isKeptInUse whether the hour begins anew with each use */
	constructor(
		private readonly begin: () => Learnt,
		private readonly isKeptInUse = false,
	) {}

	of(name: string, now: number): Learnt {
		const known = this.kept.get(name);
		if (known && this.isKeptInUse && now < known.since + keptMs) known.since = now;
		if (known && now >= known.since && now < known.since + keptMs) return known.learnt;
		const learnt = this.begin();
		this.kept.delete(name);
		this.kept.set(name, { learnt, since: now });
		if (this.kept.size > mostKept) this.kept.delete(this.kept.keys().next().value as string);
		return learnt;
	}
}

const contacts = new Memory(newContact);
/** Two at a time would not know of one another. */
const paces = new Memory(() => new Pace(), true);

/** What is known of a cluster's way with a report: shared by all executions of this process. `now` is in ms since 1970. */
export function contactWith(origin: string, { operation }: ReportDefinition, now: number): Contact {
	return contacts.of(`${origin} ${operation}`, now);
}

/** How often a cluster may be asked: shared by all executions of this process. `now` is in ms since 1970. */
export function paceOf(origin: string, now: number): Pace {
	return paces.of(origin, now);
}

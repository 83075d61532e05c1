import { newContact, type Contact } from '../reading';
import type { ReportDefinition } from '../reports';

/** How long what a cluster refused is remembered: it may be set up otherwise by then. */
const keptMs = 60 * 60_000;
const mostKept = 500;

const kept = new Map<string, { contact: Contact; since: number }>();

/** What is known of a cluster's way with a report: for an hour, shared by all executions of this process. `now` is in ms since 1970. */
export function contactWith(origin: string, { operation }: ReportDefinition, now: number): Contact {
	const name = `${origin} ${operation}`;
	const known = kept.get(name);
	if (known && now >= known.since && now < known.since + keptMs) return known.contact;
	const contact = newContact();
	kept.delete(name);
	kept.set(name, { contact, since: now });
	if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
	return contact;
}

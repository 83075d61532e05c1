import type { IPollFunctions } from 'n8n-workflow';

/** Each activation of a workflow has a context of its own, which all its polls share. */
const seen = new WeakSet<IPollFunctions>();

/**
 * Whether this is the poll with which n8n takes up a published workflow again when it starts. If that one failed, n8n would show nothing, leave the
 * trigger off, and try again after ever longer waits: it has to go well.
 */
export function isResuming(context: IPollFunctions): boolean {
	const isFirst = !seen.has(context);
	seen.add(context);
	return isFirst && ['init', 'leadershipChange'].includes(context.getActivationMode());
}

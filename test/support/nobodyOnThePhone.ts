import type { Simulator } from '../simulator/index.ts';

/**
 * Removes the calls and surveys of the cluster's last hour. Where a trigger is published afterwards, each new call is
 * then one that a test added: one that was going on would end, and be a new one too.
 */
export function nobodyOnThePhone(simulator: Simulator): void {
	const lately = { start: new Date(simulator.now().getTime() - 3_600_000) };
	for (const { _id } of simulator.truth.calls(lately)) simulator.removeCall(_id);
	for (const { _id } of simulator.truth.csat(lately)) simulator.removeCsat(_id);
}

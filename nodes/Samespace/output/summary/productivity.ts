import { column, isNumber, type Figure, type Measure } from './measure';

const inbound = column('inbound_conversations');
const outbound = column('outbound_conversations');

/** All conversations of a row: null where it counts neither kind. */
const conversations: Figure = {
	says: '(inbound_conversations + outbound_conversations)',
	read(row) {
		const count = inbound.read(row);
		const other = outbound.read(row);
		return count === null && other === null ? null : (count ?? 0) + (other ?? 0);
	},
};

/** Figures of an agent's row that add up over periods: seconds, and numbers of conversations. */
export const sums = ['session_duration', 'away_time', 'inbound_conversations', 'outbound_conversations'] as const;

/**
 * Figures of an agent's row that are averages, in seconds, and the conversations that each averages over. The vendor's page
 * does not say which: these are assumptions. Speed of answer is of inbound conversations by its usual definition; talk,
 * wrap-up and hold are of all; so is ringing, or an agent who only calls out would lose it.
 */
export const averages: ReadonlyArray<{ name: string; over: Figure }> = [
	{ name: 'acd', over: conversations },
	{ name: 'acw', over: conversations },
	{ name: 'asa', over: inbound },
	{ name: 'avg_hold_time', over: conversations },
	{ name: 'avg_ring_duration', over: conversations },
];

/** Summary of agents' totals; averages are weighted by their conversations. */
export const productivityMeasures: readonly Measure[] = [
	{ is: 'distinct', name: 'agents', of: '_id' },
	{ is: 'count', name: 'merged_periods' },
	...sums.map((name): Measure => ({ is: 'sum', name, of: column(name) })),
	{ is: 'sum', name: 'conversations', of: conversations },
	...averages.flatMap(weighted),
];

function weighted({ name, over }: { name: string; over: Figure }): Measure[] {
	const product: Figure = {
		says: `${name} × ${over.says}`,
		read: (row) => (column(name).read(row) ?? 0) * (over.read(row) ?? 0),
	};
	return [
		{ is: 'sum', name: `${name}_total`, of: product },
		{ is: 'sum', name: `${name}_conversations`, of: over, where: [isNumber(name)] },
		{ is: 'ratio', name, of: `${name}_total`, over: `${name}_conversations` },
	];
}

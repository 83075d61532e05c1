import type { Row } from '../plan';
import { column, isNumber, textOf, type Amount, type Figure, type Measure } from './measure';

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

const loggedIn = column('session_duration');
const away = column('away_time');

/** Seconds of talk and wrap-up of one conversation, on average; null where the row has neither. */
const handling: Figure = {
	says: '(acd + acw)',
	read(row) {
		const [talk, wrapUp] = [column('acd').read(row), column('acw').read(row)];
		return talk === null && wrapUp === null ? null : (talk ?? 0) + (wrapUp ?? 0);
	},
};

const available: Figure = {
	says: '(session_duration − away_time)',
	read: (row) => (loggedIn.read(row) ?? 0) - (away.read(row) ?? 0),
};

const allConversations: Amount = { is: 'sum', of: conversations };
const sessionTime: Amount = { is: 'sum', of: loggedIn };
const awayTime: Amount = { is: 'sum', of: away };

/** Figures of agents' totals; times in seconds. Averages are weighted by their conversations. */
export const productivityMeasures: readonly Measure[] = [
	{ name: 'agents', isUsual: true, is: 'distinct', by: textOf('_id') },
	{ name: 'session_time_total', isUsual: true, ...sessionTime },
	{ name: 'away_time_total', isUsual: true, ...awayTime },
	{ name: 'conversations', isUsual: true, ...allConversations },
	{ name: 'inbound_conversations', is: 'sum', of: inbound },
	{ name: 'outbound_conversations', is: 'sum', of: outbound },
	{ name: 'handling_time_average', isUsual: true, is: 'ratio', of: weighted(handling, conversations), over: { is: 'sum', of: conversations, where: [isThereFor(handling)] } },
	...[
		['talk_time_average', 'acd'],
		['acw_average', 'acw'],
		['asa_average', 'asa'],
		['hold_time_average', 'avg_hold_time'],
		['ring_time_average', 'avg_ring_duration'],
	].map(([name, field]) => averageOf(name, field)),
	{ name: 'occupancy_percent', isUsual: true, is: 'ratio', of: weighted(handling, conversations), over: { is: 'sum', of: available }, times: 100 },
	{ name: 'away_percent', is: 'ratio', of: awayTime, over: sessionTime, times: 100 },
	{ name: 'conversations_per_hour', isUsual: true, is: 'ratio', of: allConversations, over: sessionTime, times: 3600 },
];

function averageOf(name: string, field: string): Measure {
	const { over } = averages.find((average) => average.name === field) as { over: Figure };
	return { name, is: 'ratio', of: weighted(column(field), over), over: { is: 'sum', of: over, where: [isNumber(field)] } };
}

function weighted(figure: Figure, weight: Figure): Amount {
	return { is: 'sum', of: { says: `${figure.says} × ${weight.says}`, read: (row) => (figure.read(row) ?? 0) * (weight.read(row) ?? 0) } };
}

function isThereFor({ says, read }: Figure): { says: string; holds(row: Row): boolean } {
	return { says: `${says} is set`, holds: (row) => read(row) !== null };
}

import { distinct, ratio, sum } from './measures/amounts';
import { column, further, isKnown, isNumber, textOf, usual, type Amount, type Figure, type Measure } from './measures/measure';

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

const talkTime = column('acd');
const wrapUpTime = column('acw');

/** Seconds of talk and wrap-up of one conversation, on average; null where the row has neither. */
const handling: Figure = {
	says: '(acd + acw)',
	read(row) {
		const [talk, wrapUp] = [talkTime.read(row), wrapUpTime.read(row)];
		return talk === null && wrapUp === null ? null : (talk ?? 0) + (wrapUp ?? 0);
	},
};

const available: Figure = {
	says: '(session_duration − away_time)',
	read: (row) => (loggedIn.read(row) ?? 0) - (away.read(row) ?? 0),
};

const allConversations = sum(conversations);
const sessionTime = sum(loggedIn);
const awayTime = sum(away);
const handlingTime = weighted(handling, conversations);

/** Figures of agents' totals; times in seconds. Averages are weighted by their conversations. */
export const productivityMeasures: readonly Measure[] = [
	usual('agents', 'Agents', distinct(textOf('_id'))),
	usual('session_time_total', 'Total time that agents were logged in, in seconds', sessionTime),
	usual('away_time_total', 'Total time that agents were logged in but away, in seconds', awayTime),
	usual('conversations', 'Conversations, inbound and outbound', allConversations),
	further('inbound_conversations', 'Inbound conversations', sum(inbound)),
	further('outbound_conversations', 'Outbound conversations', sum(outbound)),
	usual('handling_time_average', 'Talk and wrap-up time per conversation, in seconds', ratio(handlingTime, sum(conversations, [isKnown(handling)]))),
	...[
		['talk_time_average', 'Talk time per conversation, in seconds', 'acd'],
		['acw_average', 'Wrap-up time per conversation, in seconds', 'acw'],
		['asa_average', 'Average wait of inbound conversations, in seconds', 'asa'],
		['hold_time_average', 'Hold time per conversation, in seconds', 'avg_hold_time'],
		['ring_time_average', 'Ring time per conversation, in seconds', 'avg_ring_duration'],
	].map(([name, about, field]) => averageOf(name, about, field)),
	usual('occupancy_percent', 'Talk and wrap-up time ÷ time logged in and not away', ratio(handlingTime, sum(available), 100)),
	further('away_percent', 'Time away ÷ time logged in', ratio(awayTime, sessionTime, 100)),
	usual('conversations_per_hour', 'Conversations ÷ hours logged in', ratio(allConversations, sessionTime, 3600)),
];

function averageOf(name: string, about: string, field: string): Measure {
	const { over } = averages.find((average) => average.name === field) as { over: Figure };
	return further(name, about, ratio(weighted(column(field), over), sum(over, [isNumber(field)])));
}

function weighted(figure: Figure, weight: Figure): Amount<number> {
	return sum({ says: `${figure.says} × ${weight.says}`, read: (row) => (figure.read(row) ?? 0) * (weight.read(row) ?? 0) });
}

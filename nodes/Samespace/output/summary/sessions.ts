import { offsetInstantIn } from '../instants';
import type { Row } from '../plan';
import { count, distinct, ratio, sum, tallyOf } from './measures/amounts';
import { column, figure, further, isNumber, textIn, textOf, usual, type Amount, type Figure, type Measure } from './measures/measure';
import { peak } from './measures/peak';
import { earliest, latest } from './measures/percentile';

/** Counted in every hour and day that a session spans. */
function spread<Value>(amount: Amount<Value>): Amount<Value> {
	return { ...amount, isSpread: true };
}

/**
 * Figures of agent sessions; times in seconds. A session that has not ended may have no duration and no logout reason yet.
 *
 * @param isoText writes an instant in the workflow's zone
 */
export function sessionMeasures(isoText: (instant: number) => string): readonly Measure[] {
	const start = figure('start_time', (row) => offsetInstantIn(row.start_time));
	const end = figure('end_time', (row) => offsetInstantIn(row.end_time));
	const agentOf = (row: Row): string | null => textIn(row.user_system_id);
	const startOfAgent: Figure = { says: start.says, read: (row) => (agentOf(row) === null ? null : start.read(row)) };
	const duration = column('session_duration');
	return [
		usual('sessions', 'Sessions. In groups of time, each counts where it began.', count()),
		usual('agents', 'Agents who were logged in', spread(distinct(textOf('user_system_id')))),
		usual('session_time_total', 'Total time that agents were logged in, in seconds', spread(sum(duration))),
		further('session_time_average', 'Time logged in per session, in seconds', ratio(sum(duration), count([isNumber('session_duration')]))),
		further('peak_agents', 'The highest number of agents logged in at once', spread(peak('agents (user_system_id)', { start: startOfAgent, end, who: agentOf }))),
		usual('first_login', "The earliest start of a session, in the workflow's time zone", earliest(start, isoText)),
		usual('last_logout', "The latest end of a session, in the workflow's time zone", latest(end, isoText)),
		further('logout_reasons', 'How many sessions ended for each reason', tallyOf('logout_reason')),
	];
}

import type { Range } from '../../reports';
import type { Row } from '../plan';
import type { Block, Dashboard } from './dashboard';
import { byHour, byPeriod, heatMap, metricsOf, periodFor, tallyBars, type Column } from './parts';
import { nameIn, shortMoment, wordsOf } from './words';

const mostAgents = 30;

const time: Column = { metric: 'session_time_total', label: 'Time logged in', as: 'seconds' };
const peak: Column = { metric: 'peak_agents', label: 'Most agents at once', as: 'count' };
const agents: Column = { metric: 'agents', label: 'Agents', as: 'count' };

const hourly = [peak, agents, time];
const daily = [time, agents, peak];
const ofAgents = ['session_time_total', 'sessions', 'first_login', 'last_logout'];

export const sessionDashboard: Dashboard = {
	keys: [
		{ metric: 'agents', label: 'Agents', as: 'count' },
		{ metric: 'peak_agents', label: 'Most agents at once', as: 'count' },
		{ metric: 'session_time_total', label: 'Time logged in', as: 'seconds' },
		{ metric: 'sessions', label: 'Sessions', as: 'count' },
		{ metric: 'session_time_average', label: 'Average session', as: 'seconds' },
	],
	tables: ({ range }) => ({
		period: { groupBy: [periodFor(range)], metrics: metricsOf(daily) },
		hours: { groupBy: ['hourOfDay'], metrics: metricsOf(hourly) },
		heat: { groupBy: ['weekday', 'hourOfDay'], metrics: ['peak_agents'] },
		agents: { groupBy: ['agent'], metrics: ofAgents },
		all: { groupBy: [], metrics: ['logout_reasons'] },
	}),
	blocks: (rowsOf, { range }) => [
		byPeriod('Time logged in', range, rowsOf('period'), daily),
		byHour('Agents logged in', rowsOf('hours'), hourly),
		heatMap('Most agents at once, by day of week and hour', rowsOf('heat'), 'peak_agents', (value) => wordsOf(value, 'count')),
		attendance(rowsOf('agents'), range),
		tallyBars('Reasons for logging out', rowsOf('all')[0]?.logout_reasons, ['Reason', 'Sessions']),
	],
};

/** Who was there for how long, the longest first. */
function attendance(rows: readonly Row[], range: Range): Block {
	const longestFirst = [...rows].sort((a, b) => Number(b.session_time_total) - Number(a.session_time_total));
	return {
		kind: 'table',
		title: 'Agents by time logged in',
		...(rows.length > mostAgents && { note: `Top ${mostAgents} of ${wordsOf(rows.length, 'count')}` }),
		head: ['Agent', 'Time logged in', 'Sessions', 'First login', 'Last logout'],
		rows: longestFirst
			.slice(0, mostAgents)
			.map((row) => [nameIn(row.agent, 'No agent'), wordsOf(row.session_time_total, 'seconds'), wordsOf(row.sessions, 'count'), shortMoment(row.first_login, range), shortMoment(row.last_logout, range)]),
	};
}

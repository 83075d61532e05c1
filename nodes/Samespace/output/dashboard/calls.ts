import { gatherFollowUps } from '../followUps';
import type { OutputPlan } from '../plan';
import type { CallThresholds } from '../thresholds';
import type { Block, Dashboard, Gathered } from './dashboard';
import { byHour, byPeriod, heatMap, metricsOf, periodFor, ranking, type Column } from './parts';
import { nameIn, shortMoment, wordsOf } from './words';

const mostFollowUps = 10;

const inbound: Column = { metric: 'inbound', label: 'Inbound', as: 'count' };
const serviceLevel: Column = { metric: 'service_level_percent', label: 'Service level', as: 'percent' };
const averageWait: Column = { metric: 'speed_of_answer_average', label: 'Average speed of answer', as: 'seconds' };
const answerRate: Column = { metric: 'answer_rate_percent', label: 'Answer rate', as: 'percent' };
const averageTalk: Column = { metric: 'talk_time_average', label: 'Average talk time', as: 'seconds' };
const calls: Column = { metric: 'calls', label: 'Calls', as: 'count' };

const hourly: readonly Column[] = [serviceLevel, inbound, averageWait, { metric: 'speed_of_answer_p90', label: '9 in 10 answered within', as: 'seconds' }, { metric: 'abandon_rate_percent', label: 'Abandon rate', as: 'percent' }];
const daily: readonly Column[] = [calls, inbound, answerRate, serviceLevel];
const ofTeams: readonly Column[] = [serviceLevel, inbound, answerRate, averageWait];
const ofAgents: readonly Column[] = [{ metric: 'talk_time_total', label: 'Talk time', as: 'seconds' }, { metric: 'inbound_answered', label: 'Inbound answered', as: 'count' }, { metric: 'outbound_connected', label: 'Outbound connected', as: 'count' }, averageTalk];

const serviceLevels: { readonly [Formula in CallThresholds['serviceLevelFormula']]: string } = {
	withoutAbandons: 'callers who gave up within that time are left out',
	abandonsAgainst: 'every caller who gave up counts as not answered in time',
	abandonsFor: 'callers who gave up within that time count as answered',
};

export const callDashboard: Dashboard = {
	keys: [
		calls,
		inbound,
		{ metric: 'answer_rate_percent', label: 'Answer rate', as: 'percent', better: 'more', about: () => 'inbound calls that were answered' },
		{
			metric: 'service_level_percent',
			label: 'Service level',
			as: 'percent',
			better: 'more',
			about: ({ thresholds: { serviceLevelSeconds, serviceLevelFormula } }) => `inbound calls answered within ${serviceLevelSeconds} s; ${serviceLevels[serviceLevelFormula]}`,
		},
		{
			metric: 'abandon_rate_percent',
			label: 'Abandon rate',
			as: 'percent',
			better: 'less',
			about: ({ thresholds: { shortAbandonSeconds } }) => `inbound calls that ended unanswered after ${shortAbandonSeconds} s or more; those that ended sooner are left out`,
		},
		{ metric: 'speed_of_answer_average', label: 'Average speed of answer', as: 'seconds', better: 'less', about: () => 'average wait of answered inbound calls' },
		{ metric: 'speed_of_answer_p90', label: '9 in 10 answered within', as: 'seconds', better: 'less' },
		{ metric: 'talk_time_average', label: 'Average talk time', as: 'seconds' },
		{ metric: 'repeat_call_percent', label: 'Repeat calls', as: 'percent', better: 'less', about: () => 'inbound calls from a number that had already called in the previous 7 days, within this period' },
		{ metric: 'outbound', label: 'Outbound', as: 'count' },
		{ metric: 'connect_rate_percent', label: 'Connect rate', as: 'percent', better: 'more', about: () => 'outbound calls that were answered' },
		{ metric: 'unique_callers', label: 'Unique callers', as: 'count' },
	],
	tables: ({ range }) => ({
		period: { groupBy: [periodFor(range)], metrics: metricsOf(daily) },
		heat: { groupBy: ['weekday', 'hourOfDay'], metrics: ['inbound'] },
		hours: { groupBy: ['hourOfDay'], metrics: metricsOf(hourly) },
		teams: { groupBy: ['team'], metrics: metricsOf(ofTeams) },
		agents: { groupBy: ['agent'], metrics: metricsOf(ofAgents) },
	}),
	blocks: (rowsOf, { range }) => [
		byPeriod('Calls', range, rowsOf('period'), daily),
		byHour('Service level and waits', rowsOf('hours'), hourly),
		heatMap('Inbound calls by day of week and hour', rowsOf('heat'), 'inbound', (value) => wordsOf(value, 'count')),
		ranking('Teams by service level', rowsOf('teams'), 'team', { by: 'service_level_percent', none: 'No team', columns: ofTeams }),
		ranking('Agents by talk time', rowsOf('agents'), 'agent', { by: 'talk_time_total', none: 'No agent', columns: ofAgents }),
	],
	others: (plan) => [followUps(plan)],
};

/** The most urgent numbers to call back. */
function followUps(plan: OutputPlan): Gathered {
	const gathered = gatherFollowUps(plan);
	return {
		take: (row) => gathered.take(row),
		blocks(): Block[] {
			const { numbers, rows: owed } = gathered.owed();
			const note = numbers > mostFollowUps ? `${mostFollowUps} of ${wordsOf(numbers, 'count')}, as of the end of this period: most missed calls first, then those who have waited longest` : 'Not answered or called back by the end of this period';
			const rows = firstOf(owed, mostFollowUps)
				.map((row) => [nameIn(row.phone_number, '–'), wordsOf(row.missed_calls, 'count'), shortMoment(row.first_missed, plan.range), shortMoment(row.last_missed, plan.range), wordsOf(row.longest_wait, 'seconds'), nameIn((row.teams as string[]).join(', '), '–')]);
			return [{ kind: 'table', title: 'Follow-ups: numbers to call back', note: numbers === 0 ? undefined : note, isWide: true, head: ['Number', 'Missed calls', 'First missed', 'Last missed', 'Longest wait', 'Teams'], rows }];
		},
	};
}

function firstOf<Item>(items: Iterable<Item>, most: number): Item[] {
	const first: Item[] = [];
	for (const item of items) {
		first.push(item);
		if (first.length === most) break;
	}
	return first;
}

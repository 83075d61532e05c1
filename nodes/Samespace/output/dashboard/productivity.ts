import type { Dashboard } from './dashboard';
import { ranking, type Column } from './parts';

const conversations: Column = { metric: 'conversations', label: 'Conversations', as: 'count' };
const handling: Column = { metric: 'handling_time_average', label: 'Average handling time', as: 'seconds' };
const occupancy: Column = { metric: 'occupancy_percent', label: 'Occupancy', as: 'percent' };
const away: Column = { metric: 'away_percent', label: 'Time away', as: 'percent' };
const perHour: Column = { metric: 'conversations_per_hour', label: 'Conversations per hour', as: 'number' };
const loggedIn: Column = { metric: 'session_time_total', label: 'Time logged in', as: 'seconds' };

const ofAgents: readonly Column[] = [conversations, perHour, handling];
const ofTime: readonly Column[] = [occupancy, away, loggedIn];

export const productivityDashboard: Dashboard = {
	keys: [
		{ metric: 'agents', label: 'Agents', as: 'count' },
		{ metric: 'conversations', label: 'Conversations', as: 'count' },
		{ metric: 'handling_time_average', label: 'Average handling time', as: 'seconds', better: 'less', about: () => 'talk and wrap-up time of a conversation' },
		{ metric: 'occupancy_percent', label: 'Occupancy', as: 'percent', about: () => 'talk and wrap-up time as a share of the time logged in and not away' },
		{ metric: 'away_percent', label: 'Time away', as: 'percent', better: 'less', about: () => 'its share of the time logged in' },
		{ metric: 'conversations_per_hour', label: 'Conversations per hour', as: 'number', better: 'more' },
		{ metric: 'session_time_total', label: 'Time logged in', as: 'seconds' },
	],
	tables: () => ({ agents: { groupBy: ['agent'], metrics: [...new Set([...ofAgents, ...ofTime].map(({ metric }) => metric))] } }),
	blocks: (rowsOf) => [
		ranking('Agents by conversations', rowsOf('agents'), 'agent', { by: 'conversations', none: 'No agent', columns: ofAgents }),
		ranking('Agents by occupancy', rowsOf('agents'), 'agent', { by: 'occupancy_percent', none: 'No agent', columns: ofTime }),
	],
};

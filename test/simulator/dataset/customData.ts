import type { Chance } from './chance.ts';
import type { Agent } from './roster.ts';

const campaigns = ['Spring – renewals', 'Été 2024', '年末キャンペーン', 'Win "back"; 50% off'];

/** What a CRM hangs on a call: often nothing, often its own id, sometimes nested and odd. */
export function customData(chance: Chance, index: number, agent: Agent): Record<string, unknown> {
	if (chance.happens(0.4)) return {};
	const dial = { dial_id: `D-${String(index).padStart(7, '0')}` };
	if (chance.happens(0.6)) return dial;
	return {
		...dial,
		lead: {
			id: chance.between(1, 1e9),
			score: chance.between(0, 100) / 100,
			owner: { login: agent.login, notes: null },
		},
		campaign: chance.pick(campaigns),
		'utm.source': chance.pick(['google', 'facebook', '']),
		tags: chance.happens(0.5) ? [] : ['vip', 'rückruf', '再架電'],
		callback: chance.happens(0.5),
	};
}

import { Chance, mix } from './chance.ts';
import { hex4, objectId, uuid } from './identifiers.ts';
import type { SessionRecord } from './records.ts';
import type { Agent, House } from './roster.ts';

/** Login `index` of the house, starting at `startMs`: minutes to ten hours long. Depends on (seed, index) alone. */
export function generateSession(house: House, index: number, startMs: number): SessionRecord {
	const chance = new Chance(mix(house.seed ^ 0x5e5510, index));
	// By turns: with two logins a day each, nobody is logged in twice at once.
	const agent = house.agents[index % house.agents.length] as Agent;
	const seconds = chance.happens(0.3) ? chance.between(1, 900) : chance.between(3600, 36_000);
	const first = chance.bits();
	return {
		_id: objectId(startMs, mix(house.seed, 2), index),
		domain_id: house.domainId,
		space_id: house.spaceId,
		session_id: uuid(first, chance.bits(), index),
		endpoint_type: agent.endpoint,
		endpoint_id: agent.endpoint,
		user_system_id: agent.id,
		user_login_id: chance.happens(0.1) ? '' : agent.login,
		user_display_name: agent.name,
		ip_address: chance.happens(0.1) ? `2001:db8::${hex4(first)}` : `198.51.100.${chance.between(1, 254)}`,
		start_time: new Date(startMs).toISOString(),
		end_time: new Date(startMs + seconds * 1000 + chance.between(0, 999)).toISOString(),
		activity: 'login',
		dock_version: '5.0',
		logout_reason: chance.pick(['User Logout', 'User Logout', 'Network Loss', 'Session Expired']),
		session_duration: seconds,
	};
}

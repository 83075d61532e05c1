import { Chance, mix } from './chance.ts';
import type { Settings } from '../options.ts';
import { objectId } from './identifiers.ts';

export type Team = { id: string; name: string };
export type Agent = { id: string; name: string; login: string; team: Team; endpoint: string };

/** Everything about the contact centre that does not change from call to call. */
export type House = { seed: number; agents: Agent[]; teams: Team[]; inboundAnswered: number; domainId: number; spaceId: string };

const agentNames = [
	['Sarah Taylor', 'sarah'],
	['José Álvarez', 'jose.alvarez'],
	['李小龍', 'xiaolong'],
	['Наталья Иванова', 'natalya'],
	['محمد علي', 'm.ali'],
	['अनिल कुमार', 'anil'],
	['Zoë O’Brien', 'zoe'],
	['Nguyễn Thị Hạnh', 'hanh.nguyen'],
	['佐藤 花子', 'hanako'],
	['김민준', 'minjun'],
	['D\'Arcy, Max "Mad"', 'max'],
	['Ελένη Παπαδοπούλου', 'eleni'],
] as const;

const teamNames = ['Sales', 'Helpdesk', 'Unterstützung', 'Équipe "Nuit", Paris', 'サポート', 'Collections & Retention'];

const rosterTime = Date.UTC(2019, 11, 1);

/** Agents and teams of a seed. Names beyond the lists get a number, so every name is one agent's alone. */
export function makeHouse({ seed, agents: agentCount, teams: teamCount, inboundAnswered }: Pick<Settings, 'seed' | 'agents' | 'teams' | 'inboundAnswered'>): House {
	const chance = new Chance(mix(seed, 0x686f7573));
	const salt = chance.bits();
	const teams = Array.from({ length: teamCount }, (_, i) => ({
		id: objectId(rosterTime, salt ^ 1, i),
		name: numbered(teamNames[i % teamNames.length] as string, Math.floor(i / teamNames.length)),
	}));
	const agents = Array.from({ length: agentCount }, (_, i) => {
		const [name, login] = agentNames[i % agentNames.length] as readonly [string, string];
		const round = Math.floor(i / agentNames.length);
		return {
			id: objectId(rosterTime, salt ^ 2, i),
			name: numbered(name, round),
			login: round === 0 ? login : `${login}${round + 1}`,
			team: teams[i % teamCount] as Team,
			endpoint: chance.pick(['WEB', 'WEB', 'MOBILE', 'SIP']),
		};
	});
	return { seed, agents, teams, inboundAnswered, domainId: 1455, spaceId: 'beta' };
}

function numbered(name: string, round: number): string {
	return round === 0 ? name : `${name} ${round + 1}`;
}

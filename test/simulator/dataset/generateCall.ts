import { Chance, mix } from './chance.ts';
import { objectId, uuid } from './identifiers.ts';
import { isoText } from './isoText.ts';
import { callOutcome } from './callOutcome.ts';
import type { Outcome } from './callOutcome.ts';
import { customData } from './customData.ts';
import type { CallRecord } from './records.ts';
import type { Agent, House } from './roster.ts';

/** Every eighth call is answered and followed by a survey: csat record j belongs to call 8j + 3. */
export const callsPerSurvey = 8;
export const firstSurveyedCall = 3;

const outboundAnswered = 0.6;
const otherChannels = ['chat', 'whatsapp'];
const codecs = ['PCMU', 'PCMA', 'opus'];
const nobody = { id: '', name: '', login: '' };
const noTeam = { id: '', name: '' };

/** What decides the parts of one call. */
type Draft = {
	chance: Chance;
	house: House;
	id: string;
	index: number;
	startMs: number;
	agent: Agent;
	inbound: boolean;
	voice: boolean;
	outcome: Outcome;
	answered: boolean;
	customer: string;
};

/** Call `index` of the house, starting at `startMs`. Depends on (seed, index) alone. */
export function generateCall(house: House, index: number, startMs: number): CallRecord {
	const chance = new Chance(mix(house.seed, index));
	const id = uuid(chance.bits(), chance.bits(), index);
	const agent = chance.pick(house.agents);
	const inbound = chance.happens(0.6);
	const outcome = callOutcome(chance, inbound ? house.inboundAnswered : outboundAnswered, { inbound, surveyed: index % callsPerSurvey === firstSurveyedCall });
	const voice = chance.happens(0.85);
	const answered = outcome.status === 'answered';
	const customer = `1${chance.between(2_000_000_000, 9_899_999_999)}`;
	const draft = { chance, house, id, index, startMs, agent, inbound, voice, outcome, answered, customer };
	return { ...parties(draft), ...course(draft), ...technicalities(draft) };
}

type Parties = Omit<CallRecord, keyof Course | keyof Technicalities>;

function parties({ chance, house, id, index, startMs, agent, inbound, voice, outcome, customer }: Draft): Parties {
	const team = chance.happens(0.8) ? agent.team : noTeam;
	const user = outcome.status === 'missed' && team !== noTeam && chance.happens(0.3) ? nobody : agent;
	return {
		_id: objectId(startMs, house.seed ^ 0x5a11, index),
		x_origin_id: id,
		uuid: id,
		channel: voice ? 'voice' : chance.pick(otherChannels),
		direction: inbound ? 'in' : 'out',
		type: team === noTeam ? 'direct' : 'team',
		endpoint_type: agent.endpoint,
		endpoint_id: agent.endpoint,
		user_system_id: user.id,
		user_display_name: user.name,
		user_login_id: user.login,
		caller: inbound ? `+${customer}` : user.login,
		callee: inbound ? '18886669555' : customer,
		team_system_id: team.id,
		team_name: team.name,
	};
}

type Course = ReturnType<typeof course>;

function course({ chance, house, id, startMs, agent, voice, outcome, answered, customer }: Draft) {
	const answerMs = startMs + outcome.ringSeconds * 1000 + chance.between(0, 900);
	const endMs = answerMs + outcome.talkSeconds * 1000 + chance.between(0, 99);
	const recorded = answered && voice && chance.happens(0.95);
	return {
		recording_filename: recorded ? `${customer}_${agent.id}_${endMs}.wav` : '',
		recording_url: recorded ? `/router/api/open-recording-url/${id}/${house.domainId}` : '',
		start_time: isoText(startMs),
		progress_duration: outcome.ringSeconds,
		duration: outcome.talkSeconds,
		answer_time: answered ? isoText(answerMs) : null,
		conference_duration: answered && chance.happens(0.05) ? chance.between(0, outcome.talkSeconds) : 0,
		end_time: isoText(endMs),
		status: outcome.status,
		terminated_by: outcome.terminatedBy,
		termination_cause: outcome.cause,
	};
}

type Technicalities = Pick<
	CallRecord,
	'codec' | 'mos' | 'dock_version' | 'domain_id' | 'space_id' | 'hold_duration' | 'custom_data'
>;

function technicalities({ chance, house, index, agent, voice, outcome, answered }: Draft): Technicalities {
	return {
		codec: voice ? chance.pick(codecs) : '',
		// JSON leaves it out where it is undefined.
		mos: voice && answered && chance.happens(0.8) ? chance.between(10, 45) / 10 : undefined,
		dock_version: '3.0.0',
		domain_id: house.domainId,
		space_id: house.spaceId,
		hold_duration: answered && chance.happens(0.25) ? chance.between(0, outcome.talkSeconds) : 0,
		custom_data: customData(chance, index, agent),
	};
}

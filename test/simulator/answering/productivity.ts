import { mixText } from '../dataset/chance.ts';
import type { CallRecord, ProductivityRow, SessionRecord } from '../dataset/records.ts';
import { filtersNothing, matches } from './filters.ts';
import type { Filters } from './filters.ts';

/** Sums over one agent's records; seconds. */
type Sums = {
	id: string;
	user: string;
	sessionSeconds: number;
	awaySeconds: number;
	inbound: number;
	outbound: number;
	talkSeconds: number;
	wrapUpSeconds: number;
	inboundRingSeconds: number;
	ringSeconds: number;
	holdSeconds: number;
};

/**
 * One row an agent, by agent id, over the calls and logins that start in the window:
 * - a conversation is an answered call; `inbound_conversations`, `outbound_conversations` count them by direction;
 * - `session_duration` = sum of the logins' session_duration; `away_time` = sum of awaySecondsOf(login);
 * - `acd`, `acw`, `avg_hold_time`, `avg_ring_duration` = mean duration, wrapUpSecondsOf, hold_duration,
 *   progress_duration over conversations; `asa` = mean progress_duration over inbound conversations.
 * Seconds; means have two decimals and are 0 over nothing. direction, team_name and channel choose among calls;
 * with any of them asked, only agents with a matching call (answered or not) are listed, else those with a login too.
 */
export function productivityRows(
	calls: Iterable<CallRecord>,
	sessions: Iterable<SessionRecord>,
	filters: Filters,
): ProductivityRow[] {
	const { user_display_name = [], ...callFilters } = filters;
	const agents = new Map<string, Sums>();
	for (const call of calls) {
		const counts = call.user_system_id !== '' && matches(call, filters);
		if (counts) addCall(sumsOf(agents, call), call);
	}
	const everyAgent = filtersNothing(callFilters);
	for (const session of sessions) {
		if (!matches(session, { user_display_name })) continue;
		if (everyAgent || agents.has(session.user_system_id)) addSession(sumsOf(agents, session), session);
	}
	return [...agents.values()].map(toRow).sort((a, b) => (a._id < b._id ? -1 : 1));
}

/** Seconds of after-call work, which a call record does not carry: fixed by the call's id, 0 to 120. */
export function wrapUpSecondsOf(call: CallRecord): number {
	return mixText(call._id) % 121;
}

/** Seconds away within a login, which its record does not carry: fixed by its id, up to an eighth of it. */
export function awaySecondsOf(session: SessionRecord): number {
	return Math.floor((session.session_duration * (mixText(session._id) % 1000)) / 8000);
}

function sumsOf(
	agents: Map<string, Sums>,
	{ user_system_id: id, user_display_name: user }: CallRecord | SessionRecord,
): Sums {
	let sums = agents.get(id);
	if (sums === undefined) {
		const counts = {
			inbound: 0,
			outbound: 0,
			talkSeconds: 0,
			wrapUpSeconds: 0,
			inboundRingSeconds: 0,
			ringSeconds: 0,
			holdSeconds: 0,
		};
		sums = { id, user, sessionSeconds: 0, awaySeconds: 0, ...counts };
		agents.set(id, sums);
	}
	return sums;
}

function addCall(sums: Sums, call: CallRecord): void {
	if (call.status !== 'answered') return;
	if (call.direction === 'in') {
		sums.inbound++;
		sums.inboundRingSeconds += call.progress_duration;
	} else {
		sums.outbound++;
	}
	sums.talkSeconds += call.duration;
	sums.wrapUpSeconds += wrapUpSecondsOf(call);
	sums.ringSeconds += call.progress_duration;
	sums.holdSeconds += call.hold_duration;
}

function addSession(sums: Sums, session: SessionRecord): void {
	sums.sessionSeconds += session.session_duration;
	sums.awaySeconds += awaySecondsOf(session);
}

function toRow(sums: Sums): ProductivityRow {
	const conversations = sums.inbound + sums.outbound;
	return {
		_id: sums.id,
		user: sums.user,
		session_duration: sums.sessionSeconds,
		away_time: sums.awaySeconds,
		acd: mean(sums.talkSeconds, conversations),
		acw: mean(sums.wrapUpSeconds, conversations),
		asa: mean(sums.inboundRingSeconds, sums.inbound),
		avg_hold_time: mean(sums.holdSeconds, conversations),
		avg_ring_duration: mean(sums.ringSeconds, conversations),
		inbound_conversations: sums.inbound,
		outbound_conversations: sums.outbound,
	};
}

function mean(sum: number, count: number): number {
	return count === 0 ? 0 : Math.round((sum / count) * 100) / 100;
}

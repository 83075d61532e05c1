import { calls, csat, idOf, instantIn, isAnswered, isInbound, isWithin, numberIn, sessionActivities, sessions, type RatingBounds, type ReportDefinition, type ReportRecord, type SessionActivity } from '../reports';
import type { News, PollEvent } from './poll';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Where the end of an open login is refreshed as it goes on (U23), that happens more often than this. */
const heartbeatMs = 15 * minuteMs;

/** What of an event a workflow wants to know. */
export interface Wanted {
	/** Of sessions. */
	activities: readonly SessionActivity[];
	/** Of conversations: news is a conversation with all its answers, or an answer. */
	itemPer: 'conversation' | 'answer';
	/** Answers outside these are no news. */
	rating: RatingBounds;
}

const everything: Wanted = { activities: sessionActivities, itemPer: 'conversation', rating: { min: null, max: null } };

/** A call is finished once it has an end. One that is still running is not emitted, and not forgotten. */
const callCompleted: PollEvent = {
	name: 'callCompleted',
	title: 'Call Completed',
	description: 'When a call has ended, answered or not',
	report: calls,
	usualLookbackMs: 2 * hourMs,
	newsOf: (record) => (isBlank(record.end_time) ? [] : [{ key: identityOf(record, calls), record, changedAt: instantIn(record.end_time) }]),
};

const callMissed: PollEvent = {
	...callCompleted,
	name: 'callMissed',
	title: 'Call Missed',
	description: 'When an inbound call has ended and nobody answered it',
	decided: ['direction', 'outcome'],
	newsOf: (record, settled) => (isInbound(record) && !isAnswered(record) ? callCompleted.newsOf(record, settled) : []),
};

/**
 * A login is news, and so is the logout that comes under the same id hours later: each once, however often the end is refreshed (U23). What is seen
 * for the first time when it is over is a logout only. A logout is listed under its login, so the look-back must span a shift.
 */
function sessionActivity({ activities }: Wanted): PollEvent {
	return {
		name: 'sessionActivity',
		title: 'Agent Login or Logout',
		description: 'When an agent logs in, and when they log out',
		report: sessions,
		usualLookbackMs: 16 * hourMs,
		newsOf(record, settled) {
			const isOver = activities.includes('logout') && isLogout(record, settled);
			const activity = isOver ? 'logout' : 'login';
			if (!activities.includes(activity)) return [];
			const changedAt = instantIn(isOver ? record.end_time : record.start_time);
			return [{ key: joined([identityOf(record, sessions), activity]), record: { ...record, activity }, changedAt }];
		},
	};
}

/** A session with an end and a logout reason is over. An end alone counts once it hasn't changed for 15 minutes (U23). */
function isLogout({ activity, logout_reason: reason, end_time: end }: ReportRecord, settled: number): boolean {
	if (typeof activity === 'string' && activity.toLowerCase().includes('logout')) return true;
	if (isBlank(end)) return false;
	return !isBlank(reason) || (instantIn(end) ?? -Infinity) <= settled - heartbeatMs;
}

/**
 * Answers of one survey come seconds apart, or hours, all under the conversation's id. A conversation is emitted once no
 * answer is newer than the settle time, and again, whole, when another one has come: the key is id + answers.
 */
function csatReceived({ itemPer, rating }: Wanted): PollEvent {
	return {
		name: 'csatReceived',
		title: 'CSAT Received',
		description: 'When a customer has rated a conversation',
		report: csat,
		usualLookbackMs: 24 * hourMs,
		newsOf(record) {
			const answers = answersOf(record);
			const isRated = answers.length > 0 || (!Array.isArray(record.csat) && !isBlank(record.csat));
			if (!isRated) return [];
			const id = identityOf(record, csat);
			if (itemPer === 'answer') {
				const wanted = answers.filter(({ answer }) => isWithin(numberIn(answer), rating));
				return (answers.length > 0 ? wanted : [{ answer: record.csat }]).map((answer) => answerNews(id, record, answer));
			}
			return [{ key: joined([id, ...answers.map(answerKey).sort()]), record, changedAt: newest([record.end_time, ...answers.map(({ timestamp }) => timestamp)]) }];
		},
	};
}

function answerNews(id: string, record: ReportRecord, answer: ReportRecord): News {
	return { key: joined([id, 'answer', answerKey(answer)]), record: { ...record, csat: [answer] }, changedAt: newest([record.end_time, answer.timestamp]) };
}

/** What a workflow can be started by, in the order of the form. */
export const pollEvents: readonly PollEvent[] = [callCompleted, callMissed, sessionActivity(everything), csatReceived(everything)];

/** The event of a saved workflow, for what is wanted of it. Throws a RangeError for a name that is none. */
export function pollEventNamed(name: string, wanted: Partial<Wanted> = {}): PollEvent {
	const events = [callCompleted, callMissed, sessionActivity({ ...everything, ...wanted }), csatReceived({ ...everything, ...wanted })];
	const event = events.find((candidate) => candidate.name === name);
	if (event) return event;
	throw new RangeError(`Expected one of ${pollEvents.map((candidate) => candidate.name).join(', ')}, got '${name}'`);
}

/** A record without an id is told from others by all that it holds; one that grows, by what doesn't change as it does. */
function identityOf(record: ReportRecord, report: ReportDefinition): string {
	const id = idOf(record, report);
	if (id !== null) return id;
	const { session_id: session, user_system_id: user, user_display_name: name, start_time: start } = record;
	if (report === sessions) return JSON.stringify([session, user, name, start]);
	return JSON.stringify(report === csat ? { ...record, csat: null } : record);
}

/** The answers that were given: a question may be listed before it is answered. */
function answersOf(record: ReportRecord): ReportRecord[] {
	const answers: unknown[] = Array.isArray(record.csat) ? record.csat : [];
	return answers.map((answer): ReportRecord => (typeof answer === 'object' && answer !== null ? { ...answer } : { answer })).filter((answer) => !Object.hasOwn(answer, 'answer') || !isBlank(answer.answer));
}

/** An answer without an id is told by its question. */
function answerKey({ _id: id, uuid, question, answer }: ReportRecord): string {
	return joined(isBlank(id) ? [uuid, question, answer] : [id, answer]);
}

function newest(times: readonly unknown[]): number | null {
	let latest: number | null = null;
	for (const instant of times.map(instantIn)) if (instant !== null && (latest === null || instant > latest)) latest = instant;
	return latest;
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** One text for several values, so that no two lists of values share it. */
const joined = (parts: readonly unknown[]): string => JSON.stringify(parts);

import { calls, csat, idOf, instantIn, sessions, type ReportDefinition, type ReportRecord } from '../reports';
import type { PollEvent } from './poll';

const hourMs = 3_600_000;

/** A call is finished once it has an end. One that is still running is not handed on, and not forgotten. */
const callCompleted: PollEvent = {
	name: 'callCompleted',
	title: 'Call Completed',
	description: 'When a call has ended, answered or not',
	report: calls,
	leastLookbackMs: 0,
	isFinished: (record) => !isBlank(record.end_time),
	keyOf: (record) => identityOf(record, calls),
	timeOf: (record) => instantIn(record.start_time),
	changedAt: (record) => instantIn(record.end_time),
};

/**
 * A login is an event, and so is the logout that comes under the same id hours later: the key is id + activity + end time.
 * A logout is listed under its login, so the look-back must span a shift.
 */
const sessionActivity: PollEvent = {
	name: 'sessionActivity',
	title: 'Session Activity',
	description: 'When an agent has logged in, and when that login has ended',
	report: sessions,
	leastLookbackMs: 16 * hourMs,
	isFinished: () => true,
	keyOf: (record) => joined([identityOf(record, sessions), record.activity, instantIn(record.end_time) ?? record.end_time ?? null]),
	timeOf: (record) => instantIn(record.start_time),
	changedAt: (record) => instantIn(record.end_time) ?? instantIn(record.start_time),
};

/**
 * Answers of one survey come seconds apart, or hours, all under the conversation's id. A conversation is handed on once no
 * answer is newer than the settle time, and again, whole, when another one has come: the key is id + answers.
 */
const csatReceived: PollEvent = {
	name: 'csatReceived',
	title: 'CSAT Received',
	description: 'When a customer has rated a conversation',
	report: csat,
	leastLookbackMs: 24 * hourMs,
	isFinished: (record) => (Array.isArray(record.csat) ? record.csat.length > 0 : !isBlank(record.csat)),
	keyOf: (record) => joined([identityOf(record, csat), ...answersOf(record).map(answerKey).sort()]),
	timeOf: (record) => instantIn(record.start_time),
	changedAt: (record) => newest([record.end_time, ...answersOf(record).map(({ timestamp }) => timestamp)]),
};

/** What a workflow can be started by, in the order of the form. */
export const pollEvents: readonly PollEvent[] = [callCompleted, sessionActivity, csatReceived];

/** The event of a saved workflow. Throws a RangeError for a name that is none. */
export function pollEventNamed(name: string): PollEvent {
	const event = pollEvents.find((candidate) => candidate.name === name);
	if (event) return event;
	throw new RangeError(`Expected one of ${pollEvents.map((candidate) => candidate.name).join(', ')}, got '${name}'`);
}

/** A record without an id is told from others by all that it holds. */
function identityOf(record: ReportRecord, report: ReportDefinition): string {
	return idOf(record, report) ?? JSON.stringify(record);
}

function answersOf(record: ReportRecord): ReportRecord[] {
	const answers: unknown[] = Array.isArray(record.csat) ? record.csat : [];
	return answers.map((answer) => (typeof answer === 'object' && answer !== null ? { ...answer } : { answer }));
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

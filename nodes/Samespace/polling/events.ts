import { calls, csat, sessions, type ReportDefinition, type ReportRecord } from '../reports';
import { instantOf } from './instant';
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
	keyOf: (record) => idOf(record, calls),
	timeOf: (record) => instantOf(record.start_time),
	changedAt: (record) => instantOf(record.end_time),
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
	keyOf: (record) => joined(idOf(record, sessions), record.activity, instantOf(record.end_time) ?? record.end_time ?? null),
	timeOf: (record) => instantOf(record.start_time),
	changedAt: (record) => instantOf(record.end_time) ?? instantOf(record.start_time),
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
	keyOf: (record) => joined(idOf(record, csat), ...answersOf(record).map(answerKey).sort()),
	timeOf: (record) => instantOf(record.start_time),
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
function idOf(record: ReportRecord, report: ReportDefinition): string {
	const id = record[report.id];
	return isBlank(id) ? JSON.stringify(record) : String(id);
}

function answersOf(record: ReportRecord): ReportRecord[] {
	const answers: unknown[] = Array.isArray(record.csat) ? record.csat : [];
	return answers.map((answer) => (typeof answer === 'object' && answer !== null ? { ...answer } : { answer }));
}

/** An answer without an id is told by its question. */
function answerKey({ _id: id, uuid, question, answer }: ReportRecord): string {
	return joined(...(isBlank(id) ? [uuid, question] : [id]), answer);
}

function newest(times: readonly unknown[]): number | null {
	const instants = times.map(instantOf).filter((instant) => instant !== null);
	return instants.length === 0 ? null : Math.max(...instants);
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** One text for several values, so that no two lists of values share it. */
const joined = (...parts: readonly unknown[]): string => JSON.stringify(parts);

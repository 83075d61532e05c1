import { instantIn, isoOf } from '../reports';
import type { PollNotice, PollOptions } from './poll';
import { readSeen, writeSeen, type Seen, type SeenText } from './seen';

/**
 * What one poll leaves to the next one, as JSON. Times are ISO 8601 text. Never changed in place: a poll makes a new one.
 */
export type PollState = {
	version: 1;
	/** Name of the event that is polled for. */
	event: string;
	/** Counts the polls that were committed. */
	revision: number;
	/** The newest settled instant up to which everything was read and handed on. Never moves back. */
	cursor: string;
	/** From here on everything handed on is in `seen`. What is listed before is never read again. */
	seenSince: string;
	seen: SeenText;
	/** How far beyond the cursor to read at once, in ms, while there is more than one poll can hand on. */
	sliceMs?: number;
};

/** A state taken apart; times in ms since 1970. */
export interface Position {
	revision: number;
	cursor: number;
	seenSince: number;
	seen: Seen;
	/** Null unless there is a backlog. */
	sliceMs: number | null;
}

/** What was found where a state should be: null stands for 'this is the first poll'. */
export interface LoadedState {
	position: Position | null;
	notices: PollNotice[];
}

/**
 * Takes apart whatever lies in the place of a state. Nothing there: a first poll. The state of another event, or one without
 * a readable cursor: a first poll too, said aloud. A readable cursor alone: what is in the look-back is handed on again,
 * said aloud, since a loss would go unseen and a repetition does not.
 */
export function loadState(found: unknown, { event, lookbackMs }: Pick<PollOptions, 'event' | 'lookbackMs'>): LoadedState {
	if (isNothing(found)) return { position: null, notices: [] };
	const state = fieldsOf(found);
	if (typeof state.event === 'string' && state.event !== event.name) {
		return restarted(`The saved state is that of '${state.event}', this trigger now watches for '${event.name}'.`);
	}
	const cursor = instantIn(state.cursor);
	if (cursor === null) return restarted('The saved state of this trigger cannot be read.');
	const seenSince = instantIn(state.seenSince);
	const seen = readSeen(state.seen);
	const isKnown = state.version === 1 && state.event === event.name && seenSince !== null && seenSince <= cursor && seen !== null;
	const position = {
		revision: positiveIn(state.revision) ?? 0,
		cursor,
		seenSince: isKnown ? seenSince : cursor - lookbackMs,
		seen: isKnown ? seen : new Map<string, number>(),
		sliceMs: positiveIn(state.sliceMs),
	};
	return { position, notices: isKnown ? [] : [repeated(position)] };
}

/** Puts a state together, for `loadState` to take apart. */
export function saveState(position: Position, { event, lookbackMs }: Pick<PollOptions, 'event' | 'lookbackMs'>): PollState {
	const state: PollState = {
		version: 1,
		event: event.name,
		revision: position.revision,
		cursor: isoOf(position.cursor),
		seenSince: isoOf(position.seenSince),
		seen: writeSeen(position.seen, lookbackMs),
	};
	return position.sliceMs === null ? state : { ...state, sliceMs: position.sliceMs };
}

/**
 * Whether two things found in the place of a state are one and the same state, so that no other poll has committed in
 * between. Two states of one workflow never share a revision, as each is made from the one before.
 */
export function isSameState(before: unknown, after: unknown): boolean {
	return before === after || marksOf(before) === marksOf(after);
}

function marksOf(found: unknown): string {
	if (isNothing(found)) return 'nothing';
	const { event, revision, cursor } = fieldsOf(found);
	return JSON.stringify([event, revision, cursor]);
}

function isNothing(found: unknown): boolean {
	return found === undefined || found === null || (typeof found === 'object' && Object.keys(found).length === 0);
}

function fieldsOf(found: unknown): { [field: string]: unknown } {
	return typeof found === 'object' && found !== null ? { ...found } : {};
}

function positiveIn(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

function restarted(why: string): LoadedState {
	const text = `${why} It starts afresh: what came since the last poll is not handed on.`;
	return { position: null, notices: [{ kind: 'restarted', text }] };
}

function repeated({ seenSince }: Position): PollNotice {
	const text = `What this trigger handed on is no longer known. Everything since ${isoOf(seenSince)} is handed on, some of it again.`;
	return { kind: 'repeated', text };
}

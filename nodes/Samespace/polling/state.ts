import { instantIn, isoOf } from '../reports';
import { readEmitted, writeEmitted, type Emitted, type EmittedText } from './emitted';
import { noticeKinds, type PollNotice, type PollOptions } from './poll';

/**
 * What one poll leaves to the next one, as JSON. Times are ISO 8601 text. Never changed in place: a poll makes a new one.
 */
export type PollState = {
	version: 2;
	/** Name of the event that is polled for. */
	event: string;
	/** What tells the cluster and the filters that it was made for from others. */
	scope: string;
	/** Counts the polls that were committed. */
	revision: number;
	/** Up to here everything was read and emitted. It follows the records that came, not this clock. Never moves back. */
	cursor: string;
	/** When the last few polls came, by this clock. */
	polls: string[];
	/** How long the poll that saw the newest record took, in ms. That much of the time since it started isn't counted in `quietMs`. */
	tookMs: number;
	/** For how long no newer record has come, as far as polls come at their usual pace. */
	quietMs: number;
	/** Up to this instant of this clock the last poll has looked. */
	readUntil: string;
	/** From here on everything emitted is in `emitted`. What is listed before is never read again. */
	emittedSince: string;
	emitted: EmittedText;
	/** How many polls in a row have looked again for records that are missing further back than the look-back reaches. */
	held?: number;
	/** What the user must know and has not been told. */
	notices?: PollNotice[];
	/** When the user was last told of something, kind by kind. */
	told?: { [kind: string]: string };
};

/** A parsed state; times in ms since 1970. */
export interface ParsedState {
	revision: number;
	cursor: number;
	polls: number[];
	tookMs: number;
	quietMs: number;
	readUntil: number;
	emittedSince: number;
	emitted: Emitted;
	/** What changed up to here counts as emitted: the state was made for other filters, or there was none. */
	knownUntil: number | null;
	/** As in PollState; 0 where there is nothing to look for. */
	held: number;
	told: Map<string, number>;
}

/** More than are written. */
const mostPolls = 20;

type Scope = Pick<PollOptions, 'event' | 'scope' | 'lookbackMs' | 'lookedUntil'>;

/** The result of `loadState`; `position` is null on the first poll. */
export interface LoadedState {
	position: ParsedState | null;
	notices: PollNotice[];
}

/**
 * Parses saved state. If there is none, this is the first poll. If the cursor can't be read, it's treated as the first poll, with a notice. If
 * only the cursor can be read, the look-back is emitted again, with a notice, because users would notice duplicates but not losses. If it was
 * saved for another event, cluster or filters, changes up to the last poll don't start the workflow.
 */
export function loadState(found: unknown, { event, scope, lookbackMs, lookedUntil = -Infinity }: Scope): LoadedState {
	if (isNothing(found)) return { position: null, notices: [] };
	const state = fieldsOf(found);
	const cursor = instantIn(state.cursor);
	if (cursor === null) return { position: null, notices: [restarted] };
	const [readUntil, emittedSince] = [state.readUntil, state.emittedSince].map(instantIn);
	const emitted = readEmitted(state.emitted);
	const position: ParsedState = {
		revision: amountIn(state.revision),
		cursor,
		polls: Array.isArray(state.polls) ? state.polls.slice(-mostPolls).flatMap((at) => instantIn(at) ?? []) : [],
		tookMs: amountIn(state.tookMs),
		quietMs: amountIn(state.quietMs),
		readUntil: readUntil ?? cursor,
		emittedSince: cursor - lookbackMs,
		emitted: new Map(),
		knownUntil: null,
		held: amountIn(state.held),
		told: toldIn(state.told),
	};
	const isReadable = state.version === 2 && emittedSince !== null && emittedSince <= cursor && emitted !== null;
	if (!isReadable) return { position, notices: [repeated(position)] };
	if (state.event === event.name) position.emitted = emitted;
	if (state.event === event.name && state.scope === scope) return { position: { ...position, emittedSince }, notices: [] };
	return { position: { ...position, knownUntil: Math.max(position.readUntil, lookedUntil) }, notices: [] };
}

/** Serializes the state; `loadState` reads it. */
export function saveState(position: ParsedState, notices: readonly PollNotice[], { event, scope, lookbackMs }: Scope): PollState {
	const { revision, cursor, polls, tookMs, quietMs, readUntil, emittedSince, emitted, held, told } = position;
	return {
		version: 2,
		event: event.name,
		scope,
		revision,
		cursor: isoOf(cursor),
		polls: polls.map(isoOf),
		tookMs,
		quietMs,
		readUntil: isoOf(readUntil),
		emittedSince: isoOf(emittedSince),
		emitted: writeEmitted(emitted, lookbackMs),
		...(held === 0 ? {} : { held }),
		...(notices.length === 0 ? {} : { notices: [...notices] }),
		...(told.size === 0 ? {} : { told: Object.fromEntries([...told].map(([kind, at]) => [kind, isoOf(at)])) }),
	};
}

/** What a saved state has to tell the user. */
export function noticesIn(found: unknown): PollNotice[] {
	const { notices } = fieldsOf(found);
	if (!Array.isArray(notices)) return [];
	return notices.map(fieldsOf).flatMap(({ kind, text, passedOn }) =>
		noticeKinds.flatMap((known) => (known === kind && typeof text === 'string' ? { kind: known, text, ...(passedOn === undefined ? {} : { passedOn: amountIn(passedOn) }) } : [])),
	);
}

/**
 * Whether two things found in the place of a state are one and the same state, so that no other poll has committed in
 * between. Two states of one workflow never share a revision, as each is made from the one before.
 */
export function isSameState(before: unknown, after: unknown): boolean {
	return before === after || marksOf(before) === marksOf(after);
}

/** What tells a state from all others of its workflow. */
export function marksOf(found: unknown): string {
	if (isNothing(found)) return 'nothing';
	const { event, scope, revision, cursor } = fieldsOf(found);
	return JSON.stringify([event, scope, revision, cursor]);
}

function isNothing(found: unknown): boolean {
	return found === undefined || found === null || (typeof found === 'object' && Object.keys(found).length === 0);
}

function fieldsOf(found: unknown): { [field: string]: unknown } {
	return typeof found === 'object' && found !== null ? { ...found } : {};
}

function amountIn(value: unknown): number {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

function toldIn(found: unknown): Map<string, number> {
	const told = fieldsOf(found);
	return new Map(noticeKinds.flatMap((kind) => {
		const at = Object.hasOwn(told, kind) ? instantIn(told[kind]) : null;
		return at === null ? [] : [[kind, at]];
	}));
}

const restarted: PollNotice = {
	kind: 'restarted',
	text: "The trigger's saved state couldn't be read, so it started over: records that came between the last poll and this one weren't emitted. Read that period with the Samespace node.",
};

function repeated({ emittedSince }: ParsedState): PollNotice {
	const text = `The trigger's list of emitted records couldn't be read. Everything since ${isoOf(emittedSince)} was emitted, some of it again.`;
	return { kind: 'repeated', text };
}

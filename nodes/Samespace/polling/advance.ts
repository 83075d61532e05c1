import { failed, success, timeOf, type Failure, type Outcome, type Range } from '../reading';
import { isoOf, type ReportRecord } from '../reports';
import { mostEmitted, trimEmitted } from './emitted';
import { gather, type Gathered, type PollInput } from './gather';
import { checkPoll, type PollNotice, type PollOptions, type PollReader } from './poll';
import { loadState, noticesIn, saveState, type ParsedState, type PollState } from './state';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How far this clock may be behind what was read: two clocks never agree. */
const clockToleranceMs = 15 * 60_000;
/** How far before the last poll the cursor stays at least, where no newer record shows that the clock is right. */
const doubtMs = 3 * hourMs;
/** Where n8n is restarted before each poll, a notice ends here. */
const mostPassedOn = 3;
/** How many polls are at least between two notices of the same, or two that emit nothing only to be remembered. */
const pollsBetween = 10;
/** How many polls are remembered: the pace of those that come is told by them, and a clock that jumps. */
const mostPolls = 5;
/** A poll that moves the cursor further, and much further than usual, is to be remembered even if it emits nothing. */
const farMs = 6 * hourMs;
/** How many polls in a row a catch-up is held back by records that are missing further back than the look-back reaches. */
const mostHeld = 5;
/** How far back a first poll looks for the newest record: so that the polls after it, too, ask for less than a month. */
const reachMs = 20 * dayMs;

/** One poll: what to emit, and what to save with it in the same step. */
export interface PollStep {
	/** The new state. To be saved only if the old one is still in its place (`isSameState`). */
	state: PollState;
	/** Each for the first time, in the order of their times: `maxItems` at most. */
	records: ReportRecord[];
	/** Whether more is waiting for the next poll. */
	hasMore: boolean;
	/** Whether the cursor moved so far that no later poll should have to read that range again. */
	isFar: boolean;
	/** Whether nothing was known before: nothing is emitted. */
	isFirst: boolean;
	/** What the user should know. It is in the state, too, for the next poll to tell. */
	notices: PollNotice[];
	/** What was passed on too often, and is now dropped. */
	unshown: PollNotice[];
}

/**
 * Makes one poll. `found` is the saved state, if any; `now` is in ms since 1970.
 *
 * The first poll emits nothing: it remembers what is there already, so that whatever appears or ends from then on is
 * new. A failure leaves everything as it was. Throws a RangeError for options that make no sense.
 */
export async function advance(found: unknown, now: number, reader: PollReader, options: PollOptions): Promise<Outcome<PollStep>> {
	checkPoll(now, options);
	const { position, notices } = loadState(found, options);
	const unshown = options.passesOn ? noticesIn(found).map((notice) => ({ ...notice, passedOn: (notice.passedOn ?? 0) + 1 })) : [];
	const polled = now - options.settleMs;
	if (position === null) return await begin(reader, { polled, notices, unshown, options });
	if (now < position.cursor - clockToleranceMs) return failed({ kind: 'clock', window: { start: now, end: position.cursor } });
	const before = position.polls.at(-1) ?? now;
	if (now < before - clockToleranceMs) notices.push(clockNotice(before, now));
	const settled = Math.max(position.cursor, polled);
	const input = { position: inDoubt(position, polled), settled, options };
	const gathered = await gather(reader, input);
	return gathered.ok ? success({ ...commit(gathered.value, input, { polled, notices, unshown }), isFirst: false }) : gathered;
}

/** If `knownUntil` comes from a clock that was ahead, uses the cursor instead, which follows the records. */
function inDoubt(position: ParsedState, polled: number): ParsedState {
	const { knownUntil, cursor } = position;
	return knownUntil === null || knownUntil <= polled ? position : { ...position, knownUntil: cursor };
}

/**
 * The first poll: all that is there counts as emitted. The newest record tells where to begin, since this clock may be wrong; it is looked
 * for where none came in the last hours.
 */
async function begin(reader: PollReader, { polled, notices, unshown, options }: Beginning): Promise<Outcome<PollStep>> {
	const inputFrom = (cursor: number): PollInput => ({ position: newPosition(cursor, polled, options), settled: polled, options });
	let input = inputFrom(polled - doubtMs);
	let gathered = await gather(reader, input);
	if (gathered.ok && (gathered.value.stretch.newest ?? -Infinity) < polled - doubtMs) {
		const newest = await newestTime(reader, gathered.value.stretch.newest, { polled, options });
		if (!newest.ok) return newest;
		input = inputFrom(newest.value);
		gathered = await gather(reader, input);
	}
	return gathered.ok ? success({ ...commit({ ...gathered.value, newRecords: [] }, input, { polled, notices, unshown }), isFirst: true }) : gathered;
}

/** When the newest record lies in time; as far back as was looked, where there is none. */
async function newestTime(reader: PollReader, known: number | null, { polled, options }: Pick<Beginning, 'polled' | 'options'>): Promise<Outcome<number>> {
	if (known !== null) return success(known);
	const { event, lookbackMs } = options;
	const reach = { start: polled - Math.max(reachMs, lookbackMs), end: polled };
	const newest = await reader.newest(reach, 1);
	if (!newest.ok) return newest;
	const time = newest.value.map((record) => timeOf(record, event.report)).at(0);
	return success(Math.min(polled, time ?? reach.start + lookbackMs));
}

interface Beginning {
	/** When this clock says that it is polled, less the settle time. */
	polled: number;
	notices: PollNotice[];
	/** What earlier polls left to be shown, and nobody has shown yet. */
	unshown: PollNotice[];
	options: PollOptions;
}

function newPosition(cursor: number, polled: number, { lookbackMs }: PollOptions): ParsedState {
	return {
		revision: 0,
		cursor,
		polls: [],
		tookMs: 0,
		quietMs: 0,
		readUntil: polled,
		emittedSince: cursor - lookbackMs,
		emitted: new Map(),
		knownUntil: polled,
		held: 0,
		told: new Map(),
	};
}

/** The cursor moves to the newest instant up to which everything was read and is emitted, and no further. */
function commit(gathered: Gathered, { position, settled, options }: PollInput, { polled, notices, unshown }: Omit<Beginning, 'options'>): Omit<PollStep, 'isFirst'> {
	const { newRecords, stretch, leftOutFrom } = gathered;
	const { emitted } = position;
	for (const { id, listedAt } of newRecords) emitted.set(id, listedAt ?? settled);
	// No further than the newest record, too: beyond it only this clock says that there is nothing.
	const emittedUntil = Math.min(settled, stretch.until ?? Infinity, leftOutFrom - 1, stretch.newest ?? -Infinity);
	const hold = holdFor(stretch.gaps, { position, emittedUntil, lookbackMs: options.lookbackMs });
	const moved = Math.min(emittedUntil, hold.until);
	const isWhole = stretch.until === null && leftOutFrom === Infinity && hold.polls === 0;
	const pace = quietProgress(position, { now: polled + options.settleMs, settleMs: options.settleMs, tookMs: Math.ceil(options.tookMs?.() ?? 0), isQuiet: isWhole && moved <= position.cursor });
	const cursor = Math.max(moved, pace.cursor);
	const reach = Math.max(position.emittedSince, cursor - options.lookbackMs);
	const emittedSince = trimEmitted(emitted, reach, cursor);
	const told = new Map(position.told);
	const all = [...notices, ...noticesOf(gathered, emittedSince > reach ? emittedSince : null, options), ...(hold.givenUp === null ? [] : [lossNotice(hold.givenUp)])];
	const fresh = all.filter(({ kind }) => takeTurnToTell(told, kind, pace.polls));
	const next: ParsedState = {
		...pace,
		revision: position.revision + 1,
		cursor,
		readUntil: isWhole ? settled : cursor,
		emittedSince,
		emitted,
		knownUntil: null,
		held: hold.polls,
		told,
	};
	const [kept, dropped] = [true, false].map((isKept) => unshown.filter(({ passedOn = 0 }) => passedOn <= mostPassedOn === isKept));
	return { state: saveState(next, [...kept, ...fresh], options), records: newRecords.map(({ record }) => record), hasMore: !isWhole, isFar: cursor - position.cursor > farOf(position), notices: fresh, unshown: dropped };
}

/**
 * How far the cursor may move where records are missing. The polls look into a gap for as long as it lies in the look-back. A catch-up would pass it after
 * one look, so it's held back for some polls.
 */
function holdFor(gaps: readonly Failure[], { position, emittedUntil, lookbackMs }: { position: ParsedState; emittedUntil: number; lookbackMs: number }): { until: number; polls: number; givenUp: Range | null } {
	const isCatchUp = position.held > 0 || emittedUntil > position.cursor + lookbackMs;
	const missed = gaps.flatMap(({ window }) => (isCatchUp && window !== undefined && window.start < emittedUntil - lookbackMs ? window : []));
	if (missed.length === 0) return { until: Infinity, polls: 0, givenUp: null };
	const start = Math.min(...missed.map((window) => window.start));
	if (position.held >= mostHeld) return { until: Infinity, polls: 0, givenUp: { start, end: Math.max(...missed.map(({ end }) => end)) } };
	return { until: Math.max(position.cursor, start + lookbackMs), polls: position.held + 1, givenUp: null };
}

/**
 * Without newer records, the cursor follows this clock at a distance of `doubtMs`. Each poll moves it by at most the shortest gap between the
 * last polls, and it never comes closer to the earliest of them, so a clock that jumps hardly moves it. The time that a poll itself took isn't
 * counted.
 */
function quietProgress(position: ParsedState, { now, settleMs, tookMs, isQuiet }: { now: number; settleMs: number; tookMs: number; isQuiet: boolean }): Pick<ParsedState, 'cursor' | 'polls' | 'tookMs' | 'quietMs'> {
	const { cursor } = position;
	const polls = [...position.polls, now].slice(-mostPolls);
	const isFirst = position.polls.length === 0;
	if (!isQuiet || isFirst) return { cursor, polls, tookMs, quietMs: 0 };
	const gaps = polls.slice(1).map((at, before) => Math.max(0, at - polls[before]));
	const lastGap = gaps.at(-1) ?? 0;
	const uncounted = Math.min(lastGap, position.tookMs);
	const quietMs = position.quietMs + Math.min(lastGap - uncounted, ...gaps);
	const moved = Math.max(cursor, Math.min(cursor + quietMs - doubtMs, Math.min(...polls) - settleMs - doubtMs));
	return { cursor: moved, polls, tookMs: position.tookMs - uncounted, quietMs: quietMs - (moved - cursor) };
}

/** Polls may be hours apart. */
function farOf({ polls }: ParsedState): number {
	return Math.max(farMs, pollsBetween * shortestGap(polls));
}

function shortestGap(polls: readonly number[]): number {
	const gaps = polls.slice(1).map((poll, before) => Math.abs(poll - polls[before]));
	return gaps.length === 0 ? 0 : Math.min(...gaps);
}

/** Whether this kind of notice is due: at most once a day, and once in ten polls. If it is, it's noted in `told`. */
function takeTurnToTell(told: Map<string, number>, kind: PollNotice['kind'], polls: readonly number[]): boolean {
	const at = polls[polls.length - 1];
	const last = told.get(kind);
	if (last !== undefined && Math.abs(at - last) < Math.max(dayMs, pollsBetween * shortestGap(polls))) return false;
	told.set(kind, at);
	return true;
}

function noticesOf({ stretch: { gaps, strange } }: Gathered, forgottenUntil: number | null, options: PollOptions): PollNotice[] {
	return [
		...gaps.slice(0, 1).map(gapNotice),
		...(strange > 0 ? [strangeNotice(strange)] : []),
		...(forgottenUntil === null ? [] : [roomNotice(forgottenUntil, options)]),
	];
}

function clockNotice(before: number, now: number): PollNotice {
	const text =
		`The n8n server's clock went back from ${isoOf(before)} to ${isoOf(now)}: it was ahead before, or it is behind now. Nothing was lost. If it was ahead, some records may have been ` +
		'emitted before they had settled.';
	return { kind: 'clock', text };
}

function gapNotice({ window, expected, received }: Failure): PollNotice {
	const when = window ? ` from ${isoOf(window.start)} to ${isoOf(window.end)}` : '';
	const text =
		`Not all records${when} could be read: Samespace announced ${expected ?? 'an unknown number'}, but only ${received ?? 0} arrived, even when they were requested again. Those that ` +
		"arrived were emitted. The next polls look again, as far back as 'Look Back (Minutes)' reaches.";
	return { kind: 'incomplete', text };
}

function lossNotice({ start, end }: Range): PollNotice {
	return { kind: 'lost', text: `Some records from ${isoOf(start)} to ${isoOf(end)} couldn't be read, even in several polls, so the trigger has moved on. Read that period with the Samespace node.` };
}

function strangeNotice(strange: number): PollNotice {
	return { kind: 'strange', text: `Samespace sent ${strange} ${strange === 1 ? "row that isn't a record. It was" : "rows that aren't records. They were"} skipped; all others were emitted.` };
}

function roomNotice(emittedSince: number, { lookbackMs }: PollOptions): PollNotice {
	const text =
		`The look-back of ${Math.round(lookbackMs / 60_000)} minutes contains more than ${mostEmitted.toLocaleString('en')} records. The trigger remembers only the newest: ` +
		`a record that starts before ${isoOf(emittedSince)} and appears late isn't emitted. Shorten 'Look Back (Minutes)' under Options or narrow 'Filters'.`;
	return { kind: 'room', text };
}

import { failed, success, type Outcome } from '../reading';
import { isoOf, type ReportRecord } from '../reports';
import { gather, type Gathered, type Outlook } from './gather';
import { checkPoll, type PollNotice, type PollOptions, type PollRead } from './poll';
import { maxSeen, trimSeen, type Seen } from './seen';
import { sift } from './sift';
import { loadState, saveState, type Position, type PollState } from './state';

/** One poll: what to hand on, and what to save with it in the same step. */
export interface PollStep {
	/** The new state. To be saved only if the old one is still in its place (`isSameState`). */
	state: PollState;
	/** Each for the first time, in the order of their times: `maxItems` at most. */
	records: ReportRecord[];
	/** Whether more is waiting for the next poll. */
	hasMore: boolean;
	notices: PollNotice[];
}

/**
 * Makes one poll. `found` is whatever lies in the place of the state, `now` is in ms since 1970.
 *
 * The first poll hands nothing on: it remembers what is there already, so that whatever appears or ends from then on is
 * new. A failure leaves everything as it was. Throws a RangeError for options that make no sense.
 */
export async function advance(found: unknown, now: number, read: PollRead, options: PollOptions): Promise<Outcome<PollStep>> {
	checkPoll(now, options);
	const { position, notices } = loadState(found, options);
	const step = position
		? await pollOn(read, { position, settled: Math.max(position.cursor, now - options.settleMs), options })
		: await pollFirst(read, now - options.settleMs, options);
	if (!step.ok) return step;
	if (position && now < position.cursor) notices.push(clockNotice(now, position.cursor));
	return success({ ...step.value, notices: [...notices, ...step.value.notices] });
}

async function pollFirst(read: PollRead, settled: number, options: PollOptions): Promise<Outcome<PollStep>> {
	const since = settled - options.lookbackMs;
	const seen: Seen = new Map();
	const failure = await read({ start: since, end: settled }, (record) => {
		const find = sift(record, { since, settled }, options);
		if (find) seen.set(find.fingerprint, find.time);
	});
	if (failure) return failed(failure);
	return success(stepTo({ revision: 0, cursor: settled, seenSince: since, seen, sliceMs: null }, [], options));
}

async function pollOn(read: PollRead, outlook: Outlook): Promise<Outcome<PollStep>> {
	const gathered = await gather(read, outlook);
	return gathered.ok ? success(commit(gathered.value, outlook)) : gathered;
}

/** The cursor moves to the newest instant up to which everything was read and is handed on, and no further. */
function commit({ finds, doneUntil, sliceMs }: Gathered, { position, options }: Outlook): PollStep {
	for (const { fingerprint, time } of finds) position.seen.set(fingerprint, time);
	const next = { ...position, cursor: Math.max(position.cursor, doneUntil), sliceMs };
	return stepTo(next, finds.map(({ record }) => record), options);
}

/** Forgets what is out of reach and writes the state down. */
function stepTo(position: Position, records: ReportRecord[], options: PollOptions): PollStep {
	const reach = Math.max(position.seenSince, position.cursor - options.lookbackMs);
	const seenSince = trimSeen(position.seen, reach, position.cursor);
	const state = saveState({ ...position, revision: position.revision + 1, seenSince }, options);
	return { state, records, hasMore: position.sliceMs !== null, notices: seenSince > reach ? [roomNotice(seenSince, options)] : [] };
}

function roomNotice(seenSince: number, { lookbackMs }: PollOptions): PollNotice {
	const text =
		`More than ${maxSeen} records lie in the look-back of ${Math.round(lookbackMs / 60_000)} minutes. Only the newest are remembered: ` +
		`what appears late and is listed before ${isoOf(seenSince)} is not handed on. Shorten the look-back or narrow the filters.`;
	return { kind: 'room', text };
}

function clockNotice(now: number, cursor: number): PollNotice {
	const text =
		`This clock says ${isoOf(now)}, but ${isoOf(cursor)} was polled already. Late records are still handed on; new ones follow ` +
		'once the clock has caught up. If it is right now, rename the trigger node: it then starts afresh.';
	return { kind: 'clock', text };
}

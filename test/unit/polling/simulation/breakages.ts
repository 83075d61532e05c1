import type { PollOptions } from '../../../../nodes/Samespace/polling';
import type { Breakage } from './workflow';

const iso = (instantMs: number): string => new Date(instantMs).toISOString();

const withKey = (options: PollOptions, keyOf: PollOptions['event']['keyOf']): PollOptions => ({
	...options,
	event: { ...options.event, keyOf },
});

/** What holds the promise up, each thing broken on purpose. */
export const breakages: ReadonlyArray<[string, Breakage]> = [
	['no look-back', { options: (options) => ({ ...options, lookbackMs: 0 }) }],
	['a look-back nine tenths as long', { options: (options) => ({ ...options, lookbackMs: Math.floor(options.lookbackMs * 0.9) }) }],
	['no settle time', { options: (options) => ({ ...options, settleMs: 0 }) }],
	['half the settle time', { options: (options) => ({ ...options, settleMs: Math.floor(options.settleMs / 2) }) }],
	['a cursor set to now', { state: (state, _step, settled) => ({ ...state, cursor: iso(settled + 10 * 60_000) }) }],
	[
		'a cursor that passes what did not fit',
		{ state: (state, { hasMore }, settled) => (hasMore ? { ...state, sliceMs: undefined, cursor: iso(settled) } : state) },
	],
	['a cursor that moves on after a failure', { savesAfterFailure: true }],
	['a poll saved over another one', { savesOverOthers: true }],
	['a state saved before its records are handed on', { savesBeforeEmitting: true }],
	['nothing seen is remembered', { state: (state) => ({ ...state, seen: {} }) }],
	[
		'the oldest of what was seen is forgotten',
		{ state: (state) => ({ ...state, seen: Object.fromEntries(Object.entries(state.seen).slice(1)) }) },
	],
	['what was there at the start is not remembered', { state: (state) => (state.revision === 1 ? { ...state, seen: {} } : state) }],
	['keys that collide', { options: (options) => withKey(options, (record) => options.event.keyOf(record).replace(/\d\d/g, '')) }],
	['keys that are ids alone', { options: (options) => withKey(options, (record) => String(record._id)) }],
	['records that are never finished', { options: (options) => ({ ...options, event: { ...options.event, isFinished: () => true } }) }],
];

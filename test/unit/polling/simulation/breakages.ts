import type { News, PollOptions } from '../../../../nodes/Samespace/polling';
import type { ReportRecord } from '../../../../nodes/Samespace/reports';
import type { Breakage } from './workflow';

const iso = (instantMs: number): string => new Date(instantMs).toISOString();

const withNews = (options: PollOptions, change: (news: News, record: ReportRecord) => News): PollOptions => ({
	...options,
	event: { ...options.event, newsOf: (record, settled) => options.event.newsOf(record, settled).map((news) => change(news, record)) },
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
		{ state: (state, { hasMore }, settled) => (hasMore ? { ...state, cursor: iso(settled) } : state) },
	],
	['a cursor that moves on after a failure', { savesAfterFailure: true }],
	['a poll saved over another one', { savesOverOthers: true }],
	['a state saved before its records are handed on', { savesBeforeEmitting: true }],
	['nothing seen is remembered', { state: (state) => ({ ...state, emitted: {} }) }],
	[
		'the oldest of what was seen is forgotten',
		{ state: (state) => ({ ...state, emitted: Object.fromEntries(Object.entries(state.emitted).slice(1)) }) },
	],
	['what was there at the start is not remembered', { state: (state) => (state.revision === 1 ? { ...state, emitted: {} } : state) }],
	['keys that collide', { options: (options) => withNews(options, (news) => ({ ...news, key: news.key.replace(/\d\d/g, '') })) }],
	['keys that are ids alone', { options: (options) => withNews(options, (news, record) => ({ ...news, key: String(record._id) })) }],
	['keys that change with each refresh', { options: (options) => withNews(options, (news, record) => ({ ...news, key: news.key + String(record.end_time) })) }],
	[
		'records that are never finished',
		{ options: (options) => ({ ...options, event: { ...options.event, newsOf: (record) => [{ key: JSON.stringify(record), record, changedAt: null }] } }) },
	],
	['a cursor that follows the clock', { state: (state, _step, settled) => ({ ...state, cursor: iso(Math.max(settled, Date.parse(state.cursor))) }) }],
	['a state that does not know its filters', { found: (state) => ({ ...state, scope: 'B,C' }) }],
	['a first poll that emits nothing', { emitsNothingAtFirst: true }],
];

import type { ReportName, Switches } from '../../simulator/index.ts';

/** What is switched on, and what the table must say of the unknown for each of these reports. */
export type Case = [what: string, switches: Partial<Switches>, unknown: string, expected: Partial<Record<ReportName, string>>];

const all = (text: string): Record<ReportName, string> => ({ calls: text, sessions: text, productivity: text, csat: text });
const timed = (text: string): Partial<Record<ReportName, string>> => ({ calls: text, sessions: text, csat: text });

const right = 'the number of rows';
/** What each report does under the default switches. */
export const defaultWay: Array<[string, Partial<Record<ReportName, string>>]> = [
	['U1', all('`{total, data}`')],
	['U2', { calls: 'no cap up to 1,000', sessions: 'not seen', productivity: 'not seen', csat: 'not seen' }],
	['U3', all('no')],
	['U4', all('no')],
	['U5', timed('start_time inclusive, end_time inclusive')],
	['U6', { productivity: 'the zone in SAMESPACE_TIMEZONE', csat: 'the zone in SAMESPACE_TIMEZONE' }],
	['U7', { ...all('times honoured; a documented filter honoured'), csat: 'times honoured' }],
	['U8', timed('oldest first, the same in two looks')],
	['U9', all('not seen')],
	['U10', all('not seen')],
	['U11', all('HTTP 400 with `{message: text}`')],
	['U12', all('31 days')],
	['U13', all(right)],
	['U14', all('no')],
	['U15', all('no: 1,000 is granted')],
	['U16', all("`skip` 10,000 isn't refused; no slower than the first page")],
	['U17', all(right)],
	['U18', { sessions: 'nothing: `limit`, `skip`, start_time and end_time are taken', csat: 'an undocumented filter refused' }],
	['U19', all('`{total: 0, data: []}`; past the last row: `{total: number, data: []}`')],
	['U20', timed('no: its start counts')],
	['U21', { csat: 'the zone in SAMESPACE_TIMEZONE' }],
	['U22', { ...all('durations: numbers; other numbers: numbers'), csat: 'durations: numbers' }],
	['U23', { sessions: 'not seen' }],
	['U24', all('not seen')],
	['U25', all('not seen')],
	['U26', all('not seen')],
	['U27', { calls: 'milliseconds', sessions: 'milliseconds', csat: 'whole seconds or finer' }],
	['U28', { csat: 'not seen', productivity: 'not seen' }],
];

const pastEnd = '; past the last row: ';
/** Each way that a request can see, and what the table then says. */
export const cases: Case[] = [
	['a bare array', { envelope: 'array' }, 'U1', all('a bare array')],
	['a single object for one row', { envelope: 'object' }, 'U1', all('a bare array; a single object for one row')],
	['one object a page', { envelope: 'oneObject' }, 'U1', all('a single object for each page')],
	['data without total', { envelope: 'dataOnly' }, 'U1', all('`{data}` without `total`')],
	['an envelope of its own for one report', { envelope: { csat: 'array' } }, 'U1', { calls: '`{total, data}`', csat: 'a bare array' }],
	['a cap of 100', { maxLimit: 100 }, 'U2', { calls: 'capped at 100 rows a page', sessions: 'capped at 100 rows a page' }],
	['a cap of 10', { maxLimit: 10 }, 'U2', all('capped at 10 rows a page')],
	['limit ignored', { limitIgnored: true }, 'U3', all('yes: all rows come at once')],
	['skip ignored', { skipIgnored: true }, 'U4', all('yes: each page is the first one')],
	['start exclusive', { startInclusive: false }, 'U5', timed('start_time exclusive, end_time inclusive')],
	['end exclusive', { endInclusive: false }, 'U5', timed('start_time inclusive, end_time exclusive')],
	['both exclusive', { startInclusive: false, endInclusive: false }, 'U5', timed('start_time exclusive, end_time exclusive')],
	['exclusive, whole records', { endInclusive: false, wholeRecordsOnly: true }, 'U5', { calls: 'start_time inclusive, end_time exclusive' }],
	['times ignored', { timeFilterIgnored: true }, 'U7', { calls: 'times ignored; a documented filter honoured', csat: 'times ignored' }],
	['filters ignored', { filtersIgnored: true }, 'U7', { calls: 'times honoured; a documented filter ignored', productivity: 'times honoured; a documented filter ignored' }],
	['newest first', { order: 'newestFirst' }, 'U8', timed('newest first, the same in two looks')],
	['shuffled', { order: 'shuffled' }, 'U8', timed('no order by start_time, the same in two looks')],
	['unstable', { order: 'unstableBetweenRequests' }, 'U8', timed('another order for each request')],
	['errors under error', { errorBody: 'jsonError' }, 'U11', all('HTTP 400 with `{error: text}`')],
	['errors as text', { errorBody: 'text' }, 'U11', all('HTTP 400 with plain text')],
	['errors as HTML', { errorBody: 'html' }, 'U11', all('HTTP 400 with an HTML page')],
	['errors without a body', { errorBody: 'empty' }, 'U11', all('HTTP 400 with an empty body')],
	['30 days', { windowRule: '30days' }, 'U12', all('30 days')],
	['a calendar month', { windowRule: 'calendarMonth' }, 'U12', all('a calendar month (28 days and 2 hours from 1 February are refused)')],
	['total missing', { totalError: 'missing' }, 'U13', all('there is none')],
	['total as text', { totalError: 'textNumber' }, 'U13', all('a number as text')],
	['total as a word', { totalError: 'textWord' }, 'U13', all("text that isn't a number")],
	['total negative', { totalError: 'negative' }, 'U13', all('negative')],
	['total null', { totalError: 'null' }, 'U13', all('always null')],
	['total drifting', { totalError: 'drift' }, 'U13', all('changes from request to request')],
	['total too high', { totalError: 'tooHigh' }, 'U13', all('higher than the number of rows')],
	['total too low', { totalError: 'tooLow' }, 'U13', all('lower than the number of rows')],
	['total of the page', { totalError: 'pageRows' }, 'U17', all('counts the rows of the page')],
	['total unfiltered', { totalError: 'unfiltered' }, 'U17', all('counts all rows, whatever the times and filters')],
	['total of the times', { totalError: 'timesOnly' }, 'U17', { calls: 'counts the rows of the times, whatever the other filters', csat: right }],
	['total capped at 1,000', { totalError: { cappedAt: 1000 } }, 'U17', { calls: 'stops at 1,000', sessions: right }],
	['total capped at 100', { totalError: { cappedAt: 100 } }, 'U17', { calls: 'stops at 100', csat: 'stops at 100' }],
	['total of a clamped page', { totalError: 'pageRows', maxLimit: 100 }, 'U17', { calls: 'counts the rows of the page' }],
	['dates in text', { extendedJson: 'iso' }, 'U14', { calls: 'yes: `{"$oid": …}`, `{"$date": text}`', productivity: 'yes: `{"$oid": …}`' }],
	['dates in milliseconds', { extendedJson: 'numberLong' }, 'U14', { calls: 'yes: `{"$oid": …}`, `{"$date": {…}}`' }],
	['dates by turns', { extendedJson: true }, 'U14', { sessions: 'yes: `{"$oid": …}`, `{"$date": text}`, `{"$date": {…}}`' }],
	['500 at most', { refusedLimit: 500 }, 'U15', all('yes: 1,000 is refused, 500 is granted')],
	['10 at most, HTTP 413', { refusedLimit: 10, refusalStatus: 413 }, 'U15', all('yes: 50 is refused, 10 is granted')],
	['a result window of 5,000', { resultWindow: 5000 }, 'U16', all("`skip` 10,000 is refused, 1,000 isn't")],
	['a result window of 500, HTTP 500', { resultWindow: 500, refusalStatus: 500 }, 'U16', all('`skip` 10,000 is refused, so is 1,000')],
	['costly skips', { skipCostMs: 300 }, 'U16', { calls: "`skip` 10,000 isn't refused; deeper pages take longer" }],
	[
		'what is not documented refused',
		{ refuses: 'undocumented' },
		'U18',
		{
			calls: 'an undocumented filter refused',
			sessions: '`limit`, `skip`, start_time and end_time refused',
			productivity: '`limit`, `skip` refused',
			csat: '`limit`, `skip`, an undocumented filter refused',
		},
	],
	['skip refused', { refuses: { sessions: ['skip'] }, refusalNamesField: false }, 'U18', { sessions: '`skip` refused' }],
	['times refused', { refuses: { sessions: ['times'] }, refusalStatus: 422 }, 'U18', { sessions: 'start_time and end_time refused' }],
	['nothing: an array', { nothingBody: 'array' }, 'U19', all(`\`[]\`${pastEnd}\`{total: number, data: []}\``)],
	['nothing: an object', { nothingBody: 'object', nothingPastEnd: true }, 'U19', all(`\`{}\`${pastEnd}\`{}\``)],
	['nothing: data null', { nothingBody: 'dataNull' }, 'U19', all(`\`{data: null}\`${pastEnd}\`{total: number, data: []}\``)],
	['nothing: null', { nothingBody: 'null' }, 'U19', all(`\`null\`${pastEnd}\`{total: number, data: []}\``)],
	['nothing: 204', { nothingBody: 'noContent', nothingPastEnd: true }, 'U19', all(`HTTP 204 with an empty body${pastEnd}HTTP 204 with an empty body`)],
	['nothing: an empty body', { nothingBody: 'emptyBody' }, 'U19', all(`an empty body${pastEnd}\`{total: number, data: []}\``)],
	['nothing: a message', { nothingBody: 'message' }, 'U19', all(`\`{message: text}\`${pastEnd}\`{total: number, data: []}\``)],
	['nothing: 404', { nothingBody: 'message404' }, 'U19', all(`HTTP 404 with \`{message: text}\`${pastEnd}\`{total: number, data: []}\``)],
	['whole records only', { wholeRecordsOnly: true }, 'U20', timed('yes')],
	['durations as digits', { durations: 'text' }, 'U22', { calls: 'durations: text of digits; other numbers: numbers' }],
	['durations by the clock', { durations: 'clock' }, 'U22', { calls: 'durations: hh:mm:ss; other numbers: numbers', csat: 'durations: hh:mm:ss' }],
	['numbers as text', { numbersAsText: true }, 'U22', { productivity: 'durations: text of digits; other numbers: text of digits' }],
	['seconds, cut', { comparedIn: 's' }, 'U27', { calls: "whole seconds, cut, the records' own times not", csat: 'whole seconds or finer' }],
	['seconds, rounded', { comparedIn: 's', rounding: 'round' }, 'U27', { calls: "whole seconds, rounded, the records' own times not" }],
	['seconds, records too', { comparedIn: 's', recordTimesRounded: true }, 'U27', { calls: "whole seconds, cut, the records' own times too" }],
	['minutes, cut', { comparedIn: 'minute' }, 'U27', { calls: "whole minutes, cut, the records' own times not" }],
	['minutes, rounded', { comparedIn: 'minute', rounding: 'round' }, 'U27', { calls: "whole minutes, rounded, the records' own times not" }],
	[
		'minutes, rounded, records too',
		{ comparedIn: 'minute', rounding: 'round', recordTimesRounded: true },
		'U27',
		{ calls: "whole minutes, rounded, the records' own times too" },
	],
];

/**
 * The switches of the cases in few runs: each goes into the first run in which nothing is set otherwise. Runs of one or two
 * are left out: the cases have them.
 */
export function bundles(): Array<Partial<Switches>> {
	const found: Array<Partial<Switches>> = [];
	for (const [, switches] of cases) {
		const free = found.find((bundle) => Object.keys(switches).every((name) => !(name in bundle)));
		if (free) Object.assign(free, switches);
		else found.push({ ...switches });
	}
	return found.filter((bundle) => Object.keys(bundle).length > 2);
}

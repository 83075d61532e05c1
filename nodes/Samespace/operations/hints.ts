import { DateTime } from 'luxon';
import type { NodeExecutionHint } from 'n8n-workflow';

import { filterLabels } from '../parameters';
import type { Restrictions, Statistics } from '../reading';
import type { Range, ReportDefinition } from '../reports';
import { explainGap } from '../transport';
import type { Execution } from './execution';

/** What a user wants to know of a run: nothing where it went as it should. */
export function hintsOf({ statistics, gaps, notices, withoutRecording }: Execution): NodeExecutionHint[] {
	const told = [
		...nothingFound(statistics),
		...(withoutRecording === 0 ? [] : [`${counted(withoutRecording, 'item')} had no recording and ${withoutRecording === 1 ? 'was' : 'were'} passed on without a file.`]),
		...troubles(statistics),
		...Array.from(statistics.restrictions, ([report, restrictions]) => noticeOfRestrictions(report, restrictions)),
		...notices,
	];
	const warnings = gaps.map(explainGap).map(({ title, advice }) => `${title}. ${advice}`);
	return [
		...told.map((message): NodeExecutionHint => ({ message, location: 'outputPane', type: 'info' })),
		...warnings.map((message): NodeExecutionHint => ({ message, location: 'outputPane', type: 'warning' })),
	];
}

/** Where filters left out everything that came. */
function nothingFound({ records, skipped, filtered }: Statistics): string[] {
	return records + skipped > 0 || filtered.size === 0 ? [] : [noticeOfNothing(filtered)];
}

/** Says that nothing was found, and how many records each filter left out, in the order in which they are checked. */
export function noticeOfNothing(filtered: ReadonlyMap<string, number>, what: 'record' | 'missed call' = 'record'): string {
	const rows = [...filtered.values()].reduce((sum, count) => sum + count, 0);
	const asChecked = [...filtered].sort(([one], [other]) => filterLabels.indexOf(one) - filterLabels.indexOf(other));
	const each = asChecked.map(([label, count]) => `'${label}' (${count.toLocaleString('en')})`);
	const first = each.length > 1 ? ` Each ${what} is counted under the first filter that it didn't match.` : '';
	return `No ${what}s matched the filters. ${counted(rows, what)} in the date range ${rows === 1 ? 'was' : 'were'} left out by ${each.join(', ')}.${first}`;
}

function noticeOfRestrictions({ title }: ReportDefinition, { mostRows, isUnpaged, omitted }: Restrictions): string {
	const changes = [
		...(mostRows === null ? [] : [`pages have at most ${mostRows} rows`]),
		...(isUnpaged ? ['all rows are requested at once'] : []),
		...(omitted.size === 0 ? [] : [`the node applies ${[...omitted].map((name) => `'${name}'`).join(', ')} itself`]),
	];
	return `${title}: the cluster rejected part of the request, so ${changes.join('; ')}.`;
}

function troubles({ retries, duplicates }: Statistics): string[] {
	return [
		...(retries === 0 ? [] : [`${counted(retries, 'retry', 'retries')}: Samespace was rate limiting, overloaded or unreachable for a moment.`]),
		...(duplicates === 0 ? [] : [`Samespace sent ${counted(duplicates, 'record')} more than once. Each appears only once in the output.`]),
	];
}

/** Says that totals of a repeated hour are one, where the cluster's texts can't tell the two apart. */
export function noticeOfRepeatedHours({ title }: ReportDefinition, { start, end }: Range, clusterZone: string): string {
	const [from, to] = [DateTime.fromMillis(start, { zone: clusterZone }), DateTime.fromMillis(end, { zone: clusterZone })];
	return (
		`${title}: clocks in ${clusterZone} were set back on ${to.toFormat('yyyy-MM-dd')}, so the time from ${from.toFormat('HH:mm')} to ${to.toFormat('HH:mm')} occurred twice. ` +
		"Samespace can't tell the two apart, so their totals are in one row. Its 'period_start' and 'period_end' show what it covers."
	);
}

function counted(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

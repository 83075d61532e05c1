import { DateTime } from 'luxon';
import type { NodeExecutionHint } from 'n8n-workflow';

import type { Statistics } from '../reading';
import type { Range, ReportDefinition } from '../reports';
import { explain } from '../transport';
import { concessionsOf } from './contacts';
import type { Execution } from './execution';

/** What a user wants to know of a run: nothing where it went as it should. */
export function hintsOf({ statistics, gaps, contacts, notices, withoutRecording }: Execution): NodeExecutionHint[] {
	const told = [
		...nothingFound(statistics),
		...(withoutRecording === 0 ? [] : [`${counted(withoutRecording, 'item')} had no recording and ${withoutRecording === 1 ? 'was' : 'were'} passed on without a file.`]),
		...troubles(statistics),
		...Array.from(contacts, ([report, contact]) => concessionsOf(report, contact)).filter((message) => message !== null),
		...notices,
	];
	const warnings = gaps.map(explain).map(({ title, advice }) => `${title}. ${advice}`);
	return [
		...told.map((message): NodeExecutionHint => ({ message, location: 'outputPane', type: 'info' })),
		...warnings.map((message): NodeExecutionHint => ({ message, location: 'outputPane', type: 'warning' })),
	];
}

/** Where filters left out everything that came: how many rows each of them. */
function nothingFound({ records, filtered }: Statistics): string[] {
	if (records > 0 || filtered.size === 0) return [];
	const rows = [...filtered.values()].reduce((sum, count) => sum + count, 0);
	const each = Array.from(filtered, ([label, count]) => `'${label}' (${count.toLocaleString('en')})`);
	return [`No records matched the filters. ${counted(rows, 'record')} in the date range ${rows === 1 ? 'was' : 'were'} left out by ${each.join(', ')}.`];
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
		`${title}: clocks in ${clusterZone} were set back on ${to.toFormat('yyyy-MM-dd')}, so the time from ${from.toFormat('HH:mm')} to ${to.toFormat('HH:mm')} came twice. ` +
		"Samespace can't tell the two apart, so their totals are in one row. Its 'period_start' and 'period_end' show what it covers."
	);
}

function counted(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

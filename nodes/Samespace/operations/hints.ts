import { DateTime } from 'luxon';
import type { NodeExecutionHint } from 'n8n-workflow';

import type { Range, ReportDefinition } from '../reports';
import { explain } from '../transport';
import { concessionsOf } from './contacts';
import type { Execution } from './execution';

/** What the run did, in one line; and a warning for each window that does not add up. */
export function hintsOf({ statistics, gaps, contacts, notices }: Execution): NodeExecutionHint[] {
	const { records, windows, requests, retries, duplicates, outside } = statistics;
	const did = [
		counted(records, 'record'),
		counted(windows, 'window'),
		counted(requests, 'request'),
		counted(retries, 'retry', 'retries'),
		`${counted(duplicates, 'duplicate')} dropped`,
		`${counted(outside, 'row')} outside the filters left out`,
	];
	return [
		{ message: `${did.join(', ')}.`, location: 'outputPane', type: 'info' },
		...Array.from(contacts, ([report, contact]) => concessionsOf(report, contact))
			.filter((message) => message !== null)
			.map((message): NodeExecutionHint => ({ message, location: 'outputPane', type: 'info' })),
		...Array.from(notices, (message): NodeExecutionHint => ({ message, location: 'outputPane', type: 'info' })),
		...gaps.map((gap): NodeExecutionHint => {
			const { title, advice } = explain(gap);
			return { message: `${title}. ${advice}`, location: 'outputPane', type: 'warning' };
		}),
	];
}

/** Says that totals of a repeated hour are one, where the cluster's texts can't tell the two apart. */
export function noticeOfRepeatedHours({ title }: ReportDefinition, { start, end }: Range, clusterZone: string): string {
	const [from, to] = [DateTime.fromMillis(start, { zone: clusterZone }), DateTime.fromMillis(end, { zone: clusterZone })];
	return (
		`${title}: clocks in ${clusterZone} were set back on ${to.toFormat('yyyy-MM-dd')}, so ${from.toFormat('HH:mm')} to ${to.toFormat('HH:mm')} came twice. ` +
		"Samespace can't tell the two apart, so no row begins or ends between them: their totals are in one row. 'period_start' and 'period_end' show what it covers."
	);
}

function counted(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

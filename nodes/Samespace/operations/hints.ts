import type { NodeExecutionHint } from 'n8n-workflow';

import { explain } from '../transport';
import { concessionsOf } from './contacts';
import type { Execution } from './execution';

/** What the run did, in one line; and a warning for each window that does not add up. */
export function hintsOf({ statistics, gaps, contacts }: Execution): NodeExecutionHint[] {
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
		...gaps.map((gap): NodeExecutionHint => {
			const { title, advice } = explain(gap);
			return { message: `${title}. ${advice}`, location: 'outputPane', type: 'warning' };
		}),
	];
}

function counted(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node itself, not in n8n */
import { setTimeout as wait } from 'node:timers/promises';
import { notSeen } from '../finding.ts';
import type { Finding, Probe } from '../finding.ts';
import { reportNames } from '../reports.ts';
import { lastShift } from '../reportNotes.ts';
import type { ReportNotes } from '../reportNotes.ts';
import { idOf, isPage, rowsOf, timesOf } from '../wire/answer.ts';
import type { Answer } from '../wire/answer.ts';
import type { Incident } from '../wire/client.ts';

/** What takes time to show, or happens when it likes. */
export const lateProbes: Probe[] = [
	{ unknowns: 'U9', title: 'when a record appears', reports: reportNames, look: () => notSeen('needs hours of waiting for a record') },
	{ unknowns: 'U10', title: 'rate limits', reports: reportNames, look: rateLimit },
	{
		unknowns: 'U23',
		title: 'end_time of an open login',
		reports: ['sessions'],
		early: firstLook,
		look: openLogins,
	},
	{ unknowns: 'U24', title: 'a gateway between', reports: reportNames, look: gateway },
	{ unknowns: 'U25', title: 'rows that come while others are read', reports: reportNames, look: () => notSeen('needs waiting at a busy hour') },
	{ unknowns: 'U26', title: 'an error with HTTP 200', reports: reportNames, look: errorIn200 },
];

async function firstLook(notes: ReportNotes): Promise<{ answer: Answer; atMs: number }> {
	return await notes.once('firstLook', async () => {
		const atMs = performance.now();
		return { answer: await look(notes), atMs };
	});
}

async function look(notes: ReportNotes): Promise<Answer> {
	const { limit } = await notes.largestPage();
	return await notes.ask({ window: lastShift(notes.settings.now()), limit: Number.isFinite(limit) ? limit : undefined, skip: 0 });
}

async function openLogins(notes: ReportNotes): Promise<Finding> {
	const { answer: first, atMs } = await firstLook(notes);
	await wait(Math.max(0, notes.settings.betweenLooksMs - (performance.now() - atMs)));
	const second = await look(notes);
	if (!isPage(first) || !isPage(second)) return notSeen('a look failed');
	const before = new Map(rowsOf(first).map((row) => [idOf(row), timesOf(row).endMs]));
	const changed = rowsOf(second).some((row) => {
		const [was, is] = [before.get(idOf(row)), timesOf(row).endMs];
		return was !== undefined && is !== undefined && is > was;
	});
	const how = 'two looks at the logins of the last 16 hours';
	if (changed) return { does: 'refreshed as the login goes on', how };
	const isOpen = rowsOf(second).some((row) => 'end_time' in row && (row.end_time === null || row.end_time === ''));
	return isOpen ? { does: 'empty while the login is open', how } : notSeen('no login that was open, or none that changed between two looks');
}

function rateLimit({ client }: ReportNotes): Finding {
	const times = (incident: Incident): number => client.incidents.get(incident) ?? 0;
	if (times('rateLimit') === 0) return notSeen('no HTTP 429 in this run, which is slow on purpose');
	const forms = [
		...(times('retryAfterSeconds') > 0 ? ['in seconds'] : []),
		...(times('retryAfterDate') > 0 ? ['as a date'] : []),
	];
	return { does: `HTTP 429, ${forms.length === 0 ? 'without Retry-After' : `Retry-After ${forms.join(' or ')}`}`, how: 'it happened in this run' };
}

function gateway({ client }: ReportNotes): Finding {
	const kinds: Array<[Incident, string]> = [
		['gateway', 'a status of a gateway'],
		['htmlPage', 'an HTML page with HTTP 200'],
		['stall', 'a connection that stalled'],
	];
	const seen = kinds.filter(([incident]) => client.incidents.has(incident)).map(([, text]) => text);
	return seen.length === 0 ? notSeen('a fault that can only be met: none in this run') : { does: seen.join(', '), how: 'it happened in this run' };
}

function errorIn200({ client }: ReportNotes): Finding {
	if (!client.incidents.has('error200')) return notSeen('a fault that can only be met: none in this run');
	return { does: 'happens', how: 'it happened in this run' };
}

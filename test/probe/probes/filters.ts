import { notSeen } from '../finding.ts';
import { reasonOf } from '../wording.ts';
import type { Finding, Probe } from '../finding.ts';
import { reportNames } from '../reports.ts';
import type { ReportNotes } from '../reportNotes.ts';
import { dayMs, hourMs } from '../times.ts';
import { isPage, isRefused, rowsOf } from '../wire/answer.ts';
import type { Answer } from '../wire/answer.ts';

/** What filters do, and what is refused although it isn't wrong; how long a range may be. */
export const filterProbes: Probe[] = [
	{ unknowns: 'U7', title: 'times and filters honoured', reports: reportNames, look: honoured },
	{ unknowns: 'U12', title: 'longest range', reports: reportNames, look: longestRange },
	{ unknowns: 'U18', title: 'refused though not wrong', reports: reportNames, look: refusals },
];

async function honoured(notes: ReportNotes): Promise<Finding> {
	const times = await timesWord(notes);
	const filter = await filterWord(notes, 'shownFilter');
	const words = [...(times === undefined ? [] : [`times ${times}`]), ...(filter === undefined ? [] : [`a documented filter ${filter}`])];
	if (words.length === 0) return notSeen('no records to tell by, or the requests were refused');
	return { does: words.join('; '), how: 'asked for an hour of the year 2001, and for a value that no record has' };
}

async function timesWord(notes: ReportNotes): Promise<string | undefined> {
	if (!(await notes.takes('times'))) return undefined;
	const count = await notes.timesCount();
	return count === undefined ? undefined : word(count);
}

async function filterWord(notes: ReportNotes, which: 'shownFilter' | 'hiddenFilter'): Promise<string | undefined> {
	const answer = await notes.filtered(which);
	if (answer === undefined || (await notes.rows()).length === 0) return undefined;
	if (isRefused(answer)) return 'refused';
	return isPage(answer) ? word(rowsOf(answer).length === 0) : undefined;
}

function word(counts: boolean): string {
	return counts ? 'honoured' : 'ignored';
}

async function refusals(notes: ReportNotes): Promise<Finding> {
	const { refused, status } = await notes.acquaintance();
	const obstacle = await notes.obstacle();
	if (obstacle !== undefined) return notSeen(obstacle);
	const hidden = await notes.filtered('hiddenFilter');
	const isHiddenRefused = hidden !== undefined && isRefused(hidden);
	const names = [...refused.map((part) => (part === 'times' ? 'start_time and end_time' : `\`${part}\``)), ...(isHiddenRefused ? ['an undocumented filter'] : [])];
	const filter = await filterWord(notes, 'hiddenFilter');
	const rest = filter === undefined || isHiddenRefused ? '' : `; an undocumented filter is ${filter}`;
	const how = names.length === 0 ? 'each of these was sent' : `the refusal was HTTP ${status ?? hidden?.status}`;
	if (names.length === 0) return { does: `nothing: \`limit\`, \`skip\`, start_time and end_time are taken${rest}`, how };
	return { does: `${names.join(', ')} refused${rest}`, how };
}

/** 1 February at noon of the last year in which February was over and had 28 days. */
function lastFebruary(nowMs: number): number {
	for (let year = new Date(nowMs).getUTCFullYear(); ; year--) {
		const isLeap = new Date(Date.UTC(year, 2, 0)).getUTCDate() === 29;
		if (!isLeap && Date.UTC(year, 2, 5) < nowMs) return Date.UTC(year, 1, 1, 12);
	}
}

async function longestRange(notes: ReportNotes): Promise<Finding> {
	if (!(await notes.takes('times'))) return notSeen('start_time and end_time are refused (U18)');
	const obstacle = await notes.obstacle();
	if (obstacle !== undefined) return notSeen(obstacle);
	const startMs = lastFebruary(notes.settings.now());
	const ask = async (days: number): Promise<Answer> =>
		await notes.ask({ window: { startMs, endMs: startMs + days * dayMs + 2 * hourMs }, limit: 1, skip: 0 });
	const rules = [
		{ days: 31, otherwise: '31 days and 2 hours are granted' },
		{ days: 30, otherwise: '31 days' },
		{ days: 28, otherwise: '30 days' },
	];
	for (const { days, otherwise } of rules) {
		const answer = await ask(days);
		if (isPage(answer)) return { does: otherwise, how: 'ranges of 28, 30 and 31 days and 2 hours from 1 February' };
		if (!isRefused(answer)) return notSeen(reasonOf(answer));
	}
	return { does: 'a calendar month (28 days and 2 hours from 1 February are refused)', how: 'ranges of 28, 30 and 31 days and 2 hours from 1 February' };
}

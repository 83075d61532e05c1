import { notSeen } from '../finding.ts';
import type { Finding, Probe } from '../finding.ts';
import { judgeTotal } from '../judging/total.ts';
import type { TotalSeen } from '../judging/total.ts';
import { reportNames } from '../reports.ts';
import type { ReportNotes } from '../reportNotes.ts';
import { minuteMs } from '../times.ts';
import { isPage, rowsOf, totalOf } from '../wire/answer.ts';
import type { Answer } from '../wire/answer.ts';

/** What `total` counts. A total that lags behind new rows can't be seen without waiting for some. */
export const totalProbes: Probe[] = [{ unknowns: 'U13, U17', title: 'what `total` counts', reports: reportNames, look: total }];

const partRows = 5;

async function total(notes: ReportNotes): Promise<Finding> {
	const { answer: largest } = await notes.largestPage();
	if (rowsOf(largest).length === 0) return notSeen('no records in the 28 days asked');
	const { first } = await notes.acquaintance();
	const pages = [first, largest, ...((await notes.takes('limit')) ? [await notes.onePage()] : [])];
	const whole = await notes.isWhole();
	const seen = pages.map((answer) => ({ ...seenIn('range', answer), all: answer === largest && whole === true }));
	const beyond = await notes.beyond();
	const past = beyond && isPage(beyond.answer) ? { skip: beyond.skip, rows: rowsOf(beyond.answer).length } : undefined;
	const found = judgeTotal([...seen, ...(await otherQuestions(notes))], past);
	if (found === undefined) return notSeen('nothing tells how many rows there really are');
	return { does: found, how: 'totals of the same range with several limits, of a short one, of the year 2001, and with a filter' };
}

async function otherQuestions(notes: ReportNotes): Promise<TotalSeen[]> {
	const longAgo = (await notes.timesCount()) === true ? [seenIn('longAgo', await notes.longAgo())] : [];
	const filtered = await notes.filtered('shownFilter');
	const filter = filtered !== undefined && isPage(filtered) ? [seenIn('filter', filtered)] : [];
	return [...longAgo, ...filter, ...(await part(notes))];
}

/** A window of about five rows, all of which fit into one page. */
async function part(notes: ReportNotes): Promise<TotalSeen[]> {
	const rows = await notes.timedRows();
	const starts = rows.map(({ startMs }) => startMs).sort((a, b) => a - b);
	const from = Math.floor((starts.length - partRows) / 2);
	const to = starts[from + partRows - 1];
	if (from < 0 || to === undefined || (await notes.timesCount()) !== true) return [];
	const startMs = Math.floor((starts[from] as number) / minuteMs - 1) * minuteMs;
	const longest = Math.max(...rows.map((row) => row.endMs - row.startMs));
	const endMs = Math.ceil((to + longest) / minuteMs + 1) * minuteMs;
	const { limit } = await notes.largestPage();
	const answer = await notes.ask({ window: { startMs, endMs }, limit: Number.isFinite(limit) ? limit : undefined, skip: 0 });
	const all = isPage(answer) && rowsOf(answer).length < Math.min(limit, rows.length);
	return [{ ...seenIn('part', answer), all }];
}

function seenIn(of: TotalSeen['of'], answer: Answer): TotalSeen {
	return { of, total: totalOf(answer), rows: rowsOf(answer).length };
}

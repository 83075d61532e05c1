import { notSeen } from '../finding.ts';
import type { Finding, Probe } from '../finding.ts';
import type { ReportNotes } from '../reportNotes.ts';
import { hourMs, lastRepeatedHour, minuteMs, offsetMinutes, offsetText } from '../times.ts';
import type { Window } from '../times.ts';
import { isPage, rowsOf, timesOf } from '../wire/answer.ts';
import type { Row } from '../wire/answer.ts';

/** In which zone times without an offset are meant. Early: later ranges are written in it. */
export const zoneProbes: Probe[] = [
	{ unknowns: 'U6, U21', title: 'zone of `YYYY-MM-DD HH:mm:ss`', reports: ['csat', 'productivity'], early: shift, look: zone },
	{ unknowns: 'U28', title: 'a repeated hour', reports: ['csat'], look: repeatedHour },
	{
		unknowns: 'U28',
		title: 'a repeated hour',
		reports: ['productivity'],
		look: () => notSeen('rows carry no time'),
	},
];

const quarterMs = 15 * minuteMs;
/** Within a quarter of an hour. */
const besideMs = 7 * minuteMs;
/** Zones lie within 26 hours of each other. */
const mostQuarters = 26 * 4;
const leastConversations = 3;

/** Milliseconds that the cluster's texts are ahead of those in the zone entered, or why that can't be seen. */
async function shift(notes: ReportNotes): Promise<number | string> {
	return await notes.once('shift', async () => {
		const found = notes.report.name === 'csat' ? await shiftByRecord(notes) : await shiftByCalls(notes);
		if (typeof found === 'number') notes.shiftMs = found;
		return found;
	});
}

async function zone(notes: ReportNotes): Promise<Finding> {
	const found = await shift(notes);
	if (typeof found === 'string') return notSeen(found);
	const how =
		notes.report.name === 'csat'
			? 'ranges of a few minutes around one record, by its own time'
			: 'conversations of the agents in two hours, against the calls of these hours';
	if (found === 0) return { does: 'the zone in SAMESPACE_TIMEZONE', how };
	const minutes = offsetMinutes(notes.settings.timezone, notes.shiftSeenAtMs) + found / minuteMs;
	return { does: `another zone than SAMESPACE_TIMEZONE: UTC${offsetText(minutes)} at that time`, how: `${how}; enter the right zone and run again` };
}

async function shiftByRecord(notes: ReportNotes): Promise<number | string> {
	if (!(await notes.takes('times'))) return 'start_time and end_time are refused (U18)';
	if ((await notes.timesCount()) === false) return 'start_time and end_time are ignored (U7)';
	const rows = await notes.timedRows();
	const timed = rows.sort((a, b) => a.endMs - a.startMs - (b.endMs - b.startMs))[0];
	if (timed === undefined) return 'no record with two times';
	notes.shiftSeenAtMs = timed.startMs;
	const comes = async (low: number, high: number): Promise<boolean | undefined> =>
		await notes.comes(timed.row, { startMs: timed.startMs - besideMs + low * quarterMs, endMs: timed.endMs + besideMs + high * quarterMs });
	const expected = await comes(0, 0);
	if (expected) return 0;
	let [low, high] = [-mostQuarters, mostQuarters];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		const isLow = await comes(low, middle);
		if (isLow === undefined) return 'the page was too short to hold the record looked for';
		if (isLow) high = middle;
		else low = middle + 1;
	}
	return (await comes(low, low)) === true ? low * quarterMs : 'a record did not come for any range around it';
}

/** Rows of productivity carry no times: their conversations are held against the calls of the same two hours. */
async function shiftByCalls(notes: ReportNotes): Promise<number | string> {
	const calls = notes.of('calls');
	const [obstacle, here] = [await calls.obstacle(), await notes.obstacle()];
	if (obstacle ?? here) return obstacle === undefined ? String(here) : `the call report: ${obstacle}`;
	const window = busyHours(await calls.timedRows());
	if (window === undefined || (await calls.timesCount()) !== true) return 'no calls of agents to hold it against';
	notes.shiftSeenAtMs = window.startMs;
	const { limit } = await calls.largestPage();
	const page = rowsOf(await calls.ask({ window, limit: Number.isFinite(limit) ? limit : undefined, skip: 0 }));
	const expected = conversations(page.filter((row) => row.status === 'answered').map((row) => [row.user_system_id, 1]));
	const byRecord = await shift(notes.of('csat'));
	const shifts = new Set([0, ...(typeof byRecord === 'number' ? [byRecord] : [])]);
	for (const shiftMs of shifts) {
		const moved = { startMs: window.startMs + shiftMs, endMs: window.endMs + shiftMs };
		const answer = await notes.ask({ window: moved, limit: Number.isFinite(limit) ? limit : undefined, skip: 0 });
		const found = conversations(
			rowsOf(answer).map((row) => [row._id, Number(row.inbound_conversations) + Number(row.outbound_conversations)]),
		);
		if (isPage(answer) && page.length < limit && expected === found) return shiftMs;
	}
	return "the conversations don't match the answered calls of the same hours";
}

/** Agents and how many conversations each had, as one text to compare. */
function conversations(counts: ReadonlyArray<[agent: unknown, count: number]>): string {
	const sums = new Map<string, number>();
	for (const [agent, count] of counts) {
		const id = typeof agent === 'string' ? agent : JSON.stringify((agent as Row | null)?.$oid ?? '');
		if (count > 0 && id !== '') sums.set(id.replaceAll('"', ''), (sums.get(id.replaceAll('"', '')) ?? 0) + count);
	}
	return JSON.stringify([...sums].sort());
}

/** Two hours, from whole minute to whole minute, in which agents answered some calls that ended in them too. */
function busyHours(rows: ReadonlyArray<{ row: Row; startMs: number; endMs: number }>): Window | undefined {
	const answered = rows.filter(({ row }) => row.status === 'answered' && row.user_system_id).sort((a, b) => a.startMs - b.startMs);
	for (let i = 1; i + leastConversations < answered.length; i++) {
		const startMs = Math.ceil(((answered[i]?.startMs ?? 0) + 1) / minuteMs - 1) * minuteMs;
		const endMs = startMs + 2 * hourMs;
		const inside = answered.filter((call) => call.startMs >= startMs && call.startMs < endMs);
		if (inside.length >= leastConversations && inside.every((call) => call.endMs < endMs)) return { startMs, endMs };
	}
	return undefined;
}

async function repeatedHour(notes: ReportNotes): Promise<Finding> {
	const { timezone, now } = notes.settings;
	const first = lastRepeatedHour(timezone, now());
	if (first === undefined) return notSeen('SAMESPACE_TIMEZONE has had no repeated hour within a year');
	if ((await shift(notes)) !== 0) return notSeen("SAMESPACE_TIMEZONE isn't seen to be the cluster's zone (U6)");
	const second = first + hourMs;
	const around = await startsIn(notes, { startMs: first - 2 * hourMs, endMs: second + 2 * hourMs });
	const isIn = (hour: number) => (ms: number) => ms >= hour && ms < second + (hour - first);
	if (!around.some(isIn(first)) || !around.some(isIn(second))) return notSeen('no records in both runs of the last repeated hour');
	const starts = await startsIn(notes, { startMs: first, endMs: second - 1000 });
	const hours = [starts.some(isIn(first)), starts.some(isIn(second))];
	const does = hours[0] ? (hours[1] ? 'both hours' : 'the first of the two') : hours[1] ? 'the second of the two' : 'neither hour';
	return { does, how: 'asked for the hour that was there twice' };
}

async function startsIn(notes: ReportNotes, window: Window): Promise<number[]> {
	const { limit } = await notes.largestPage();
	const answer = await notes.ask({ window, limit: Number.isFinite(limit) ? limit : undefined, skip: 0 });
	return rowsOf(answer).flatMap((row) => timesOf(row).startMs ?? []);
}

import { notSeen } from '../finding.ts';
import type { Finding, Probe } from '../finding.ts';
import { afterAnswer, allReadings, candidates, nextWindow } from '../judging/edges.ts';
import type { Mark, Reading } from '../judging/edges.ts';
import { timedReports } from '../reports.ts';
import type { ReportNotes } from '../reportNotes.ts';
import { minuteMs, secondMs } from '../times.ts';
import type { Row } from '../wire/answer.ts';

/** What the two times of a request include, and how exactly: seen by one record close to the edge. */
export const edgeProbes: Probe[] = [
	{ unknowns: 'U20', title: 'only records that end in the range too', reports: timedReports, look: wholeRecords },
	{ unknowns: 'U5', title: 'start_time and end_time inclusive', reports: timedReports, look: inclusive },
	{ unknowns: 'U27', title: 'unit in which times are compared', reports: timedReports, look: unit },
];

type Timed = { row: Row; startMs: number; endMs: number };

/** Long enough for a window to end within it, whatever the server cuts or rounds. */
const longMs = 3 * minuteMs;
/** Most that one record is asked for. */
const maxAsks = 8;

async function isWholeOnly(notes: ReportNotes): Promise<boolean | string> {
	return await notes.once('isWholeOnly', async () => {
		if (!(await notes.takes('times'))) return 'start_time and end_time are refused (U18)';
		if ((await notes.timesCount()) === false) return 'start_time and end_time are ignored (U7)';
		const long = (await notes.timedRows()).filter(({ startMs, endMs }) => endMs - startMs >= longMs);
		const timed = long.sort((a, b) => a.endMs - a.startMs - (b.endMs - b.startMs))[0];
		if (timed === undefined) return 'no record of three minutes or more';
		const startMs = Math.floor(timed.startMs / secondMs) * secondMs - minuteMs;
		const comes = await notes.comes(timed.row, { startMs, endMs: startMs + 2.5 * minuteMs });
		if (comes !== false) return comes === undefined ? 'the page was too short to hold the record looked for' : false;
		const wider = await notes.comes(timed.row, { startMs, endMs: Math.ceil(timed.endMs / secondMs) * secondMs + minuteMs });
		return wider === true ? true : 'a record did not come for a range around it';
	});
}

async function wholeRecords(notes: ReportNotes): Promise<Finding> {
	const whole = await isWholeOnly(notes);
	if (typeof whole === 'string') return notSeen(whole);
	return { does: whole ? 'yes' : 'no: its start counts', how: 'a range that ends within a record' };
}

/** The readings that agree with all answers, or why there are none. */
async function readings(notes: ReportNotes): Promise<Reading[] | string> {
	return await notes.once('readings', async () => {
		const whole = await isWholeOnly(notes);
		if (typeof whole === 'string') return whole;
		const isExact = notes.report.times === 'iso';
		const timed = await notes.timedRows();
		let remaining: Reading[] = [...allReadings];
		for (const { row, startMs, endMs } of [...bestOf(timed, score.late), ...bestOf(timed, score.whole)]) {
			const mark: Mark = { startMs, endMs, whole };
			const windows = candidates(mark, isExact ? 1 : 1000);
			for (let asks = 0; asks < maxAsks; asks++) {
				const window = nextWindow(remaining, mark, windows);
				if (window === undefined) break;
				const came = await notes.comes(row, window);
				if (came === undefined) return 'the page was too short to hold the record looked for';
				remaining = afterAnswer(remaining, mark, window, came);
			}
		}
		if (remaining.length === allReadings.length) return 'no record with two times';
		return remaining.length > 0 ? remaining : 'the answers contradict each other';
	});
}

/** How much a record tells by where its start lies: late in a second and a minute (cut or rounded?), or exactly on one. */
const score = {
	late: (startMs: number): number => {
		const [ms, s] = [startMs % secondMs, (startMs % minuteMs) / secondMs];
		return (ms > 510 && ms < 990 ? 2 : 0) + (s > 32 && s < 58 ? 1 : 0);
	},
	whole: (startMs: number): number => (startMs % secondMs === 0 ? 2 : 0) + (startMs % minuteMs === 0 ? 1 : 0),
};

function bestOf(rows: readonly Timed[], worth: (startMs: number) => number): Timed[] {
	return [...rows].sort((a, b) => worth(b.startMs) - worth(a.startMs)).slice(0, 1);
}

const how = 'ranges that begin or end at one record, or a step beside it';

async function inclusive(notes: ReportNotes): Promise<Finding> {
	const found = await readings(notes);
	if (typeof found === 'string') return notSeen(found);
	const edge = (name: 'startInclusive' | 'endInclusive'): string => {
		const ways = new Set(found.map((reading) => reading[name]));
		return ways.size > 1 ? 'not to be told' : ways.has(true) ? 'inclusive' : 'exclusive';
	};
	const [start, end] = [edge('startInclusive'), edge('endInclusive')];
	if (start === end && start === 'not to be told') return notSeen("no record lies exactly on a time that can be asked");
	return { does: `start_time ${start}, end_time ${end}`, how };
}

const unitNames = { 1: 'milliseconds', 1000: 'whole seconds', 60_000: 'whole minutes' } as const;

async function unit(notes: ReportNotes): Promise<Finding> {
	const found = await readings(notes);
	if (typeof found === 'string') return notSeen(found);
	const units = [...new Set(found.map(({ unitMs }) => unitMs))];
	if (units.length > 1) {
		const finer = notes.report.times === 'local' && !units.includes(60_000);
		return finer ? { does: 'whole seconds or finer', how: `${how}; this report takes no finer times` } : notSeen('the records at hand leave several ways');
	}
	const name = unitNames[units[0] as 1 | 1000 | 60_000];
	if (units[0] === 1) return { does: name, how };
	const roundings = [...new Set(found.map(({ rounding }) => (rounding === 'cut' ? 'cut' : 'rounded')))];
	const recordsToo = [...new Set(found.map((reading) => reading.recordsToo))];
	const records = recordsToo.length > 1 ? '' : recordsToo[0] ? ", the records' own times too" : ", the records' own times not";
	return { does: `${name}, ${roundings.join(' or ')}${records}`, how };
}

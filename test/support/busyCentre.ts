import { startSimulator, type CallRecord, type CsatRecord, type ReportName, type SessionRecord, type SimulatorOptions, type TruthQuery } from '../simulator/index.ts';

/** Where the clocks of the node and of the cluster stand when a reading begins. */
export const now = '2026-11-20T12:00:00.000Z';

const nowMs = Date.parse(now);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The ranges that are asked for. The first two windows of `now` have no record; `nothing` has none at all. */
export const ranges = {
	past: { start: '2026-09-10T21:40:10.250Z', end: '2026-11-09T18:20:30.750Z' },
	now: { start: '2026-07-01T00:00:00.000Z', end: '2026-11-21T00:00:00.000Z' },
	short: { start: '2026-09-26T21:40:10.250Z', end: '2026-10-02T09:00:00.000Z' },
	nothing: { start: '2026-05-01T00:00:00.000Z', end: '2026-06-15T00:00:00.000Z' },
	toRepeatedHour: { start: '2026-09-24T06:00:00.000Z', end: '2026-10-25T00:30:00.000Z' },
	fromRepeatedHour: { start: '2026-10-25T01:30:00.000Z', end: '2026-11-21T00:00:00.000Z' },
} as const;

export type AskName = keyof typeof ranges;

const team = ['Sales', 'Helpdesk'];
const people = ['Sarah Taylor', '李小龍', 'José Álvarez'];

/** The filters that go with the range `now`: in the form, and as the truth knows them. */
export const filters: { [report in ReportName]: { form: { [parameter: string]: string[] }; truth: TruthQuery } } = {
	calls: { form: { status: ['answered'], teamName: team }, truth: { status: ['answered'], team_name: team } },
	sessions: { form: { userDisplayName: people }, truth: { user_display_name: people } },
	csat: { form: { teamName: team }, truth: { team_name: team } },
	productivity: { form: { userDisplayName: people }, truth: { user_display_name: people } },
};

/** What a report must give for a range: a range that ends in the future ends now. */
export function truthQuery(report: ReportName, ask: AskName): TruthQuery {
	const { start, end } = ranges[ask];
	return { start, end: end < now ? end : now, ...(ask === 'now' ? filters[report].truth : {}) };
}

type Times = { start_time: string; end_time: string };

export type Centre = { calls: CallRecord[]; sessions: SessionRecord[]; csat: CsatRecord[] };

/**
 * Seventy days with ten calls, ten logins and ten surveys each, more than nine pages of 30 a month, and records where windows, slices and
 * ranges begin and end: on the instant, a millisecond and less than a second beside it, and three hours across it.
 */
export async function busyCentre(): Promise<Centre> {
	const shape: SimulatorOptions = { seed: 21, days: 72, agents: 5, teams: 3, now };
	const [calls, surveys] = await Promise.all([10, 80].map(async (callsPerDay) => await startSimulator({ ...shape, callsPerDay })));
	const edges = [...edgeTimes(), ...repeatedHours(), ...longTimes(), ...timesAroundNow()];
	for (const times of edges) {
		calls.addCall(times);
		calls.addSession({ ...times, session_duration: (Date.parse(times.end_time) - Date.parse(times.start_time)) / 1000 });
		surveys.addCsat({ ...times, team_name: 'Sales' });
	}
	calls.addSession({ start_time: ago(3 * hourMs), end_time: null, session_duration: 0, logout_reason: '' });
	const since = { start: ago(73 * dayMs) };
	const centre = { calls: calls.truth.calls(since), sessions: calls.truth.sessions(since), csat: surveys.truth.csat(since) };
	await Promise.all([calls.close(), surveys.close()]);
	return centre;
}

/** Where the ranges begin and end, thirty days from there, and where months and days do, in UTC and in Berlin. */
function edgeTimes(): Times[] {
	const ends = [ranges.past, ranges.short, ranges.toRepeatedHour].flatMap(({ start, end }) => [Date.parse(start), Date.parse(end)]);
	const seams = [Date.parse(ranges.past.start) + 30 * dayMs, Date.parse(ranges.past.end) - 30 * dayMs, nowMs - 30 * dayMs];
	const months = ['2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'].map((at) => Date.parse(at));
	return [...ends, ...seams, ...months].flatMap((at) => [
		...[-1, 0, 1, 400, -400].map((besideMs) => lasting(at + besideMs, 20_000)),
		lasting(at - hourMs, 3 * hourMs),
		lasting(at - 2 * hourMs, 2 * hourMs),
	]);
}

/** The hours that Berlin and New York have twice, a record every ten minutes. */
function repeatedHours(): Times[] {
	return ['2026-10-25T00:00:00.000Z', '2026-11-01T05:00:00.000Z'].flatMap((start) =>
		Array.from({ length: 13 }, (_, n) => lasting(Date.parse(start) + n * 600_000, 30_000)),
	);
}

/** Eleven hours, the longest there are: every week one, in the middle of the week. */
function longTimes(): Times[] {
	return Array.from({ length: 10 }, (_, week) => lasting(Date.parse('2026-09-10T03:00:00.000Z') + week * 7 * dayMs, 11 * hourMs));
}

/** Under way, just ended, just begun, and in a quarter of an hour. */
function timesAroundNow(): Times[] {
	return [lasting(nowMs - 2 * hourMs, 3 * hourMs), lasting(nowMs - 240_000, 60_000), lasting(nowMs - 1000, 600_000), lasting(nowMs, 600_000), lasting(nowMs + 900_000, 600_000)];
}

function lasting(startMs: number, ms: number): Times {
	return { start_time: new Date(startMs).toISOString(), end_time: new Date(startMs + ms).toISOString() };
}

function ago(ms: number): string {
	return new Date(nowMs - ms).toISOString();
}

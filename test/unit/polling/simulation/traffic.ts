import type { ReportRecord } from '../../../../nodes/Samespace/reports';
import type { Chance } from './chance';
import { hourMs, minuteMs, teams, type Scenario } from './scenario';
import type { Version } from './world';

/** The life of one record listed under `time`, by chance: when it appears, and how it changes under its id. */
export function versionsOf(id: string, time: number, scenario: Scenario, chance: Chance): Version[] {
	const write = writerOf(id, time, scenario, chance);
	if (scenario.event === 'callCompleted' || scenario.event === 'callMissed') return callVersions(time, scenario, chance, write);
	if (scenario.event === 'sessionActivity') return sessionVersions(id, { time, scenario, chance, write });
	return csatVersions(time, scenario, chance, write);
}

/** `refresh`: what tells the same as another version, under its name, and appears at once. */
type Write = (fields: ReportRecord, changedAt: number, isFinished?: boolean, refresh?: { name: string; at: number } | null) => Version;

/** Makes versions; each appears at once, a little after the change, or as late as the look-back allows, or too late. */
function writerOf(id: string, time: number, { lookbackMs, draftMs }: Scenario, chance: Chance): Write {
	let earliest = time;
	let count = 0;
	const team = chance.oneOf(teams);
	return (fields, changedAt, isFinished = true, refresh = null) => {
		const inTime = Math.max(changedAt, time + lookbackMs);
		const from = Math.max(
			earliest,
			chance.happens(0.85) ? changedAt + chance.between(0, 20_000) : 0,
			chance.happens(0.1) ? chance.between(changedAt, inTime) : changedAt,
			chance.happens(0.03) ? inTime : 0,
			chance.happens(0.01) ? inTime + chance.between(1, 5 * hourMs) : 0,
		);
		earliest = refresh ? Math.max(earliest, refresh.at + chance.between(0, 20_000)) : from;
		count += 1;
		const name = refresh?.name ?? `${id}/${count}`;
		const record = { _id: id, start_time: iso(time), team_name: team, version: name, ...fields };
		const stableFrom = changedAt + draftMs;
		return { from: earliest, changedAt, stableFrom, isFinished, name, record, draft: { ...record, isDraft: true } };
	};
}

function callVersions(time: number, scenario: Scenario, chance: Chance, write: Write): Version[] {
	const end = time + durationMs(chance);
	// Of the missed ones: the others are none.
	const isTold = scenario.event === 'callCompleted' || chance.happens(0.5);
	const answer = isTold ? chance.oneOf([undefined, null, '']) : iso(time);
	const finished = (): Version => write({ direction: 'in', answer_time: answer, end_time: iso(end) }, end, isTold);
	return scenario.showsUnfinished ? [write({ direction: 'in', end_time: null }, time, false), finished()] : [finished()];
}

/** A login's end may be refreshed every few minutes: that is no news. Most logouts say that they are one; an end that stands still is one, too. */
function sessionVersions(id: string, { time, scenario, chance, write }: { time: number; scenario: Scenario; chance: Chance; write: Write }): Version[] {
	const end = time + durationMs(chance);
	const login = write({ activity: 'login', end_time: scenario.hasHeartbeats ? iso(time) : null }, time);
	const beats: Version[] = [];
	for (let at = time + 5 * minuteMs; scenario.hasHeartbeats && at < end; at += 5 * minuteMs) {
		beats.push(write({ activity: 'login', end_time: iso(at) }, time, true, { name: login.name, at }));
	}
	const over = chance.oneOf([{ activity: 'logout' }, { activity: 'login', logout_reason: 'Network Loss' }]);
	// An end that stands still is taken for a logout, so where ends are refreshed the logout must not be late.
	const logout = (): Version => write({ ...over, end_time: iso(end) }, end, true, scenario.hasHeartbeats ? { name: `${id}/logout`, at: end } : null);
	if (!scenario.hasHeartbeats && chance.happens(0.1)) return [login];
	return !scenario.hasHeartbeats && chance.happens(0.2) ? [logout()] : [login, ...beats, logout()];
}

function csatVersions(time: number, scenario: Scenario, chance: Chance, write: Write): Version[] {
	const end = time + chance.between(0, 20 * minuteMs);
	const versions = scenario.showsUnfinished ? [write({ end_time: iso(end), csat: [] }, end, false)] : [];
	const answers: ReportRecord[] = [];
	let at = end;
	for (let number = chance.between(1, 3); number > 0; number -= 1) {
		at += chance.happens(0.7) ? chance.between(1, 20_000) : chance.between(0, 2 * hourMs);
		answers.unshift({ _id: `${time}-${number}`, timestamp: iso(at), question: `SURVEY_ANSWER_${number}:How?`, answer: '5' });
		versions.push(write({ end_time: iso(end), csat: [...answers] }, at));
	}
	return versions;
}

/** Mostly minutes, at times up to three hours, at times nothing. */
function durationMs(chance: Chance): number {
	return chance.between(0, chance.oneOf([0, 5 * minuteMs, 30 * minuteMs, 3 * hourMs]));
}

const iso = (instantMs: number): string => new Date(instantMs).toISOString();

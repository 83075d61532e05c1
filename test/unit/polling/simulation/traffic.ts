import type { ReportRecord } from '../../../../nodes/Samespace/reports';
import type { Chance } from './chance';
import { hourMs, minuteMs, type Scenario } from './scenario';
import type { Version } from './world';

/** The life of one record listed under `time`, by chance: when it appears, and how it changes under its id. */
export function versionsOf(id: string, time: number, scenario: Scenario, chance: Chance): Version[] {
	const write = writerOf(id, time, scenario, chance);
	if (scenario.event === 'callCompleted') return callVersions(time, scenario, chance, write);
	if (scenario.event === 'sessionActivity') return sessionVersions(time, scenario, chance, write);
	return csatVersions(time, scenario, chance, write);
}

type Write = (fields: ReportRecord, changedAt: number, isFinished?: boolean) => Version;

/** Makes versions; each appears at once, a little after the change, or as late as the look-back allows, or too late. */
function writerOf(id: string, time: number, { lookbackMs, draftMs }: Scenario, chance: Chance): Write {
	let earliest = time;
	let count = 0;
	return (fields, changedAt, isFinished = true) => {
		const inTime = Math.max(changedAt, time + lookbackMs);
		const from = Math.max(
			earliest,
			chance.happens(0.85) ? changedAt + chance.between(0, 20_000) : 0,
			chance.happens(0.1) ? chance.between(changedAt, inTime) : changedAt,
			chance.happens(0.03) ? inTime : 0,
			chance.happens(0.01) ? inTime + chance.between(1, 5 * hourMs) : 0,
		);
		earliest = from;
		count += 1;
		const name = `${id}/${count}`;
		const record = { _id: id, start_time: iso(time), version: name, ...fields };
		const stableFrom = changedAt + draftMs;
		return { from, changedAt, stableFrom, isFinished, name, record, draft: { ...record, isDraft: true } };
	};
}

function callVersions(time: number, scenario: Scenario, chance: Chance, write: Write): Version[] {
	const end = time + durationMs(chance);
	const finished = (): Version => write({ end_time: iso(end) }, end);
	return scenario.showsUnfinished ? [write({ end_time: null }, time, false), finished()] : [finished()];
}

function sessionVersions(time: number, scenario: Scenario, chance: Chance, write: Write): Version[] {
	const end = time + durationMs(chance);
	const login = write({ activity: 'login', end_time: null }, time);
	if (chance.happens(0.1)) return [login];
	const logout = write({ activity: scenario.showsUnfinished ? 'login' : 'logout', end_time: iso(end) }, end);
	return chance.happens(0.2) ? [logout] : [login, logout];
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

import { jumpAt, teamsAt, type Scenario } from './scenario';
import type { Committed } from './workflow';
import type { Version, World } from './world';

interface Occasion {
	time: number;
	version: Version;
	/** When the next version takes its place. */
	until: number;
}

/**
 * What is wrong with what a workflow got, held against the plain truth: every finished version of a record that appears
 * within the look-back and stays until it could be read is there exactly once, complete, in the order of time.
 */
export function problemsOf(world: World, scenario: Scenario, committed: readonly Committed[]): string[] {
	const problems = committed.flatMap((poll, at) => problemsOfPoll(poll, committed[at - 1], scenario));
	const counts = new Map<string, number>();
	const drafts = new Set<string>();
	for (const record of committed.flatMap(({ records }) => records)) {
		const name = String(record.version);
		counts.set(name, (counts.get(name) ?? 0) + 1);
		if (record.isDraft) drafts.add(name);
	}
	const change = changeIn(scenario, committed);
	for (const occasion of occasionsOf(world)) {
		const { version } = occasion;
		const count = counts.get(version.name) ?? 0;
		const isInTime = version.from - occasion.time <= scenario.lookbackMs;
		if (count > 1) problems.push(`${count} times: ${version.name}`);
		if (count > 0 && !version.isFinished) problems.push(`not finished: ${version.name}`);
		if (count > 0 && (wasThere(occasion, committed[0]) || isOldNews(occasion, change))) problems.push(`was there before: ${version.name}`);
		if (isInTime && drafts.has(version.name) && scenario.jumps.length === 0) problems.push(`not complete: ${version.name}`);
		if (count === 0 && isInTime && isDue(occasion, { committed, scenario, change })) problems.push(`lost: ${version.name}`);
	}
	return problems;
}

/** The last poll before the filter was changed, the last one whose state was surely kept, and which teams came to be polled for. */
interface Change {
	last: Committed;
	kept: Committed;
	added: readonly string[];
}

function changeIn({ change, isDurable }: Scenario, committed: readonly Committed[]): Change | null {
	const before = committed.filter(({ teams }) => change !== null && teams === change.before);
	const last = before.at(-1);
	const kept = before.filter(({ records }, at) => isDurable || at === 0 || records.length > 0).at(-1);
	return change && last && kept ? { last, kept, added: change.after.filter((team) => !change.before.includes(team)) } : null;
}

/** Whether it was there, and settled, before its team was polled for. */
function isOldNews({ time, version }: Occasion, change: Change | null): boolean {
	if (change === null || !change.added.includes(String(version.record.team_name))) return false;
	return version.from <= change.kept.readAt && Math.max(time, version.changedAt) <= change.kept.readUntil;
}

function problemsOfPoll(poll: Committed, before: Committed | undefined, scenario: Scenario): string[] {
	const problems: string[] = [];
	const times = poll.records.map(({ start_time: time }) => String(time));
	if (times.some((time, at) => at > 0 && time < times[at - 1])) problems.push('not in the order of time');
	if (times.length > scenario.maxItems) problems.push('more than one poll may hand on');
	if (before?.life === poll.life && poll.cursor < before.cursor) problems.push('the cursor moved back');
	if (before && poll.reads !== 1) problems.push('a poll read twice');
	return problems;
}

/** Versions of one name tell the same. */
function* occasionsOf({ entries }: World): Generator<Occasion> {
	for (const { time, versions } of entries) {
		for (const [at, version] of versions.entries()) {
			if (versions[at - 1]?.name === version.name) continue;
			yield { time, version, until: versions.find(({ name }, later) => later > at && name !== version.name)?.from ?? Infinity };
		}
	}
}

/** Whether the version was settled when the workflow was switched on. */
function wasThere({ time, version }: Occasion, first: Committed): boolean {
	return version.isFinished && version.from <= first.readAt && Math.max(time, version.changedAt) <= first.settled;
}

/** Whether a poll that left nothing over did read the version (its one reading saw all at once), or the version is there to stay. */
function isDue(occasion: Occasion, { committed, scenario, change }: { committed: readonly Committed[]; scenario: Scenario; change: Change | null }): boolean {
	const { time, version, until } = occasion;
	const team = String(version.record.team_name);
	if (!version.isFinished || wasThere(occasion, committed[0])) return false;
	const settledFrom = Math.max(time, version.changedAt);
	// What changed before the filter was changed counts as there already, even if it came late.
	if (change && settledFrom <= change.last.readUntil && version.from > change.kept.readAt && version.from <= firstAfter(committed, change)) return false;
	if (change?.added.includes(team) && settledFrom <= change.last.readUntil && version.from <= change.last.readAt) return false;
	if (until === Infinity && teamsAt(scenario, Infinity).includes(team)) return true;
	return committed.some(
		({ readAt, settled, hasMore, teams }, at) =>
			at > 0 && !hasMore && teams.includes(team) && readAt >= version.from && readAt < until && settled >= settledFrom && jumpAt(scenario, readAt) === 0,
	);
}

/** When the first poll with the new filter read: the last such one, if n8n forgot those before it. */
function firstAfter(committed: readonly Committed[], { last }: Change): number {
	const first = committed.slice(committed.indexOf(last) + 1).filter(({ isChanged }) => isChanged);
	return first.at(-1)?.readAt ?? Infinity;
}

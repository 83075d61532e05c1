import { hourMs, type Scenario } from './scenario';
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
	for (const occasion of occasionsOf(world)) {
		const { version } = occasion;
		const count = counts.get(version.name) ?? 0;
		const isInTime = version.from - occasion.time <= scenario.lookbackMs;
		if (count > 1) problems.push(`${count} times: ${version.name}`);
		if (count > 0 && !version.isFinished) problems.push(`not finished: ${version.name}`);
		if (count > 0 && wasThere(occasion, committed[0])) problems.push(`was there before: ${version.name}`);
		if (isInTime && drafts.has(version.name)) problems.push(`not complete: ${version.name}`);
		if (count === 0 && isInTime && isDue(occasion, committed)) problems.push(`lost: ${version.name}`);
	}
	return problems;
}

function problemsOfPoll(poll: Committed, before: Committed | undefined, scenario: Scenario): string[] {
	const problems: string[] = [];
	const times = poll.records.map(({ start_time: time }) => String(time));
	if (times.some((time, at) => at > 0 && time < times[at - 1])) problems.push('not in the order of time');
	if (times.length > scenario.maxItems) problems.push('more than one poll may hand on');
	if (before?.life === poll.life && poll.cursor < before.cursor) problems.push('the cursor moved back');
	if (before && isRegular(before, poll) && poll.reads !== 1) problems.push('a regular poll read twice');
	return problems;
}

/** Whether the poll found no backlog and came within hours of the one before, which was not forgotten. */
function isRegular(before: Committed, { life, settled }: Committed): boolean {
	return !before.hasMore && before.life === life && settled - Date.parse(before.cursor) < 6 * hourMs;
}

function* occasionsOf({ entries }: World): Generator<Occasion> {
	for (const { time, versions } of entries) {
		for (const [at, version] of versions.entries()) yield { time, version, until: versions[at + 1]?.from ?? Infinity };
	}
}

/** Whether the version was settled when the workflow was switched on. */
function wasThere({ time, version }: Occasion, first: Committed): boolean {
	return version.isFinished && version.from <= first.readAt && Math.max(time, version.changedAt) <= first.settled;
}

/** Whether a poll that left nothing over did read the version (its one reading saw all at once), or the version is there to stay. */
function isDue(occasion: Occasion, committed: readonly Committed[]): boolean {
	const { time, version, until } = occasion;
	if (!version.isFinished || wasThere(occasion, committed[0])) return false;
	if (until === Infinity) return true;
	const settledFrom = Math.max(time, version.changedAt);
	return committed.some(
		({ readAt, settled, hasMore, reads }, at) =>
			at > 0 && !hasMore && reads === 1 && readAt >= version.from && readAt < until && settled >= settledFrom,
	);
}

import type { ReportRecord } from '../../../../nodes/Samespace/reports';
import type { Chance } from './chance';
import type { Scenario } from './scenario';
import { versionsOf } from './traffic';

/** One state of a record, as the cluster shows it from `from` until the next version. Times in ms since 1970. */
export interface Version {
	from: number;
	/** When the last thing that it tells of happened. */
	changedAt: number;
	/** Until then the cluster has not filled in everything. */
	stableFrom: number;
	isFinished: boolean;
	/** Told apart by the truth itself, not by the event's key. */
	name: string;
	record: ReportRecord;
	draft: ReportRecord;
}

export interface Entry {
	/** The time that it is listed under. */
	time: number;
	versions: Version[];
}

/** The cluster: what it lists, and from when on. */
export class World {
	readonly entries: Entry[];

	constructor(scenario: Scenario, chance: Chance) {
		this.entries = [];
		let time = scenario.start - 24 * 3_600_000;
		let burst = 0;
		for (let number = 0; time < scenario.end; number += 1) {
			if (chance.happens(0.01)) burst = chance.between(1, 30);
			time += burst > 0 ? chance.between(0, 2) : Math.ceil(-Math.log(1 - chance.next()) * scenario.meanGapMs);
			burst = Math.max(0, burst - 1);
			this.entries.push({ time, versions: versionsOf(`${number}`, time, scenario, chance) });
		}
	}

	/** What the report lists at an instant from start to end, both inclusive, of these teams, in the order in which a reading gives it. */
	read({ start, end }: { start: number; end: number }, at: number, teams: readonly string[]): ReportRecord[] {
		const records: ReportRecord[] = [];
		for (const entry of this.entries.slice(this.firstFrom(start), this.firstFrom(end + 1))) {
			const record = shown(entry, at);
			if (record && teams.includes(String(record.team_name))) records.push(record);
		}
		return records;
	}

	private firstFrom(time: number): number {
		let low = 0;
		let high = this.entries.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.entries[middle].time < time) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

function shown({ versions }: Entry, at: number): ReportRecord | null {
	let visible: Version | null = null;
	for (const version of versions) {
		if (version.from <= at) visible = version;
	}
	if (visible === null) return null;
	return at < visible.stableFrom ? visible.draft : visible.record;
}

import {
	advance,
	isSameState,
	pollEventNamed,
	type PollOptions,
	type PollRead,
	type PollState,
	type PollStep,
} from '../../../../nodes/Samespace/polling';
import type { ReportRecord } from '../../../../nodes/Samespace/reports';
import type { Chance } from './chance';
import type { Clock } from './clock';
import { withMemory } from './memory';
import type { Scenario } from './scenario';
import type { World } from './world';

/** What can be broken on purpose. */
export interface Breakage {
	options?: (options: PollOptions) => PollOptions;
	/** Spoils what is saved after a poll. */
	state?: (state: PollState, step: PollStep, settledMs: number) => PollState;
	savesAfterFailure?: boolean;
	savesOverOthers?: boolean;
	savesBeforeEmitting?: boolean;
}

/** A poll that was committed: when the report was read, up to which instant, and what came of it. */
export interface Committed {
	readAt: number;
	settled: number;
	records: ReportRecord[];
	hasMore: boolean;
	reads: number;
	cursor: string;
	/** Counts the times that n8n was started. */
	life: number;
}

/** A workflow in n8n: polls, keeps its state in memory, saves it when something is emitted, and is killed at times. */
export class Workflow {
	readonly committed: Committed[] = [];

	readonly notices = new Set<string>();

	/** Polls that came to nothing, by what befell them. */
	readonly befell = { killed: 0, failed: 0, overtaken: 0 };

	isCalm = false;

	private memory: unknown;

	private saved: string | undefined;

	private lives = 0;

	private readonly options: PollOptions;

	constructor(
		private readonly scenario: Scenario,
		private readonly outside: { clock: Clock; world: World; chance: Chance },
		private readonly breakage: Breakage,
	) {
		const { event, lookbackMs, settleMs, maxItems } = scenario;
		const options = { event: withMemory(pollEventNamed(event)), lookbackMs, settleMs, maxItems };
		this.options = breakage.options?.(options) ?? options;
	}

	/** Killed and started again: whatever was under way is gone, and whatever was not saved. */
	restart(): void {
		this.lives += 1;
		this.memory = this.saved === undefined ? undefined : JSON.parse(this.saved);
	}

	save(): void {
		this.saved = JSON.stringify(this.memory);
	}

	/** One poll, as the node makes it. Gives back whether it was committed. */
	async poll(): Promise<boolean> {
		const { scenario, breakage, options } = this;
		const life = this.lives;
		const found = this.memory;
		const now = this.outside.clock.now + this.outside.chance.between(-scenario.behindMs, scenario.aheadMs);
		const reader = this.reader();
		const budget = (): number => (this.isCalm ? Infinity : 1000 * (scenario.readsPerPoll - reader.reads));
		const outcome = await advance(found, now, reader.read, { ...options, budget }).catch(() => null);
		if (life !== this.lives) return this.cameToNothing('killed');
		if (!outcome?.ok) {
			if (breakage.savesAfterFailure && this.memory) this.memory = { ...(this.memory as PollState), cursor: iso(now - options.settleMs) };
			return this.cameToNothing('failed');
		}
		if (!breakage.savesOverOthers && !isSameState(found, this.memory)) return this.cameToNothing('overtaken');
		this.commit(outcome.value, { readAt: reader.readAt, settled: now - options.settleMs, reads: reader.reads });
		return true;
	}

	private cameToNothing(by: 'killed' | 'failed' | 'overtaken'): false {
		this.befell[by] += 1;
		return false;
	}

	private commit(step: PollStep, facts: { readAt: number; settled: number; reads: number }): void {
		const { records, hasMore, state, notices } = step;
		if (this.breakage.savesBeforeEmitting && records.length > 0) this.save();
		this.memory = this.breakage.state?.(state, step, facts.settled) ?? state;
		if (!this.breakage.savesBeforeEmitting && records.length > 0) this.save();
		this.committed.push({ ...facts, records, hasMore, cursor: state.cursor, life: this.lives });
		for (const { kind } of notices) this.notices.add(kind);
	}

	/** A reading takes its time, sees the report as it is at its beginning or its end, and may fail or break off. */
	private reader(): { read: PollRead; readAt: number; reads: number } {
		const { clock, world, chance } = this.outside;
		const { scenario } = this;
		const reader = { read, readAt: clock.now, reads: 0 };
		const isHit = (probability: number): boolean => !this.isCalm && chance.happens(probability);
		const isOut = (): boolean => scenario.outages.some(({ from, to }) => clock.now >= from && clock.now < to);
		return reader;

		async function read(...[range, visit]: Parameters<PollRead>): ReturnType<PollRead> {
			reader.reads += 1;
			const takesMs = isHit(scenario.slowness) ? chance.between(1, 3 * scenario.pollEveryMs) : 0;
			const seesEnd = takesMs > 0 && chance.happens(0.5);
			if (seesEnd) await clock.until(clock.now + takesMs);
			if (isOut()) return { kind: 'network' };
			if (reader.reads === 1) reader.readAt = clock.now;
			const records = world.read(range, clock.now);
			const breaksOff = isHit(scenario.faults);
			if (breaksOff) records.length = Math.floor(records.length / 2);
			records.forEach(visit);
			if (takesMs > 0 && !seesEnd) await clock.until(clock.now + takesMs);
			if (!breaksOff) return null;
			if (chance.happens(0.5)) return { kind: 'status', status: 429 };
			throw new Error('broke off');
		}
	}
}

const iso = (instantMs: number): string => new Date(instantMs).toISOString();

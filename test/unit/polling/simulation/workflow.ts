import {
	advance,
	isSameState,
	pollEventNamed,
	type PollOptions,
	type PollReader,
	type PollState,
	type PollStep,
} from '../../../../nodes/Samespace/polling';
import { failed, success } from '../../../../nodes/Samespace/reading';
import type { ReportRecord } from '../../../../nodes/Samespace/reports';
import type { Chance } from './chance';
import type { Clock } from './clock';
import { withMemory } from './memory';
import { jumpAt, teamsAt, type Scenario } from './scenario';
import type { World } from './world';

/** What can be broken on purpose. */
export interface Breakage {
	options?: (options: PollOptions) => PollOptions;
	/** Spoils what is saved after a poll. */
	state?: (state: PollState, step: PollStep, settledMs: number) => PollState;
	/** Spoils what a poll finds. */
	found?: (state: PollState) => unknown;
	savesAfterFailure?: boolean;
	savesOverOthers?: boolean;
	savesBeforeEmitting?: boolean;
	emitsNothingAtFirst?: boolean;
}

/** A poll that was committed: when the report was read, up to which instant, and what came of it. */
export interface Committed {
	readAt: number;
	settled: number;
	/** Up to which instant all of it was read. */
	readUntil: number;
	records: ReportRecord[];
	hasMore: boolean;
	reads: number;
	cursor: string;
	/** Counts the times that n8n was started. */
	life: number;
	teams: readonly string[];
	/** Whether the state it found was made for other teams. */
	isChanged: boolean;
}

/** A workflow in n8n: polls, keeps its state as n8n does, and is killed at times. */
export class Workflow {
	readonly committed: Committed[] = [];

	readonly notices = new Set<string>();

	/** Polls that came to nothing, by what befell them. */
	readonly befell = { killed: 0, failed: 0, overtaken: 0, clockBehind: 0 };

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
		const options = { event: withMemory(pollEventNamed(event)), scope: 'scope', lookbackMs, settleMs, maxItems };
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
		const { clock, chance } = this.outside;
		const life = this.lives;
		const found = this.memory;
		const jump = this.isCalm ? 0 : jumpAt(scenario, clock.now);
		const now = clock.now + jump + chance.between(-scenario.behindMs, scenario.aheadMs);
		const teams = teamsAt(scenario, clock.now);
		const reader = this.reader(teams);
		const begunAt = clock.now;
		const budget = (): number => (this.isCalm ? Infinity : 1000 * (scenario.batchesPerPoll - reader.batches));
		const shown = breakage.found && found ? breakage.found(found as PollState) : found;
		const outcome = await advance(shown, now, reader, { ...options, scope: teams.join(), budget, tookMs: () => clock.now - begunAt }).catch(() => null);
		if (life !== this.lives) return this.cameToNothing('killed');
		if (!outcome?.ok) {
			if (breakage.savesAfterFailure && this.memory) this.memory = { ...(this.memory as PollState), cursor: iso(now - options.settleMs) };
			return this.cameToNothing(outcome && !outcome.ok && outcome.failure.kind === 'clock' ? 'clockBehind' : 'failed');
		}
		if (!breakage.savesOverOthers && !isSameState(found, this.memory)) return this.cameToNothing('overtaken');
		const settled = now - options.settleMs;
		this.commit(outcome.value, { readAt: reader.readAt, settled, readUntil: Date.parse(outcome.value.state.readUntil), reads: reader.reads, teams, isChanged: isForOthers(found, teams) });
		return true;
	}

	private cameToNothing(by: keyof Workflow['befell']): false {
		this.befell[by] += 1;
		return false;
	}

	private commit(step: PollStep, facts: Pick<Committed, 'readAt' | 'settled' | 'readUntil' | 'reads' | 'teams' | 'isChanged'>): void {
		const { records, hasMore, state, notices, isFirst } = step;
		const emits = records.length > 0 || (isFirst && !this.breakage.emitsNothingAtFirst);
		if (this.breakage.savesBeforeEmitting && emits) this.save();
		this.memory = this.breakage.state?.(state, step, facts.settled) ?? state;
		if (this.scenario.isDurable && isFirst && !emits) this.memory = undefined;
		if (!this.breakage.savesBeforeEmitting && (emits || this.scenario.isDurable)) this.save();
		this.committed.push({ ...facts, records, hasMore, cursor: state.cursor, life: this.lives });
		for (const { kind } of notices) this.notices.add(kind);
	}

	/** A reading takes its time, sees the report as it is at its beginning or its end, and may fail or break off. */
	private reader(teams: readonly string[]): PollReader & { readAt: number; reads: number; batches: number } {
		const { clock, world, chance } = this.outside;
		const { scenario } = this;
		const reader: ReturnType<Workflow['reader']> = { read, newest, readAt: clock.now, reads: 0, batches: 0 };
		const isHit = (probability: number): boolean => !this.isCalm && chance.happens(probability);
		const isOut = (): boolean => scenario.outages.some(({ from, to }) => clock.now >= from && clock.now < to);
		return reader;

		async function read(...[range, visit, isEnough]: Parameters<PollReader['read']>): ReturnType<PollReader['read']> {
			reader.reads += 1;
			const takesMs = isHit(scenario.slowness) ? chance.between(1, 3 * scenario.pollEveryMs) : 0;
			const seesEnd = takesMs > 0 && chance.happens(0.5);
			if (seesEnd) await clock.until(clock.now + takesMs);
			if (isOut()) return failed({ kind: 'network' });
			reader.readAt = clock.now;
			const records = world.read(range, clock.now, teams);
			const breaksOff = isHit(scenario.faults);
			let until: number | null = null;
			let at = 0;
			while (at < records.length && until === null) {
				const batch = records.slice(at, at + scenario.batchSize);
				batch.forEach(visit);
				at += batch.length;
				reader.batches += 1;
				const last = timeOf(batch.at(-1));
				if (breaksOff && at > records.length / 2) break;
				if (at < records.length && timeOf(records[at]) > last && isEnough(last)) until = last;
			}
			const newest = at === 0 ? null : timeOf(records[at - 1]);
			if (takesMs > 0 && !seesEnd) await clock.until(clock.now + takesMs);
			if (!breaksOff) return success({ until, newest, strange: 0, gaps: [] });
			if (chance.happens(0.5)) return failed({ kind: 'status', status: 429 });
			throw new Error('broke off');
		}

		async function newest(...[range, count]: Parameters<PollReader['newest']>): ReturnType<PollReader['newest']> {
			if (isOut()) return await Promise.resolve(failed({ kind: 'network' }));
			return success(world.read(range, clock.now, teams).reverse().slice(0, count));
		}
	}
}

const isForOthers = (found: unknown, teams: readonly string[]): boolean => (found as PollState | undefined)?.scope !== teams.join();
const timeOf = (record: ReportRecord | undefined): number => Date.parse(String(record?.start_time));
const iso = (instantMs: number): string => new Date(instantMs).toISOString();

import { RowFinder } from '../answering/selectRows.ts';
import { ContactCentre } from '../dataset/contactCentre.ts';
import type { RecordOf, RecordReport, ReportName } from '../dataset/records.ts';
import type { Settings } from '../options.ts';
import { defaultSwitches } from '../switches.ts';
import type { Switches } from '../switches.ts';
import { truthOf } from '../truth.ts';
import type { Truth } from '../truth.ts';
import { ArrivingRows } from './arrivingRows.ts';
import { Clock } from './clock.ts';
import type { Fault } from './fault.ts';
import { Journal } from './journal.ts';
import type { Latency } from './latency.ts';
import { PageCache } from './pageCache.ts';
import { RateLimiter } from './rateLimiter.ts';
import { Recordings } from './recordings.ts';
import { Triggered } from './triggers.ts';
import type { Trigger } from './triggers.ts';

/** Something to do just before the answer to a request is made, or just after (before the client can have it). */
export type Hook = Trigger & { moment: 'before' | 'after'; run: () => void };

/** A cluster without its sockets: records, switches, faults and what was seen. */
export class Cluster {
	readonly settings: Settings;
	readonly switches: Switches;
	latencyMs: Latency;
	readonly clock: Clock;
	readonly centre: ContactCentre;
	readonly finder: RowFinder;
	readonly truth: Truth;
	readonly journal = new Journal();
	readonly faults = new Triggered<Fault>();
	readonly hooks = new Triggered<Hook>();
	readonly violations: string[] = [];
	readonly recordings: Recordings;
	readonly rateLimiter = new RateLimiter();
	readonly pages: PageCache;
	/** How often each report was asked. */
	readonly asked: Record<ReportName, number> = { calls: 0, sessions: 0, productivity: 0, csat: 0 };
	/** How often each report was asked with the same filters and times. */
	readonly sameAsked = new Map<string, number>();
	readonly arrivingRows: ArrivingRows;

	constructor(settings: Settings) {
		this.settings = settings;
		this.switches = { ...defaultSwitches(settings.timezone), ...settings.switches };
		this.latencyMs = settings.latencyMs;
		this.clock = new Clock(settings.clockMs);
		const now = () => this.clock.now();
		this.centre = new ContactCentre(settings, now);
		this.finder = new RowFinder(this.centre, now);
		this.truth = truthOf(this.centre);
		this.recordings = new Recordings(this.centre, settings);
		this.arrivingRows = new ArrivingRows(settings.seed);
		this.pages = new PageCache(settings.cachePages);
	}

	add<R extends RecordReport>(report: R, given: Partial<RecordOf[R]> = {}): RecordOf[R] {
		return this.centre.add(report, given);
	}

	update<R extends RecordReport>(report: R, id: string, changes: Partial<RecordOf[R]>): RecordOf[R] {
		return this.centre.update(report, id, changes);
	}

	/** Takes a record out. @throws when there is none of that id */
	remove(report: RecordReport, id: string): void {
		this.centre.remove(report, id);
	}
}

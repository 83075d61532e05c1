import { DateTime } from 'luxon';
import { mix } from '../dataset/chance.ts';
import type { RecordReport, ReportName } from '../dataset/records.ts';
import type { Arrivals, Switches } from '../switches.ts';

/** What a call lasts here, and what a survey takes from the start of its call to its last answer. */
const callMs = 60_000;
const surveyMs = 180_000;

/** A row that has just come, to be completed. */
export type ArrivingRow = { report: RecordReport; given: { start_time: string; end_time: string; session_duration?: number } };

/** How far the arrivals of one setting of the switch have come. */
type Progress = { arrivals: Arrivals; sinceMs: number; requests: number; byRequests: number; byClock: number };

/** Decides which rows come in while rows are read (U25). */
export class ArrivingRows {
	private readonly seed: number;
	private progress?: Progress;

	constructor(seed: number) {
		this.seed = seed;
	}

	/** The rows that are due just before the answer to a request for a report, at `nowMs` of the cluster's clock. */
	due({ arrivals, timezone }: Switches, asked: ReportName, nowMs: number): ArrivingRow[] {
		if (arrivals === null) return [];
		const { report = 'calls', everyRequests, everyMs } = arrivals;
		const progress = this.progressOf(arrivals, nowMs);
		if ((asked === 'productivity' ? 'calls' : asked) === report) progress.requests++;
		const rows: ArrivingRow[] = [];
		const make = () => rows.push({ report, given: this.times(arrivals, timezone, nowMs, progress) });
		for (; progress.byRequests < dueOf(progress.requests, everyRequests); progress.byRequests++) make();
		for (; progress.byClock < dueOf(nowMs - progress.sinceMs, everyMs); progress.byClock++) make();
		return rows;
	}

	private progressOf(arrivals: Arrivals, nowMs: number): Progress {
		if (this.progress?.arrivals !== arrivals)
			this.progress = { arrivals, sinceMs: nowMs, requests: 0, byRequests: 0, byClock: 0 };
		return this.progress;
	}

	private times({ report, into }: Arrivals, zone: string, nowMs: number, { byRequests, byClock }: Progress): ArrivingRow['given'] {
		const fromMs = into ? Date.parse(into.start) : DateTime.fromMillis(nowMs, { zone }).startOf('day').toMillis();
		const toMs = into ? Date.parse(into.end) : nowMs;
		const chance = mix(this.seed ^ byRequests, byClock) / 4294967296;
		const startMs = fromMs + Math.floor(chance * Math.max(0, toMs - surveyMs - fromMs));
		const endMs = Math.min(startMs + callMs, toMs);
		const lasts = report === 'sessions' ? { session_duration: Math.floor((endMs - startMs) / 1000) } : {};
		return { start_time: new Date(startMs).toISOString(), end_time: new Date(endMs).toISOString(), ...lasts };
	}
}

function dueOf(passed: number, every: number | undefined): number {
	return every === undefined ? 0 : Math.floor(passed / every);
}

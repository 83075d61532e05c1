import type { Settings } from '../options.ts';
import { complete, firstAddedSerial } from './complete.ts';
import { callsPerSurvey, firstSurveyedCall, generateCall } from './generateCall.ts';
import { generateCsat } from './generateCsat.ts';
import { generateSession } from './generateSession.ts';
import { History } from './history.ts';
import type { Dataset, RecordOf, RecordReport } from './records.ts';
import { RecordStore } from './recordStore.ts';
import type { Series } from './recordStore.ts';
import { makeHouse } from './roster.ts';
import type { House } from './roster.ts';
import { timeline } from './timeline.ts';
import type { Timeline } from './timeline.ts';
import { workingTime } from './traffic.ts';
import { vendorCall, vendorCsat, vendorSession } from './vendorSamples.ts';

const dayMs = 86_400_000;

/** The three stores of a cluster and the people in its records. */
export class ContactCentre {
	readonly house: House;
	readonly stores: { [R in RecordReport]: RecordStore<RecordOf[R]> };
	readonly history: History;
	private readonly now: () => number;
	private serial = firstAddedSerial;

	constructor(settings: Settings, now: () => number) {
		this.now = now;
		this.history = new History(now);
		this.house = makeHouse(settings);
		this.stores = settings.truth ? this.explicitStores(settings.truth) : generatedStores(this.house, settings, now);
	}

	/** Adds a record, completed from what is given, and gives it back. */
	add<R extends RecordReport>(report: R, given: Partial<RecordOf[R]>): RecordOf[R] {
		const record = this.completed(report, given);
		this.put(report, record);
		return record;
	}

	/** Changes fields of a record. @throws when there is none of that id */
	update<R extends RecordReport>(report: R, id: string, changes: Partial<RecordOf[R]>): RecordOf[R] {
		const record = { ...this.remove(report, id), ...changes };
		this.put(report, record);
		return record;
	}

	/** Takes a record out and gives it back. @throws when there is none of that id */
	remove<R extends RecordReport>(report: R, id: string): RecordOf[R] {
		const record = this.stores[report].remove(id);
		if (record === undefined) throw new Error(`no ${report} record ${id}`);
		this.history.note(report, record, -1);
		return record;
	}

	private put<R extends RecordReport>(report: R, record: RecordOf[R]): void {
		this.stores[report].add(record);
		this.history.note(report, record, 1);
	}

	private completed<R extends RecordReport>(report: R, given: Partial<RecordOf[R]>): RecordOf[R] {
		return complete[report](given, { house: this.house, serial: this.serial++, nowMs: this.now() });
	}

	private explicitStores({ calls = [], sessions = [], csat = [] }: Partial<Dataset>): ContactCentre['stores'] {
		return {
			calls: new RecordStore(
				nothing(),
				calls.map((given) => this.completed('calls', given)),
			),
			sessions: new RecordStore(
				nothing(),
				sessions.map((given) => this.completed('sessions', given)),
			),
			csat: new RecordStore(
				nothing(),
				csat.map((given) => this.completed('csat', given)),
			),
		};
	}
}

function nothing<T>(): Series<T> {
	return {
		times: { count: () => 0, at: () => 0 },
		make: () => {
			throw new Error('nothing is generated here');
		},
	};
}

/** `perDay` records a day from `days` before the end of the dataset; with `live` they go on as the clock does. */
function busyTimeline(settings: Settings, now: () => number, perDay: number, salt: number): Timeline {
	const firstMs = settings.datasetEndMs - settings.days * dayMs;
	const whole = Math.round(settings.days * perDay);
	const working = workingTime(settings.traffic);
	const workingMsUntil = (endMs: number) => working.of(endMs) - working.of(firstMs);
	const stepMs = settings.traffic === 'even' ? dayMs / perDay : workingMsUntil(settings.datasetEndMs) / whole;
	const count = settings.live ? () => Math.max(0, Math.floor(workingMsUntil(now()) / stepMs)) : () => whole;
	return timeline({ seed: settings.seed ^ salt, firstMs, stepMs, working, count });
}

function generatedStores(house: House, settings: Settings, now: () => number): ContactCentre['stores'] {
	const callTimes = busyTimeline(settings, now, settings.callsPerDay, 0);
	const sessionTimes = busyTimeline(settings, now, settings.agents * 2, 0x5e55);
	const callOfSurvey = (index: number) => index * callsPerSurvey + firstSurveyedCall;
	const makeCall = (index: number) => generateCall(house, index, callTimes.at(index));
	const surveys: Timeline = {
		count: () => Math.max(0, Math.ceil((callTimes.count() - firstSurveyedCall) / callsPerSurvey)),
		at: (index) => callTimes.at(callOfSurvey(index)),
	};
	return {
		calls: new RecordStore({ times: callTimes, make: makeCall }, [vendorCall]),
		sessions: new RecordStore(
			{ times: sessionTimes, make: (index) => generateSession(house, index, sessionTimes.at(index)) },
			[vendorSession],
		),
		csat: new RecordStore(
			{
				times: surveys,
				make: (index) => generateCsat(house, index, makeCall(callOfSurvey(index))),
				indexOfId: (carried) => (carried - firstSurveyedCall) / callsPerSurvey,
			},
			[vendorCsat],
		),
	};
}

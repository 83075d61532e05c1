import { mix } from './chance.ts';
import { objectId, uuid } from './identifiers.ts';
import type { CallRecord, CsatRecord, RecordOf, RecordReport, SessionRecord } from './records.ts';
import type { House } from './roster.ts';
import { vendorCall, vendorCsat, vendorSession } from './vendorSamples.ts';

/** What a partial record is completed with: its house, a number no other record has, and the time if it names none. */
export type Origin = { house: House; serial: number; nowMs: number };

/** Added records count from here, so that their ids never carry the index of a generated record. */
export const firstAddedSerial = 0xf0000000;

/** The vendor's call with a new id, and whatever `given` says; ends a minute after its start unless said. */
export function completeCall(given: Partial<CallRecord>, { house, serial, nowMs }: Origin): CallRecord {
	const startMs = Date.parse(given.start_time ?? new Date(nowMs).toISOString());
	const id = given.uuid ?? uuid(mix(house.seed, serial), mix(serial, house.seed), serial);
	const answered = (given.status ?? 'answered') === 'answered';
	return {
		...vendorCall,
		_id: objectId(startMs, mix(house.seed, 11), serial),
		x_origin_id: id,
		uuid: id,
		recording_url: `/router/api/open-recording-url/${id}/${house.domainId}`,
		start_time: new Date(startMs).toISOString(),
		answer_time: answered ? new Date(startMs + 5_000).toISOString() : null,
		end_time: new Date(startMs + 60_000).toISOString(),
		progress_duration: 5,
		duration: answered ? 55 : 0,
		status: 'answered',
		...given,
	};
}

/** The vendor's login with a new id, an hour long unless said. */
export function completeSession(given: Partial<SessionRecord>, { house, serial, nowMs }: Origin): SessionRecord {
	const startMs = Date.parse(given.start_time ?? new Date(nowMs).toISOString());
	return {
		...vendorSession,
		_id: objectId(startMs, mix(house.seed, 12), serial),
		session_id: uuid(mix(house.seed, serial), mix(serial, 12), serial),
		start_time: new Date(startMs).toISOString(),
		end_time: new Date(startMs + 3_600_000).toISOString(),
		session_duration: 3600,
		...given,
	};
}

/** The vendor's survey with a new id, its answers two minutes after its start unless said. */
export function completeCsat(given: Partial<CsatRecord>, { house, serial, nowMs }: Origin): CsatRecord {
	const startMs = Date.parse(given.start_time ?? new Date(nowMs).toISOString());
	const id = given._id ?? uuid(mix(house.seed, serial), mix(serial, 13), serial);
	const csat = vendorCsat.csat.map((answer, i) => ({
		...answer,
		_id: objectId(startMs, mix(serial, 14), i),
		timestamp: new Date(startMs + 120_000 - i * 5_000).toISOString(),
		uuid: id,
	}));
	return {
		...vendorCsat,
		_id: id,
		csat,
		start_time: new Date(startMs).toISOString(),
		end_time: new Date(startMs + 60_000).toISOString(),
		...given,
	};
}

/** The three by report. */
export const complete: { [R in RecordReport]: (given: Partial<RecordOf[R]>, origin: Origin) => RecordOf[R] } = {
	calls: completeCall,
	sessions: completeSession,
	csat: completeCsat,
};

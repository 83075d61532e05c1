import type { CallRecord, CsatRecord, RecordOf, RecordReport, SessionRecord } from '../dataset/records.ts';
import type { Visibility } from '../switches.ts';

/** A record as it is listed at an instant (milliseconds since 1970), or undefined while it is not (U9). */
export function listedAt<R extends RecordReport>(
	report: R,
	record: RecordOf[R],
	visibility: Visibility,
	nowMs: number,
): RecordOf[R] | undefined {
	if (visibility === false) return record;
	const lagMs = visibility === true ? 0 : visibility.lagSeconds * 1000;
	if (report === 'sessions') return sessionAt(record as SessionRecord, nowMs) as RecordOf[R] | undefined;
	const since = report === 'calls' ? Date.parse((record as CallRecord).end_time) : lastAnswerMs(record as CsatRecord);
	return since + lagMs <= nowMs ? record : undefined;
}

function sessionAt(session: SessionRecord, nowMs: number): SessionRecord | undefined {
	if (Date.parse(session.start_time) > nowMs) return undefined;
	if (session.end_time === null || Date.parse(session.end_time) <= nowMs) return session;
	return { ...session, end_time: null, session_duration: 0, logout_reason: '' };
}

/** When the last answer came; without answers, the end of the call. */
function lastAnswerMs({ csat, end_time }: CsatRecord): number {
	return Math.max(Date.parse(end_time), ...csat.map(({ timestamp }) => Date.parse(timestamp)));
}

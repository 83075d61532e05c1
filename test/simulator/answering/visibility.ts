import type { CallRecord, CsatRecord, RecordOf, RecordReport, ReportName, SessionRecord } from '../dataset/records.ts';
import type { OpenLogins, Switches } from '../switches.ts';

type Listing = Pick<Switches, 'visibility' | 'openLogins'>;

/** Whether what a report lists depends on the cluster's clock (U9, U23). */
export function followsClock(report: ReportName, { visibility, openLogins }: Listing): boolean {
	return visibility !== false || (openLogins !== false && (report === 'sessions' || report === 'productivity'));
}

/** A record as it is listed at an instant (milliseconds since 1970), or undefined while it is not (U9, U23). */
export function listedAt<R extends RecordReport>(
	report: R,
	record: RecordOf[R],
	switches: Listing,
	nowMs: number,
): RecordOf[R] | undefined {
	const { visibility } = switches;
	if (report === 'sessions') return sessionAt(record as SessionRecord, switches, nowMs) as RecordOf[R] | undefined;
	if (visibility === false) return record;
	const lagMs = visibility === true ? 0 : visibility.lagSeconds * 1000;
	const since = report === 'calls' ? Date.parse((record as CallRecord).end_time) : lastAnswerMs(record as CsatRecord);
	return since + lagMs <= nowMs ? record : undefined;
}

function sessionAt(session: SessionRecord, { visibility, openLogins }: Listing, nowMs: number): SessionRecord | undefined {
	if (Date.parse(session.start_time) > nowMs) return visibility === false ? session : undefined;
	if (session.end_time !== null && Date.parse(session.end_time) <= nowMs) return session;
	if (openLogins !== false) return refreshed(session, openLogins, nowMs);
	if (visibility === false || session.end_time === null) return session;
	return { ...session, end_time: null, session_duration: 0, logout_reason: '' };
}

/** An open login with the end that its last refresh gave it (U23); at first, that is its start. */
function refreshed(session: SessionRecord, openLogins: Exclude<OpenLogins, false>, nowMs: number): SessionRecord {
	const startMs = Date.parse(session.start_time);
	const stepMs = openLogins === true ? 1 : openLogins.everySeconds * 1000;
	const lastedMs = Math.floor((nowMs - startMs) / stepMs) * stepMs;
	return {
		...session,
		end_time: new Date(startMs + lastedMs).toISOString(),
		session_duration: Math.floor(lastedMs / 1000),
		logout_reason: '',
	};
}

/** When the last answer came; without answers, the end of the call. */
function lastAnswerMs({ csat, end_time }: CsatRecord): number {
	return Math.max(Date.parse(end_time), ...csat.map(({ timestamp }) => Date.parse(timestamp)));
}

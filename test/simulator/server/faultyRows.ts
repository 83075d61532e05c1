import type { Page } from '../answering/page.ts';
import { withOids } from '../answering/extendedJson.ts';
import type { Query } from '../answering/query.ts';
import type { RecordReport, ReportName } from '../dataset/records.ts';
import type { Switches, TotalError } from '../switches.ts';
import type { Cluster } from './cluster.ts';
import { faultOf, hasFault } from './fault.ts';
import type { Fault, FaultKind } from './fault.ts';

const totalFaults: Partial<Record<FaultKind, TotalError>> = {
	totalDrift: 'drift',
	totalTooHigh: 'tooHigh',
	totalTooLow: 'tooLow',
	totalMissing: 'missing',
	totalText: 'textNumber',
};

/** What a copy has of its own: ids, times and all that hangs on them. */
const ownFields = [
	...['_id', 'uuid', 'x_origin_id', 'session_id', 'recording_url', 'csat'],
	...['start_time', 'answer_time', 'end_time', 'progress_duration', 'duration', 'session_duration'],
];

/** Changes the dataset as dropRow and insertRow say. Under productivity it is calls that come and go. */
export function moveRows(cluster: Cluster, report: ReportName, query: Query, faults: readonly Fault[]): void {
	const stored: RecordReport = report === 'productivity' ? 'calls' : report;
	const oldest = () => {
		const { startMs = -Infinity, endMs = Infinity } = query;
		const store = cluster.centre.stores[stored];
		const rows = store.window({ fromMs: startMs, toMs: endMs, startInclusive: true, endInclusive: true });
		return rows.length > 0 ? rows.at(0) : undefined;
	};
	const drop = faultOf(faults, 'dropRow');
	const dropped = drop?.id ?? (drop && oldest()?._id);
	if (dropped !== undefined) cluster.remove(stored, dropped);
	const insert = faultOf(faults, 'insertRow');
	if (insert) cluster.add(stored, insert.record ?? copyAtStart(oldest(), query));
}

function copyAtStart(record: object | undefined, { startMs }: Query): Record<string, unknown> {
	const shared = Object.entries(record ?? {}).filter(([name]) => !ownFields.includes(name));
	const copy = Object.fromEntries(shared);
	return startMs === undefined ? copy : { ...copy, start_time: new Date(startMs).toISOString() };
}

/** The query that is answered instead: with repeatPage that of the page before. */
export function disturbedQuery(query: Query, faults: readonly Fault[]): Query {
	return hasFault(faults, 'repeatPage') ? { ...query, skip: Math.max(0, query.skip - (query.limit ?? 0)) } : query;
}

/** The switches for this one answer: a fault of `total` is the switch of the same name, once. */
export function disturbedSwitches(switches: Switches, faults: readonly Fault[]): Switches {
	const fault = faults.find(({ kind }) => totalFaults[kind] !== undefined);
	return fault ? { ...switches, totalError: totalFaults[fault.kind] as TotalError } : switches;
}

/** The page with what faults do to its rows. */
export function disturbedPage(page: Page, faults: readonly Fault[]): Page {
	if (hasFault(faults, 'emptyPage')) return { ...page, rows: [] };
	const rows = [...page.rows];
	if (rows.length === 0) return page;
	const huge = faultOf(faults, 'hugeRecord');
	if (huge) rows[0] = { ...(rows[0] as object), padding: 'x'.repeat((huge.megabytes ?? 10) * 1_000_000) };
	// JSON leaves out what is undefined.
	if (hasFault(faults, 'recordWithoutId')) rows[0] = { ...(rows[0] as object), _id: undefined };
	if (hasFault(faults, 'nullRecord')) rows[0] = null;
	return { ...page, rows: hasFault(faults, 'oidIds') ? rows.map(withOids) : rows };
}

import { failed, forEachBatch, readReport, success, type Failure, type Outcome, type Range, type ReadingIo, type ReportQuery } from '../reading';
import type { ReportRecord } from '../reports';
import type { PollReader, Stretch } from './poll';

/** A filled-in form, but for what a poll decides. */
export type PollQuery = Omit<ReportQuery, 'range' | 'periods' | 'order' | 'limit' | 'itemsOf' | 'skip' | 'onIncomplete' | 'passesOverStrangeRows'>;

const always = { itemsOf: () => 1, skip: 0, passesOverStrangeRows: true } as const;

/** Where more rows lie at one instant than a page has, and come in another order each time, only a larger page brings them all. */
const largePage = 10_000;

/**
 * The reading of a poll, by the reading engine: windows, pages, retries and reconciliation are its own. A stretch that does not add up is read in
 * larger pages; then what came is taken, and the gap is told of: the next polls look into it again as long as it lies in the look-back.
 */
export function pollReaderFor(query: PollQuery, io: ReadingIo): PollReader {
	const readAs = async (
		changes: Pick<ReportQuery, 'pageSize' | 'onIncomplete'>,
		range: Range,
		visit: (record: ReportRecord) => void,
		isEnough: (until: number) => boolean,
	): Promise<Outcome<Stretch>> => {
		const strangeBefore = io.statistics.strange;
		let until: number | null = null;
		let newest: number | null = null;
		const { failure, gaps } = await forEachBatch(readReport({ ...query, ...always, ...changes, order: 'oldestFirst', limit: null, range, periods: [range] }, io), (batch) => {
			batch.records.forEach(visit);
			if (batch.newest !== null) newest = Math.max(newest ?? -Infinity, batch.newest);
			// Whatever is added after that belongs to what was read.
			if (until !== null || batch.range.end >= range.end || !isEnough(batch.range.end)) return undefined;
			until = batch.range.end;
			return 'enough';
		});
		return failure ? failed(failure) : success({ until, newest, gaps, strange: io.statistics.strange - strangeBefore });
	};
	return {
		async read(range, visit, isEnough) {
			const { pageSize } = query;
			const first = await readAs({ pageSize, onIncomplete: 'error' }, range, visit, isEnough);
			if (first.ok || !isShort(first.failure)) return first;
			const larger = await readAs({ pageSize: Math.max(pageSize, largePage), onIncomplete: 'error' }, range, visit, isEnough);
			// So large a page may be refused each time, or take too long: what came in smaller ones must still be taken.
			if (larger.ok || isPassing(larger.failure)) return larger;
			return await readAs({ pageSize, onIncomplete: 'warn' }, range, visit, isEnough);
		},
		async newest(range, count) {
			const records: ReportRecord[] = [];
			const asked = { ...query, ...always, onIncomplete: 'warn', order: 'newestFirst', limit: count, range, periods: [range] } as const;
			const { failure } = await forEachBatch(readReport(asked, io), (batch) => void records.push(...batch.records));
			return failure ? failed(failure) : success(records);
		},
	};
}

function isPassing({ kind, status }: Failure): boolean {
	return kind === 'network' || kind === 'stopped' || status === 429 || status === 503 || status === 401 || status === 403;
}

function isShort({ kind }: Failure): boolean {
	return kind === 'incomplete' || kind === 'skipIgnored';
}

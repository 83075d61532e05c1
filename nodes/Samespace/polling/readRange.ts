import { readReport, type ReadingIo, type ReportQuery } from '../reading';
import type { PollRead } from './poll';

/** A filled-in form, but for what a poll decides. */
export type PollQuery = Omit<ReportQuery, 'range' | 'periods' | 'order' | 'limit' | 'itemsOf' | 'skip' | 'onIncomplete' | 'passesOverStrangeRows'>;

/** A poll takes everything there is, and all of it must be shown to be there. */
const everything = { order: 'oldestFirst', limit: null, itemsOf: () => 1, skip: 0, onIncomplete: 'error', passesOverStrangeRows: true } as const;

/**
 * The reading of a poll, by the reading engine: windows, pages, retries and reconciliation are its own. A stretch that
 * does not add up is a failure, as the cursor must not pass it.
 */
export function pollReadFor(query: PollQuery, io: ReadingIo): PollRead {
	return async (range, visit) => {
		const reading = readReport({ ...query, ...everything, range, periods: [range] }, io);
		let step = await reading.next();
		for (; !step.done; step = await reading.next()) step.value.records.forEach(visit);
		return step.value.failure;
	};
}

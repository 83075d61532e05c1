import type { Query } from '../answering/query.ts';
import type { ReportName } from '../dataset/records.ts';
import type { Fault } from './fault.ts';
import type { LoggedRequest } from './journal.ts';

/**
 * A valid request for a report. `asked` counts the requests for the report, `sameAsked` those with the same filters and
 * times; both from 1, this one included.
 */
export type Asked = {
	report: ReportName;
	query: Query;
	entry: LoggedRequest;
	faults: readonly Fault[];
	asked: number;
	sameAsked: number;
};

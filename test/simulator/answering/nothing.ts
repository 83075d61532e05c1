import type { ReportName } from '../dataset/records.ts';
import { valueFor } from '../forReports.ts';
import type { NothingBody, Switches } from '../switches.ts';
import type { Page } from './page.ts';

/** A status and a body, as text. */
export type StatusAndBody = { status: number; body: string };

const noData = JSON.stringify({ message: 'No data found' });

const bodies: Record<Exclude<NothingBody, 'asPages'>, StatusAndBody> = {
	totalAndData: { status: 200, body: JSON.stringify({ total: 0, data: [] }) },
	array: { status: 200, body: '[]' },
	object: { status: 200, body: '{}' },
	dataNull: { status: 200, body: JSON.stringify({ data: null }) },
	null: { status: 200, body: 'null' },
	noContent: { status: 204, body: '' },
	emptyBody: { status: 200, body: '' },
	message: { status: 200, body: noData },
	message404: { status: 404, body: noData },
};

/** The answer in place of a page when there is nothing to report (U19); undefined where pages look as ever. */
export function nothingToReport(page: Page, report: ReportName, switches: Switches): StatusAndBody | undefined {
	const nothing = page.total === 0 || (switches.nothingPastEnd && page.rows.length === 0);
	const kind = valueFor(switches.nothingBody, report, 'asPages');
	return nothing && kind !== 'asPages' ? bodies[kind] : undefined;
}

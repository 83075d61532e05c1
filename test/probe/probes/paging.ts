import { notSeen } from '../finding.ts';
import { grouped, reasonOf, rowsText } from '../wording.ts';
import type { Finding, Probe } from '../finding.ts';
import { orderOf, sameBeginning } from '../judging/order.ts';
import { reportNames, timedReports } from '../reports.ts';
import type { ReportNotes } from '../reportNotes.ts';
import { isPage, isRefused, rowsOf, totalOf } from '../wire/answer.ts';

/** What `limit` and `skip` do, and in which order rows come. */
export const pagingProbes: Probe[] = [
	{ unknowns: 'U2', title: 'a cap on `limit`', reports: reportNames, look: cappedLimit },
	{ unknowns: 'U3', title: '`limit` ignored', reports: reportNames, look: ignoredLimit },
	{ unknowns: 'U4', title: '`skip` ignored', reports: reportNames, look: ignoredSkip },
	{ unknowns: 'U8', title: 'sort order', reports: timedReports, look: order },
	{ unknowns: 'U15', title: 'a high `limit` refused', reports: reportNames, look: refusedLimit },
	{ unknowns: 'U16', title: 'deep pages', reports: reportNames, look: deepPages },
];

const deep = 10_000;
const shallower = 1000;
/** A page this much later than the first one is slow, not unlucky. */
const slowMs = 150;

const limitRefused = notSeen('`limit` is refused (U18)');
const skipRefused = notSeen('`skip` is refused (U18)');

async function ignoresLimit(notes: ReportNotes): Promise<boolean | undefined> {
	const first = rowsOf((await notes.acquaintance()).first).length;
	if (first > 10) return true;
	const one = rowsOf(await notes.onePage()).length;
	if (first > 1 || one > 1) return one > 1;
	return undefined;
}

async function ignoredLimit(notes: ReportNotes): Promise<Finding> {
	if (!(await notes.takes('limit'))) return limitRefused;
	const ignored = await ignoresLimit(notes);
	if (ignored === undefined) return notSeen('there were fewer than two rows');
	return { does: ignored ? 'yes: all rows come at once' : 'no', how: 'asked for 10 rows and for 1' };
}

async function cappedLimit(notes: ReportNotes): Promise<Finding> {
	if (!(await notes.takes('limit'))) return limitRefused;
	const { answer, limit } = await notes.largestPage();
	const rows = rowsOf(answer).length;
	if (rows >= limit) return rows > limit ? notSeen('`limit` is ignored (U3)') : { does: `no cap up to ${grouped(limit)}`, how: `asked for ${grouped(limit)} rows, and as many came` };
	if (rows === 0) return notSeen('no records in the 28 days asked');
	if ((await ignoresLimit(notes)) === true) return notSeen('`limit` is ignored (U3)');
	const how = `asked for ${grouped(limit)} rows, then for the next one`;
	const whole = await notes.isWhole();
	if (whole === false) return { does: `capped at ${grouped(rows)} rows a page`, how };
	if (whole === true) return notSeen(`there were only ${rowsText(rows)}`);
	const total = totalOf(answer);
	if (typeof total !== 'number' || total <= rows) return notSeen('nothing tells whether there were more rows');
	return { does: `capped at ${grouped(rows)} rows a page`, how: `asked for ${grouped(limit)} rows; \`total\` says that there are more` };
}

async function ignoredSkip(notes: ReportNotes): Promise<Finding> {
	const skipping = await notes.later();
	if (skipping === 'refused') return skipRefused;
	if ((await notes.rows()).length === 0) return notSeen('no records in the 28 days asked');
	if (skipping === 'unclear') return notSeen('the pages asked overlap in no clear way: see the sort order (U8)');
	return { does: skipping === 'ignored' ? 'yes: each page is the first one' : 'no', how: 'asked for 5 rows after the first 5' };
}

async function order(notes: ReportNotes): Promise<Finding> {
	const rows = await notes.rows();
	const found = orderOf(rows);
	if (found === 'unknown') return notSeen('there were fewer than three rows with a time');
	const again = rowsOf((await notes.acquaintance()).first);
	const same = (await notes.takes('limit')) ? sameBeginning(again, rows) : undefined;
	const how = 'the start_time of the rows that came, and the first of them in two looks';
	if (same === false) return { does: 'another order for each request', how };
	return { does: `${found}${same === undefined ? '' : ', the same in two looks'}`, how };
}

async function refusedLimit(notes: ReportNotes): Promise<Finding> {
	if (!(await notes.takes('limit'))) return limitRefused;
	const { limit, refusedLimit: refused, status, answer } = await notes.largestPage();
	if (!isPage(answer)) return notSeen(reasonOf(answer));
	if (refused === undefined) return { does: `no: ${grouped(limit)} is granted`, how: `asked for ${grouped(limit)} rows` };
	return { does: `yes: ${grouped(refused)} is refused, ${grouped(limit)} is granted`, how: `the refusal was HTTP ${status}` };
}

async function deepPages(notes: ReportNotes): Promise<Finding> {
	if ((await notes.later()) === 'refused') return skipRefused;
	if ((await notes.later()) === 'ignored') return notSeen('`skip` is ignored (U4)');
	const atTop = await notes.onePage();
	const far = await notes.ask({ limit: 1, skip: deep });
	if (isRefused(far)) return await refusedDepth(notes, far.status);
	if (!isPage(far)) return notSeen(reasonOf(far));
	const does = `\`skip\` ${grouped(deep)} isn't refused`;
	const slower = far.tookMs > 2 * atTop.tookMs + slowMs;
	return { does: slower ? `${does}; deeper pages take longer` : `${does}; no slower than the first page`, how: `one row at \`skip\` 0 and one at ${grouped(deep)}, past the last row where there are fewer` };
}

async function refusedDepth(notes: ReportNotes, status: number): Promise<Finding> {
	const nearer = await notes.ask({ limit: 1, skip: shallower });
	const rest = isRefused(nearer) ? `so is ${grouped(shallower)}` : `${grouped(shallower)} isn't`;
	return { does: `\`skip\` ${grouped(deep)} is refused, ${rest}`, how: `asked for one row there; the refusal was HTTP ${status}` };
}

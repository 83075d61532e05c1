import { notSeen } from '../finding.ts';
import type { Finding, Probe } from '../finding.ts';
import { reportNames } from '../reports.ts';
import type { ReportNotes } from '../reportNotes.ts';
import { extendedJsonIn, writingOf } from '../judging/numbers.ts';
import { answerShape, envelopeOf } from '../judging/shape.ts';
import { isPage, rowsOf } from '../wire/answer.ts';

/** How answers look: with rows, without rows, as errors; and how values are written in them. */
export const bodyProbes: Probe[] = [
	{ unknowns: 'U1', title: 'envelope', reports: reportNames, look: envelope },
	{ unknowns: 'U11', title: 'error bodies', reports: reportNames, look: errors },
	{ unknowns: 'U14', title: 'Mongo extended JSON', reports: reportNames, look: extendedJson },
	{ unknowns: 'U19', title: 'nothing to report', reports: reportNames, look: nothing },
	{ unknowns: 'U22', title: 'durations and numbers', reports: reportNames, look: numbers },
];

async function envelope(notes: ReportNotes): Promise<Finding> {
	const whole = await notes.rows();
	if (whole.length === 0) return notSeen('no records in the 28 days asked');
	const one = (await notes.takes('limit')) ? [await notes.onePage()] : [];
	const pages = [...notes.answers, ...one].filter((answer) => rowsOf(answer).length > 0);
	const shapes = (several: boolean): string[] => [
		...new Set(pages.filter((answer) => rowsOf(answer).length > 1 === several).map(envelopeOf)),
	];
	const [many, single] = [shapes(true).join(' or '), shapes(false).join(' or ')];
	if (many === '') return { does: `${single} for each page`, how: 'no page had more than one row' };
	if (single === '' || single === many) return { does: many, how: 'pages of one row and of several, where there were any' };
	return { does: `${many}; ${single} for one row`, how: 'pages of one row and of several' };
}

async function errors(notes: ReportNotes): Promise<Finding> {
	// The contract asks for an object of filters.
	if (notes.errorShapes().length === 0) await notes.post({ filters: 'none' });
	const shapes = notes.errorShapes();
	if (shapes.length === 0) return notSeen('a request with wrong filters was answered with HTTP 200');
	return { does: shapes.join('; '), how: 'requests that this cluster refused' };
}

async function extendedJson(notes: ReportNotes): Promise<Finding> {
	const rows = await notes.rows();
	if (rows.length === 0) return notSeen('no records in the 28 days asked');
	const { oid, dateText, dateLong } = extendedJsonIn(rows);
	const forms = [
		...(oid ? ['`{"$oid": …}`'] : []),
		...(dateText ? ['`{"$date": text}`'] : []),
		...(dateLong ? ['`{"$date": {…}}`'] : []),
	];
	return { does: forms.length === 0 ? 'no' : `yes: ${forms.join(', ')}`, how: 'the values of the rows that came' };
}

async function nothing(notes: ReportNotes): Promise<Finding> {
	const past = await notes.beyond();
	const empty = past !== undefined && isPage(past.answer) && rowsOf(past.answer).length === 0 ? past.answer : undefined;
	const afterEnd = empty === undefined ? '' : `; past the last row: ${answerShape(empty)}`;
	const answer = await notes.longAgo();
	if (!isPage(answer)) return notSeen(`an hour of 2001 was asked, and answered with ${answerShape(answer)}`);
	if (rowsOf(answer).length === 0) return { does: `${answerShape(answer)}${afterEnd}`, how: 'an hour of the year 2001 was asked' };
	const filtered = await notes.filtered('shownFilter');
	if (filtered === undefined || !isPage(filtered) || rowsOf(filtered).length > 0) return notSeen('rows came whatever was asked');
	return { does: `${answerShape(filtered)}${afterEnd}`, how: 'a filter that matches nothing was asked' };
}

async function numbers(notes: ReportNotes): Promise<Finding> {
	const rows = await notes.rows();
	const durations = writingOf(rows, notes.report.durations);
	const others = writingOf(rows, notes.report.numbers);
	if (durations === undefined) return notSeen('no row had a duration');
	const rest = others === undefined ? '' : `; other numbers: ${others}`;
	return { does: `durations: ${durations}${rest}`, how: 'the known fields of the rows that came' };
}

import { columnsOf, simplifiedOf, type OutputPlan } from '../output';
import { measuresOf } from '../output/summary';
import { calendarGroups, groupsOf, type ReportDefinition } from '../reports';
import { choiceField, fieldOf, type Choice, type Conditions, type Field } from './field/field';
import { ParameterProblem } from './field/problem';
import { choice, namesOrNone } from './field/values';

const titles: ReadonlyMap<string, string> = new Map([
	['_id', 'ID'],
	['user', 'Agent'],
	['user_display_name', 'Agent'],
	['user_system_id', 'Agent System ID'],
	['user_login_id', 'Agent Login ID'],
	['team_name', 'Team'],
	['csat', 'CSAT'],
	['acd', 'Average Talk Time (ACD)'],
	['talk_time_average', 'Average Talk Time'],
	['acw', 'Average Wrap-Up Time (ACW)'],
	['acw_average', 'Average Wrap-Up Time (ACW)'],
	['acw_duration', 'Wrap-Up Time (ACW)'],
	['asa', 'Average Speed of Answer (ASA)'],
	['asa_average', 'Average Speed of Answer (ASA)'],
	['avg_hold_time', 'Average Hold Time'],
	['avg_ring_duration', 'Average Ring Time'],
	['conversations_per_hour', 'Conversations per Hour'],
	['asked', 'Questions Asked'],
	['answered_percent', 'Questions Answered %'],
	['nps', 'Net Promoter Score (NPS)'],
	['service_level_calls', 'Calls Within Service Level'],
	['inbound_abandoned', 'Inbound Abandons'],
	['inbound_short_abandoned', 'Inbound Short Abandons'],
	['speed_of_answer_average', 'Average Speed of Answer (ASA)'],
	['handling_time_average', 'Average Handling Time (AHT)'],
	['weekday', 'Day of Week'],
	['hourOfDay', 'Hour of Day'],
	['mos', 'Call Quality (MOS)'],
	['mos_average', 'Average Call Quality (MOS)'],
	['mos_calls', 'Calls With MOS'],
]);

const unreadable = "n8n's expressions can't read a field with this name. Use Phone Number instead.";

/** What has to be said of a column, beside its unit. */
const notes: ReadonlyMap<string, string> = new Map([
	['caller', unreadable],
	['callee', unreadable],
	['phone_number', "The customer's number: the caller of an inbound call, the callee of an outbound one"],
]);

const abbreviations = /\b(Url|Ip|Id|Acw|Uuid|Csat|Asa|Mos)\b/g;

/** What a column or a figure is called in the form: 'team_system_id' as 'Team System ID'. */
export function titleOf(name: string): string {
	const known = titles.get(name);
	if (known) return known;
	return name
		.replace(/^(.+)_(average|total)$/, '$2_$1')
		.replace(/^(.+)_median$/, 'median_$1')
		.replace(/^(.+)_max$/, 'longest_$1')
		.replace(/^(.+)_p90$/, '$1 (90th Percentile)')
		.replace(/_percent$/, ' %')
		.replace(/_/g, ' ')
		.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
		.replace(/ (Of|To) /g, (word) => word.toLowerCase())
		.replace(abbreviations, (word) => word.toUpperCase());
}

/** What a row is, where a report leaves the choice. */
export type RowKind = Pick<OutputPlan, 'itemPer' | 'mergePeriods'>;

/** 'Fields': columns of a report's rows, in the order chosen, and any others by an expression. */
export function columnsField(report: ReportDefinition, kind: RowKind): Field<string[]> {
	const names = [...columnsOf({ report, ...kind }), ...(report.derived ?? []).map(({ name }) => name)];
	const durations = new Set([...report.columns, ...(report.added ?? [])].filter(({ type }) => type === 'duration').map(({ name }) => name));
	const noteOf = (name: string): string | undefined => notes.get(name) ?? (durations.has(name) ? 'In seconds' : undefined);
	return fieldOf(
		{
			name: 'fields',
			label: 'Fields',
			type: 'multiOptions',
			allowArbitraryValues: true,
			options: names.map((name) => ({ name: titleOf(name), value: name, description: noteOf(name) })),
			description: "The fields of each item, in this order. The ID is always included. Use an expression to add other fields, or paths such as <code>custom_data.dial_id</code>.",
		},
		simplifiedOf({ report, ...kind }),
		(entered) => atLeastOne('Fields', namesOrNone('Fields', entered)),
	);
}

/** 'Group By': what a summary has a row for. */
export function groupsField(report: ReportDefinition): Field<string[]> {
	const known = groupsOf(report);
	return fieldOf(
		{
			name: 'groupBy',
			label: 'Group By',
			type: 'multiOptions',
			options: known.map((name) => ({ name: titleOf(name), value: name, ...(isCalendar(name) && { description: "In the workflow's time zone" }) })),
			description: 'One row for each combination. Leave empty for one overall row.',
		},
		[],
		(entered) => [...new Set(namesOrNone('Group By', entered).map((name) => choice('Group By', name, known)))],
	);
}

/** 'Metrics': the figures of a summary. */
export function metricsField(report: ReportDefinition): Field<string[]> {
	const measures = measuresOf(report);
	const known = measures.map(({ name }) => name);
	return fieldOf(
		{
			name: 'metrics',
			label: 'Metrics',
			type: 'multiOptions',
			options: measures.map(({ name, about }) => ({ name: titleOf(name), value: name, description: about })),
			description:
				'The figures of each row. See <a href="https://github.com/your-organization/n8n-nodes-samespace/blob/main/docs/formulas.md">how each is computed</a>.',
		},
		measures.filter(({ isUsual }) => isUsual).map(({ name }) => name),
		(entered) => atLeastOne('Metrics', namesOrNone('Metrics', entered).map((name) => choice('Metrics', name, known))),
	);
}

function isCalendar(name: string): boolean {
	return calendarGroups.some((group) => group === name);
}

function atLeastOne(label: string, names: string[]): string[] {
	if (names.length > 0) return [...new Set(names)];
	throw new ParameterProblem(`'${label}' is empty`, 'Choose at least one.');
}

const intervals = ['whole', 'hour', 'day', 'week', 'month'] as const;

/** What each row of totals covers. */
export type Interval = (typeof intervals)[number];

/** 'Split By', for a report of totals. */
export const intervalField = choiceField<Interval>({
	name: 'interval',
	label: 'Split By',
	choices: intervals.map((value): Choice<Interval> => (value === 'whole' ? { value, name: 'Whole Range', description: 'One row for each agent' } : { value, name: titleOf(value), description: `One row for each agent and ${value}` })),
	fallback: 'whole',
	description: "What each row covers, in the workflow's time zone",
});

/** 'Return One Item Per', for a report with answers. */
export const itemPerField = choiceField({
	name: 'itemPer',
	label: 'Return One Item Per',
	choices: [
		{ value: 'conversation', name: 'Conversation', description: 'Each conversation with all its answers' },
		{ value: 'answer', name: 'Answer', description: 'Each answer with its question, rating and conversation' },
	],
	fallback: 'conversation',
	description: 'Whether an item is a whole conversation or a single answer',
});

/**
 * The interval by which totals must be read so that a summary can be grouped by the calendar: the finest that fits into all of them. Weeks and
 * months don't fit into one another, so both together need days.
 */
export function intervalFor(groupBy: readonly string[]): Interval {
	const wanted = new Set(groupBy);
	if (wanted.has('hour') || wanted.has('hourOfDay')) return 'hour';
	if (wanted.has('day') || wanted.has('weekday') || (wanted.has('week') && wanted.has('month'))) return 'day';
	return wanted.has('week') ? 'week' : wanted.has('month') ? 'month' : 'whole';
}

/** Each kind of row that a report can have, and the choice in the form that makes it. */
export function rowKinds(report: ReportDefinition): Array<{ kind: RowKind; shown: NonNullable<Conditions['show']> }> {
	if (report.answers) return (['conversation', 'answer'] as const).map((itemPer) => ({ kind: { itemPer, mergePeriods: false }, shown: { itemPer: [itemPer] } }));
	const one = { itemPer: 'conversation', mergePeriods: false } as const;
	if (report.timeField !== null) return [{ kind: one, shown: {} }];
	return [
		{ kind: { ...one, mergePeriods: true }, shown: { interval: ['whole'] } },
		{ kind: one, shown: { interval: intervals.filter((interval) => interval !== 'whole') } },
	];
}

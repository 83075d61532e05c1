import { DateTime } from 'luxon';

import { ParameterProblem, readForm, type Form } from '../../../nodes/Samespace/parameters';
import { filtersOf } from '../../../nodes/Samespace/parameters/filters';
import { rangeOf } from '../../../nodes/Samespace/parameters/range';
import { periodsOf } from '../../../nodes/Samespace/parameters/periods';
import { calls, csat, productivity, type ReportDefinition } from '../../../nodes/Samespace/reports';

const formOf = (entered: { [name: string]: unknown }): Form => (name, fallback) => entered[name] ?? fallback;
const iso = (instant: number, zone: string): string => DateTime.fromMillis(instant, { zone }).toISO() ?? '';
/** Later than every date of these tests. */
const now = Date.UTC(2026, 11, 31);
const at = (text: string, zone: string): number => DateTime.fromISO(text, { zone }).toMillis();

function request(report: ReportDefinition, parameters: { [name: string]: unknown }): ReturnType<typeof readForm> {
	const around = { now: at('2026-03-15T12:00', 'UTC'), workflowZone: 'UTC', clusterZone: 'UTC' };
	return readForm(report, formOf(parameters), around);
}

function named(dateRange: string, now: string, zone: string): string[] {
	const { start, end } = rangeOf(formOf({ dateRange }), at(now, zone), zone);
	return [iso(start, zone), iso(end, zone)];
}

describe('date ranges', () => {
	it.each([
		['today', '2026-03-15T00:00:00.000+01:00', '2026-03-15T12:30:00.000+01:00'],
		['yesterday', '2026-03-14T00:00:00.000+01:00', '2026-03-14T23:59:59.999+01:00'],
		['last7Days', '2026-03-09T00:00:00.000+01:00', '2026-03-15T12:30:00.000+01:00'],
		['last24Hours', '2026-03-14T12:30:00.000+01:00', '2026-03-15T12:30:00.000+01:00'],
		['thisWeek', '2026-03-09T00:00:00.000+01:00', '2026-03-15T12:30:00.000+01:00'],
		['lastWeek', '2026-03-02T00:00:00.000+01:00', '2026-03-08T23:59:59.999+01:00'],
		['last30Days', '2026-02-14T00:00:00.000+01:00', '2026-03-15T12:30:00.000+01:00'],
		['thisMonth', '2026-03-01T00:00:00.000+01:00', '2026-03-15T12:30:00.000+01:00'],
		['lastMonth', '2026-02-01T00:00:00.000+01:00', '2026-02-28T23:59:59.999+01:00'],
	])('%s is whole days of the workflow, to now where it is not over', (name, start, end) => {
		expect(named(name, '2026-03-15T12:30', 'Europe/Berlin')).toEqual([start, end]);
	});

	it('yesterday has 23 hours where clocks were set forward', () => {
		expect(named('yesterday', '2026-03-30T08:00', 'Europe/Berlin')).toEqual(['2026-03-29T00:00:00.000+01:00', '2026-03-29T23:59:59.999+02:00']);
	});

	it('a day whose midnight comes twice is that whole day, and one whose midnight is missing begins when its clock does', () => {
		const entered = (zone: string, startTime: string, endTime: string): unknown[] => {
			const { start, end } = rangeOf(formOf({ dateRange: 'custom', startTime, endTime }), Date.parse('2026-12-01T00:00:00Z'), zone);
			return [iso(start, 'UTC'), iso(end, 'UTC')];
		};
		expect(entered('Atlantic/Azores', '2026-10-25', '2026-10-25')).toEqual(['2026-10-25T00:00:00.000Z', '2026-10-26T00:59:59.999Z']);
		expect(entered('Atlantic/Azores', '2026-10-24', '2026-10-24')).toEqual(['2026-10-24T00:00:00.000Z', '2026-10-24T23:59:59.999Z']);
		expect(entered('Atlantic/Azores', '2026-10-25T00:30:00', '2026-10-25T00:30:00')).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
		expect(entered('Africa/Cairo', '2026-04-23', '2026-04-24T01:00:00')).toEqual(['2026-04-22T22:00:00.000Z', '2026-04-23T22:00:00.000Z']);
		expect(entered('UTC', '2026-03-01', '2026-03-01t09:00:00')).toEqual(['2026-03-01T00:00:00.000Z', '2026-03-01T09:00:00.000Z']);
	});

	it('a day whose midnight is missing does not shift the days before it', () => {
		expect(named('last7Days', '2025-09-07T09:00', 'America/Santiago')[0]).toBe('2025-09-01T00:00:00.000-04:00');
	});

	it.each([
		['2026-03-01T10:00:00', '2026-03-01T10:00:00.000+01:00'],
		['2026-03-01 10:00', '2026-03-01T10:00:00.000+01:00'],
		['2026-03-01T10:00:00Z', '2026-03-01T11:00:00.000+01:00'],
		['2026-03-01T10:00:00-05:00', '2026-03-01T16:00:00.000+01:00'],
		['2026-03-01', '2026-03-01T00:00:00.000+01:00'],
		[DateTime.fromISO('2026-03-01T10:00:00Z'), '2026-03-01T11:00:00.000+01:00'],
		[new Date('2026-03-01T10:00:00Z'), '2026-03-01T11:00:00.000+01:00'],
		[Date.parse('2026-03-01T10:00:00Z'), '2026-03-01T11:00:00.000+01:00'],
	])('Start Time %p is read in the zone of the workflow, where it has none of its own', (startTime, expected) => {
		const { start } = rangeOf(formOf({ dateRange: 'custom', startTime, endTime: '2026-06-01' }), now, 'Europe/Berlin');
		expect(iso(start, 'Europe/Berlin')).toBe(expected);
	});

	it.each(['2026-03-29', '20260329', '2026-W13-7', '2026-088', '2026-03-29T00', '20260329T000000', '2026-03-29T00:00:00', '2026-03-29 00:00', '2026-03-29T00:00:00.000'])('a day alone, or midnight as the date picker writes it, means all of it as End Time: %s', (endTime) => {
		const { start, end } = rangeOf(formOf({ dateRange: 'custom', startTime: '2026-03-29T00:00:00', endTime }), now, 'Europe/Berlin');
		expect([iso(start, 'Europe/Berlin'), iso(end, 'Europe/Berlin')]).toEqual(['2026-03-29T00:00:00.000+01:00', '2026-03-29T23:59:59.999+02:00']);
	});

	it.each(['2026-03', '2026-W13', '2026', '202603', '0800Z', '1230+05:30', '12:30', 'T08:00', '2026-3-29'])('text that does not name a full day is not a valid date, however it could be read: %s', (time) => {
		expect(() => rangeOf(formOf({ dateRange: 'custom', startTime: time, endTime: '2026-06-01' }), now, 'UTC')).toThrow("'Start Time' isn't a valid date");
		expect(() => rangeOf(formOf({ dateRange: 'custom', startTime: '2026-03-01', endTime: time }), now, 'UTC')).toThrow("'End Time' isn't a valid date");
	});

	it.each<[string, unknown]>([
		['as the end of the day before', '2026-03-29T24:00:00'],
		['with an offset', '2026-03-30T00:00:00+02:00'],
		['in UTC', '2026-03-29T22:00:00Z'],
		['as a DateTime', DateTime.fromISO('2026-03-30T00:00:00+02:00')],
		['as a Date', new Date('2026-03-29T22:00:00Z')],
	])('midnight %s as End Time means that instant', (_what, endTime) => {
		const { end } = rangeOf(formOf({ dateRange: 'custom', startTime: '2026-03-29', endTime }), now, 'Europe/Berlin');
		expect(end).toBe(Date.parse('2026-03-29T22:00:00Z'));
	});

	it("a value that isn't a date is an error that quotes it, and an empty one is called empty", () => {
		expect(() => rangeOf(formOf({ dateRange: 'custom', startTime: true, endTime: '2026-06-01' }), now, 'UTC')).toThrow("'Start Time' isn't a valid date: 'true'");
		expect(() => rangeOf(formOf({ dateRange: '' }), now, 'UTC')).toThrow("'Date Range' is empty");
	});

	it.each(['12:30', '10', 'soon', '2026-02-30', '2026-13-01'])("%p isn't a date", (startTime) => {
		expect(() => rangeOf(formOf({ dateRange: 'custom', startTime, endTime: '2026-06-01' }), now, 'UTC')).toThrow(/'Start Time' isn't a valid date/);
	});
});

describe('intervals', () => {
	const lengths = (start: string, end: string, interval: 'hour' | 'day' | 'week' | 'month', zone: string): number[] =>
		[...periodsOf({ start: at(start, zone), end: at(end, zone) }, interval, zone)].map((period) => (period.end - period.start) / 3_600_000);

	it.each([
		['Europe/Berlin', '2026-03-28', '2026-03-31', [24, 23, 24]],
		['Europe/Berlin', '2026-10-24', '2026-10-27', [24, 25, 24]],
		['Australia/Lord_Howe', '2026-04-04', '2026-04-07', [24, 24.5, 24]],
		['America/Santiago', '2025-09-06', '2025-09-09', [24, 23, 24]],
	])('days of %s from %s to %s', (zone, start, end, expected) => {
		expect(lengths(start, end, 'day', zone)).toEqual(expected);
	});

	it('the parts at the ends are cut short, weeks begin on Monday, months at the 1st', () => {
		expect(lengths('2026-03-04T12:00', '2026-03-17', 'week', 'UTC')).toEqual([4.5 * 24, 7 * 24, 24]);
		expect(lengths('2026-01-31', '2026-03-02', 'month', 'UTC')).toEqual([24, 28 * 24, 24]);
		expect(lengths('2026-03-04T10:30', '2026-03-04T12:15', 'hour', 'Asia/Kolkata')).toEqual([0.5, 1, 0.25]);
	});

	it('hours where clocks are set back are all there', () => {
		expect(lengths('2026-10-25', '2026-10-25T05:00', 'hour', 'Europe/Berlin')).toEqual([1, 1, 1, 1, 1, 1]);
	});
});

describe('filters', () => {
	const accepts = (report: ReportDefinition, form: { [name: string]: unknown }, record: { [name: string]: unknown }): boolean =>
		filtersOf(report, form).conditions.every((condition) => condition.accepts(record));

	it.each([[['a', 'b']], ['["a","b"]'], [' a ']])('a list may be given as %p', (userDisplayName) => {
		expect(accepts(calls, { userDisplayName }, { user_display_name: 'a' })).toBe(true);
		expect(accepts(calls, { userDisplayName }, { user_display_name: 'c' })).toBe(false);
	});

	it('a name with a comma is one name', () => {
		expect(accepts(calls, { teamName: 'Sales, Paris' }, { team_name: 'Sales, Paris' })).toBe(true);
	});

	it.each([
		[{ domain_id: '12' }, { domain_id: 12 }, true],
		[{ domain_id: 12 }, { domain_id: '13' }, false],
		[{ conversation_tags: 'vip' }, { conversation_tags: ['new', 'vip'] }, true],
		[{ conversation_tags: 'vip' }, { conversation_tags: ['new'] }, false],
		[{ 'csat.answer': '5' }, { csat: [{ answer: '5' }] }, true],
		[{ 'custom_data.dial_id': 'x' }, { custom_data: {} }, false],
		[{ with_deleted: true }, {}, true],
		[{ team_name: { $regex: 'S' } }, { team_name: 'Sales' }, true],
	])('custom %j on %j', (custom, record, expected) => {
		const report = 'domain_id' in custom || 'custom_data.dial_id' in custom ? calls : csat;
		const filters = filtersOf(report, { custom: JSON.stringify(custom) });
		expect(Object.fromEntries(filters.sent)).toEqual(custom);
		expect(filters.conditions.every((condition) => condition.accepts(record))).toBe(expected);
	});

	it('productivity sends its lists and leaves the judging to Samespace', () => {
		const filters = filtersOf(productivity, { userDisplayName: ['Sarah Taylor'] });
		expect(Object.fromEntries(filters.sent)).toEqual({ direction: [], channel: [], team_name: [], user_display_name: ['Sarah Taylor'] });
		expect(filters.conditions).toEqual([]);
	});

	it('a lower bound above the upper one is refused', () => {
		expect(() => filtersOf(csat, { minRating: 4, maxRating: 2 })).toThrow(ParameterProblem);
	});
});

describe('limit and skip', () => {
	it.each([
		[calls, { limit: 10, options: { skip: 5 } }, { limit: 10, skip: 5 }, { limit: 10, skip: 0 }],
		[calls, { returnAll: true, options: { skip: 5 } }, { limit: null, skip: 5 }, { limit: null, skip: 0 }],
		[csat, { limit: 10, itemPer: 'answer', options: { skip: 5 } }, { limit: 15, skip: 0 }, { limit: 10, skip: 5 }],
		[productivity, { limit: 10, options: { skip: 5 } }, { limit: null, skip: 0 }, { limit: 10, skip: 5 }],
		[productivity, { limit: 10, interval: 'month' }, { limit: null, skip: 0 }, { limit: 10, skip: 0 }],
		[calls, { output: 'summary', limit: 10, options: { skip: 5 } }, { limit: null, skip: 0 }, { limit: null, skip: 0 }],
		[calls, { returnAs: 'csv', limit: 10, options: { skip: 5 } }, { limit: null, skip: 0 }, { limit: null, skip: 0 }],
	])('%# are applied while reading, or later to the items', (report, parameters, read, cut) => {
		const { query, limit, skip } = request(report, parameters);
		expect({ limit: query.limit, skip: query.skip }).toEqual(read);
		expect({ limit, skip }).toEqual(cut);
	});

	it('fields may be given as a list, as JSON or with commas', () => {
		for (const fields of [['_id', 'caller'], '["_id","caller"]', '_id, caller']) {
			expect(request(calls, { output: 'selectedFields', fields }).fields).toEqual(['_id', 'caller']);
		}
	});

	it('the default fields are those of the kind of row returned', () => {
		const fieldsOf = (report: ReportDefinition, parameters: object): string[] => request(report, { output: 'selectedFields', ...parameters }).fields;
		expect(fieldsOf(csat, {})).toEqual(csat.simplified);
		expect(fieldsOf(csat, { itemPer: 'answer' })).toEqual(csat.answers?.simplified);
		expect(fieldsOf(productivity, {})).toContain('merged_periods');
		expect(fieldsOf(productivity, { interval: 'day' })).not.toContain('merged_periods');
	});

	it("the id always comes along, and those of 'Simplified' are chosen to begin with", () => {
		expect(request(calls, { output: 'selectedFields', fields: ['caller', 'caller'] }).fields).toEqual(['_id', 'caller']);
		expect(request(calls, { output: 'selectedFields' }).fields).toEqual(calls.simplified);
		expect(() => request(calls, { output: 'selectedFields', fields: '' })).toThrow(/'Fields' is empty/);
	});
});

describe('a summary', () => {
	it('has a handful of metrics to begin with, and those that are chosen in their order', () => {
		expect(request(csat, { output: 'summary' }).metrics).toEqual(['conversations', 'answers', 'ratings', 'rating_average', 'csat_percent']);
		expect(request(calls, { output: 'summary', metrics: 'inbound, calls' }).metrics).toEqual(['inbound', 'calls']);
		expect(() => request(calls, { output: 'summary', metrics: ['csat_percent'] })).toThrow(/'Metrics' is 'csat_percent'/);
		expect(() => request(calls, { output: 'summary', metrics: [] })).toThrow(/'Metrics' is empty/);
	});

	it.each([
		[['day'], 7],
		[['agent', 'hour'], 7 * 24],
		[['week'], 2],
		[['week', 'month'], 7],
		[['week', 'day'], 7],
		[['agent'], 1],
		[[], 1],
	])('of totals that is grouped by %j is read in as many parts as it needs, however rows are split', (groupBy, parts) => {
		const range = { dateRange: 'custom', startTime: '2026-03-04', endTime: '2026-03-10' };
		expect([...request(productivity, { ...range, interval: 'month', output: 'summary', groupBy }).query.periods]).toHaveLength(parts);
	});

	it('does not split totals by its groups while another output is chosen', () => {
		expect([...request(productivity, { output: 'simplified', groupBy: ['day'] }).query.periods]).toHaveLength(1);
	});
});

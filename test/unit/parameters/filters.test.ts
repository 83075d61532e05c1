import { filtersOf } from '../../../nodes/Samespace/parameters/filters';
import { calls, csat, productivity, sessions, type ReportDefinition, type ReportRecord } from '../../../nodes/Samespace/reports';

type Form = { [parameter: string]: unknown };

function sentOf(report: ReportDefinition, form: Form): Form {
	return Object.fromEntries(filtersOf(report, form).sent);
}

function accepts(report: ReportDefinition, form: Form, record: ReportRecord): boolean {
	return filtersOf(report, form).conditions.every((condition) => condition.accepts(record));
}

describe('of what is entered, only what is documented is sent:', () => {
	const everything = { type: ['team'], direction: ['in'], channel: ['phone'], status: ['answered'], teamName: ['Sales'], userDisplayName: ['Ann'] };

	it.each<[string, ReportDefinition, Form, Form]>([
		['calls', calls, everything, { type: 'team', status: 'answered' }],
		['calls of several statuses: one text is documented', calls, { status: ['answered', 'failed'] }, {}],
		['sessions', sessions, everything, { user_display_name: ['Ann'] }],
		['sessions of all agents', sessions, {}, {}],
		['productivity', productivity, everything, { direction: ['in'], channel: ['phone'], team_name: ['Sales'], user_display_name: ['Ann'] }],
		['productivity of all', productivity, {}, { direction: [], channel: [], team_name: [], user_display_name: [] }],
		['csat', csat, everything, {}],
	])('%s', (_, report, form, sent) => {
		expect(sentOf(report, form)).toEqual(sent);
	});
});

describe('all that is entered is held against the rows', () => {
	const call = { direction: 'in', channel: 'phone', status: 'answered', type: 'team', team_name: 'Sales', user_display_name: 'Ann' };

	it.each(['direction', 'channel', 'status', 'type', 'teamName', 'userDisplayName'])('of calls: %s', (parameter) => {
		const { field } = calls.filters.find((filter) => filter.parameter === parameter) as { field: keyof typeof call };
		expect(accepts(calls, { [parameter]: [call[field]] }, call)).toBe(true);
		expect(accepts(calls, { [parameter]: ['another', call[field]] }, call)).toBe(true);
		expect(accepts(calls, { [parameter]: ['another'] }, call)).toBe(false);
	});

	it('but for agents, teams and directions of productivity, whose rows do not carry them all', () => {
		expect(accepts(productivity, { teamName: ['Sales'], userDisplayName: ['Ann'], direction: ['in'], channel: ['phone'] }, { user: 'ann' })).toBe(true);
	});
});

describe("'Custom Filters'", () => {
	it('are sent as they are, as text of JSON or as an object', () => {
		const custom = { termination_cause: 'NORMAL_CLEARING', depth: { $gt: 2 } };
		expect(sentOf(calls, { custom })).toEqual(custom);
		expect(sentOf(calls, { custom: JSON.stringify(custom) })).toEqual(custom);
	});

	it.each<[Form, ReportRecord, boolean]>([
		[{ termination_cause: 'BUSY' }, { termination_cause: 'BUSY' }, true],
		[{ termination_cause: 'BUSY' }, { termination_cause: 'OTHER' }, false],
		[{ termination_cause: ['BUSY', 'OTHER'] }, { termination_cause: 'OTHER' }, true],
		[{ duration: 4 }, { duration: '4' }, true],
		[{ 'custom_data.dial_id': 7 }, { custom_data: { dial_id: '7' } }, true],
		[{ 'custom_data.dial_id': 7 }, { custom_data: { dial_id: '8' } }, false],
		[{ duration: { $gt: 4 } }, { duration: 1 }, true],
		[{ no_column: 'x' }, {}, true],
	])('%j: %j is let through: %s', (custom, record, isLetThrough) => {
		expect(accepts(calls, { custom }, record)).toBe(isLetThrough);
	});

	it.each([[{ start_time: '2026-01-01' }], ['[1]'], ['{'], ['7']])('%j is refused', (custom) => {
		expect(() => filtersOf(calls, { custom })).toThrow(/'Custom Filters'/);
	});
});

describe('a rating', () => {
	it.each<[Form, unknown[], boolean]>([
		[{ minRating: 3 }, ['4'], true],
		[{ minRating: 3 }, [2], false],
		[{ maxRating: 2 }, [5, 1], true],
		[{ minRating: 0 }, [0], true],
		[{ minRating: 1, maxRating: 2 }, ['n/a'], false],
	])('%j of answers %j: %s', (form, answers, isLetThrough) => {
		expect(accepts(csat, form, { csat: answers.map((answer) => ({ question: 'q', answer })) })).toBe(isLetThrough);
	});
});

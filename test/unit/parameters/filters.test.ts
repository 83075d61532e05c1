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

describe('every filter that is entered is also applied to the rows', () => {
	const call = { direction: 'in', channel: 'phone', status: 'answered', type: 'team', team_name: 'Sales', user_display_name: 'Ann' };

	it.each(['direction', 'channel', 'status', 'type', 'teamName', 'userDisplayName'])('of calls: %s', (parameter) => {
		const { field } = calls.filters.find((filter) => filter.parameter === parameter) as { field: keyof typeof call };
		expect(accepts(calls, { [parameter]: [call[field]] }, call)).toBe(true);
		expect(accepts(calls, { [parameter]: ['another', call[field]] }, call)).toBe(true);
		expect(accepts(calls, { [parameter]: ['another'] }, call)).toBe(false);
	});

	it('except for agents, teams and directions of productivity, since its rows lack some of them', () => {
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
		[{ team_name: 'Sales' }, { team_name: ' Sales ' }, true],
		[{ team_name: 'Sales\n' }, { team_name: 'Sales' }, true],
		[{ duration: { $gt: 4 } }, { duration: 1 }, true],
		[{ no_column: 'x' }, {}, true],
	])('%j: %j is let through: %s', (custom, record, isLetThrough) => {
		expect(accepts(calls, { custom }, record)).toBe(isLetThrough);
	});

	it('a Date is sent as text of ISO 8601, wherever it stands', () => {
		const at = new Date('2026-03-01T10:00:00Z');
		expect(sentOf(calls, { custom: { answered_after: at, all: [{ at }] } })).toEqual({ answered_after: '2026-03-01T10:00:00.000Z', all: [{ at: '2026-03-01T10:00:00.000Z' }] });
	});

	it.each<[unknown]>([[new Date()], [new Map([['a', 1]])], [new Set([1])], [{ a: new Map() }], [{ a: new Date(NaN) }], [{ a: [new Set()] }]])('%p, which JSON does not hold, is refused', (custom) => {
		expect(() => filtersOf(calls, { custom } as never)).toThrow(/'Custom Filters'/);
	});

	it.each([[{ start_time: '2026-01-01' }], ['[1]'], ['{'], ['7']])('%j is refused', (custom) => {
		expect(() => filtersOf(calls, { custom })).toThrow(/'Custom Filters'/);
	});
});

describe('what only the node itself applies is never sent, and held against the rows:', () => {
	const call = { _id: 'a1', uuid: 'u-1', caller: '+91 85306 10172', callee: 'sarah', answer_time: '2026-01-01T00:00:00Z', duration: 90, recording_url: '/x' };
	const survey = { _id: 'c1', caller: '0091-8530610172', duration: '30', conversation_tags: ['VIP', 'complaint'] };
	const session = { _id: 's1', activity: 'login', logout_reason: 'Network Loss', session_duration: 60 };

	it.each<[string, ReportDefinition, Form, ReportRecord, boolean]>([
		['answered', calls, { outcome: 'answered' }, call, true],
		['answered, as a call without an answer', calls, { outcome: 'answered' }, { ...call, answer_time: null }, false],
		['not answered', calls, { outcome: 'notAnswered' }, { ...call, answer_time: '' }, true],
		['a number written otherwise', calls, { phoneNumber: ['08530610172'] }, call, true],
		['a number as a number', calls, { phoneNumber: 918530610172 }, call, true],
		['one of several numbers', calls, { phoneNumber: '555, 08530610172' }, call, true],
		['another number', calls, { phoneNumber: '+91 85306 10173' }, call, false],
		['the callee', calls, { phoneNumber: 'Sarah' }, call, true],
		['an extension is not the end of a number', calls, { phoneNumber: '0172' }, call, false],
		['an extension', calls, { phoneNumber: '0172' }, { ...call, callee: '0172' }, true],
		['a number in CSAT', csat, { phoneNumber: ['8530610172'] }, survey, true],
		['long enough', calls, { minDuration: 90 }, call, true],
		['too short', calls, { minDuration: '91' }, call, false],
		['too long', csat, { maxDuration: 29 }, survey, false],
		['short enough', csat, { minDuration: 0, maxDuration: 30 }, survey, true],
		['no duration', calls, { maxDuration: 30 }, { ...call, duration: null }, false],
		['a long session', sessions, { minDuration: 60 }, session, true],
		['a recording', calls, { hasRecording: true }, call, true],
		['no recording', calls, { hasRecording: 'false' }, call, false],
		['an empty recording', calls, { hasRecording: false }, { ...call, recording_url: ' ' }, true],
		['an id', calls, { recordId: ['a1'] }, call, true],
		['a uuid', calls, { recordId: 'x, u-1' }, call, true],
		['an id as an object', csat, { recordId: ['c9'] }, { ...survey, _id: { $oid: 'c9' } }, true],
		['another id', sessions, { recordId: ['s2'] }, session, false],
		['an activity', sessions, { activity: ['login'] }, session, true],
		['another activity', sessions, { activity: ['logout'] }, session, false],
		['a reason', sessions, { logoutReason: ['Network Loss', 'x'] }, session, true],
		['another reason', sessions, { logoutReason: ['x'] }, session, false],
		['a tag', csat, { tags: 'vip' }, survey, true],
		['one of several tags', csat, { tags: ['x', 'complaint'] }, survey, true],
		['a tag with a comma, out of a list', csat, { tags: ['Billing, Refund'] }, { ...survey, conversation_tags: ['billing, refund'] }, true],
		['a tag with a comma, out of JSON', csat, { tags: '["Billing, Refund"]' }, { ...survey, conversation_tags: ['Billing, Refund'] }, true],
		['one of several activities in one text', sessions, { activity: 'login,logout' }, session, true],
		['no tag', csat, { tags: 'x' }, { ...survey, conversation_tags: null }, false],
	])('%s', (_, report, form, record, isLetThrough) => {
		expect(accepts(report, form, record)).toBe(isLetThrough);
		expect(sentOf(report, form)).toEqual({});
	});

	it.each<[Form]>([[{}], [{ phoneNumber: '' }], [{ minDuration: null }], [{ recordId: [] }], [{ tags: ' , ' }], [{ outcome: '' }], [{ outcome: ' ' }], [{ minDuration: ' ' }], [{ hasRecording: ' ' }], [{ custom: ' ' }]])('%j filters nothing', (form) => {
		for (const report of [calls, sessions, csat]) expect(filtersOf(report, form).conditions).toEqual([]);
	});

	it.each<[Form, RegExp]>([
		[{ outcome: 'maybe' }, /'Outcome' is 'maybe'/],
		[{ minDuration: 'long' }, /'Minimum Duration \(Seconds\)' is 'long'/],
		[{ minDuration: 5, maxDuration: 4 }, /'Minimum Duration \(Seconds\)' \(5\) is above 'Maximum Duration \(Seconds\)' \(4\)/],
		[{ hasRecording: 'perhaps' }, /'Has Recording' is 'perhaps'/],
		[{ phoneNumber: [{}] }, /'Phone Number' contains an object/],
	])('%j is refused', (form, says) => {
		expect(() => filtersOf(calls, form)).toThrow(says);
	});

	it.each<[ReportDefinition, Form, ReportRecord, string]>([
		[calls, { minDuration: 10, maxDuration: 20 }, { ...call, duration: 500 }, 'Maximum Duration (Seconds)'],
		[calls, { minDuration: 10, maxDuration: 20 }, { ...call, duration: 5 }, 'Minimum Duration (Seconds)'],
		[csat, { minRating: 1, maxRating: 2 }, { csat: [{ answer: '5' }] }, 'Maximum Rating'],
		[csat, { minRating: 4, maxRating: 5 }, { csat: [{ answer: '3' }] }, 'Minimum Rating'],
	])('of two bounds, the one that a record does not meet is named: %#', (report, form, record, label) => {
		expect(filtersOf(report, form).conditions.find((condition) => !condition.accepts(record))?.label).toBe(label);
	});

	it('productivity has none of them: its rows are totals', () => {
		const form = { recordId: ['a'], minDuration: 5, phoneNumber: '1', outcome: 'answered', hasRecording: true, tags: 'x', activity: 'login' };
		expect(filtersOf(productivity, form).conditions).toEqual([]);
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

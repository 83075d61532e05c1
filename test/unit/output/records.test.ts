import { calls, csat, productivity, reports, sessions } from '../../../nodes/Samespace/reports';
import { finishedItems, planOf, rowsOf, run, vendorCall, vendorCsat, vendorPeriod, vendorProductivity, vendorSession } from './vendor';
import { createOutput } from '../../../nodes/Samespace/output';

describe('raw', () => {
	it('hands on calls and sessions as the very objects that were read', async () => {
		expect((await rowsOf({ report: calls }, [vendorCall]))[0]).toBe(vendorCall);
		expect((await rowsOf({ report: sessions }, [vendorSession]))[0]).toBe(vendorSession);
	});

	it('stamps productivity with the period, in the zone of the workflow', async () => {
		expect(await rowsOf({ report: productivity, timezone: 'Asia/Kolkata' }, [vendorProductivity])).toEqual([
			{
				...vendorProductivity,
				period_start: '2021-06-03T18:49:00.000+05:30',
				period_end: '2021-06-04T19:49:00.000+05:30',
			},
		]);
	});

	it('adds answers and ratings to a rated conversation and keeps the list that Samespace sent', async () => {
		expect(await rowsOf({ report: csat }, [vendorCsat])).toEqual([
			{
				...vendorCsat,
				answers: [
					{
						answer_id: '63b2d22bc6e3fe49eb4130a0',
						question_number: 3,
						question: 'How courteous was the agent?',
						answer: '5',
						rating: 5,
						timestamp: '2023-01-02T12:46:33.130Z',
					},
					{
						answer_id: '63b2d22bc6e3fe49eb41308e',
						question_number: 2,
						question: 'How knowledgeable was the agent?',
						answer: '1',
						rating: 1,
						timestamp: '2023-01-02T12:46:28.848Z',
					},
					{
						answer_id: '63b2d22bc6e3fe49eb41308b',
						question_number: 1,
						question: 'How would you rate the support you received?',
						answer: '4',
						rating: 4,
						timestamp: '2023-01-02T12:46:24.255Z',
					},
				],
				rating_count: 3,
				rating_average: 10 / 3,
			},
		]);
	});

	it('leaves the records themselves unchanged', async () => {
		const before = JSON.stringify([vendorCsat, vendorProductivity]);
		await rowsOf({ report: csat, itemPer: 'answer' }, [vendorCsat]);
		await rowsOf({ report: csat }, [vendorCsat]);
		await rowsOf({ report: productivity, mergePeriods: true }, [vendorProductivity], [vendorProductivity]);
		expect(JSON.stringify([vendorCsat, vendorProductivity])).toBe(before);
	});

	it('gives out each batch at once and nothing at the end', async () => {
		const output = createOutput(planOf({}), async () => null);
		expect(await output.take([vendorCall, vendorCall], vendorPeriod)).toHaveLength(2);
		expect(await finishedItems(output)).toEqual([]);
	});

	it('takes a batch of 200,000 records without overflowing the stack', async () => {
		const many = new Array(200_000).fill(vendorCall);
		const output = createOutput(planOf({}), async () => null);
		expect(await output.take(many, vendorPeriod)).toHaveLength(200_000);
	});
});

describe('simplified', () => {
	it('is a call in ten flat fields', async () => {
		expect(await rowsOf({ output: 'simplified' }, [vendorCall])).toEqual([
			{
				_id: '5ff4093743e9410210f60350',
				start_time: '2021-01-05T06:37:36.936Z',
				direction: 'out',
				status: 'failed',
				caller: 'sarah',
				phone_number: '14156369898',
				user_display_name: 'Sarah Taylor',
				team_name: 'Sales',
				duration: 0,
				recording_url: 'https://acme.samespace.com/router/api/open-recording-url/7f1d5a71-4f20-11eb-d5cff0c418c7/1455',
			},
		]);
	});

	it.each([
		['Asia/Kolkata', '2021-01-05T12:07:36.936+05:30'],
		['America/New_York', '2021-01-05T01:37:36.936-05:00'],
		['Europe/London', '2021-01-05T06:37:36.936+00:00'],
		['UTC', '2021-01-05T06:37:36.936Z'],
	])("tells times by the workflow's clock: %s", async (timezone, time) => {
		expect((await rowsOf({ output: 'simplified', timezone }, [vendorCall]))[0].start_time).toBe(time);
		expect((await rowsOf({ output: 'selectedFields', fields: ['start_time'], timezone }, [vendorCall]))[0].start_time).toBe(time);
		expect((await rowsOf({ output: 'raw', timezone }, [vendorCall]))[0].start_time).toBe(vendorCall.start_time);
	});

	it.each([
		['a time that cannot be read', { start_time: 'soon' }],
		['a time without an offset', { start_time: '2021-01-05T06:37:36' }],
		['no time', { start_time: null }],
		['a URL of another host', { recording_url: 'https://elsewhere.example/a.wav' }],
		['a URL without a scheme', { recording_url: '//elsewhere.example/a.wav' }],
		['no URL', { recording_url: '' }],
	])('leaves %s as it is', async (_, fields) => {
		expect((await rowsOf({ output: 'simplified', timezone: 'Asia/Kolkata' }, [{ ...vendorCall, ...fields }]))[0]).toMatchObject(fields);
	});

	it('is a session in eight flat fields', async () => {
		expect(await rowsOf({ report: sessions, output: 'simplified' }, [vendorSession])).toEqual([
			{
				_id: '62bdac0dfa59dc030b9b808d',
				user_display_name: 'Sarah Taylor',
				activity: 'login',
				start_time: '2022-06-30T13:58:37.276Z',
				end_time: '2022-06-30T13:59:37.446Z',
				session_duration: 60,
				logout_reason: 'Network Loss',
				endpoint_type: 'WEB',
			},
		]);
	});

	it('is an agent and a period with the figures that people use most', async () => {
		const simplified = {
			_id: '5e97fbfafee6373b23aa51ae',
			user: 'Sarah',
			period_start: '2021-06-03T13:19:00.000Z',
			period_end: '2021-06-04T14:19:00.000Z',
			session_duration: 89,
			away_time: 0,
			inbound_conversations: 0,
			outbound_conversations: 1,
			acd: 0,
		};
		const plan = { report: productivity, output: 'simplified' } as const;
		expect(await rowsOf(plan, [vendorProductivity])).toEqual([simplified]);
		expect(await rowsOf({ ...plan, mergePeriods: true }, [vendorProductivity])).toEqual([
			{ ...simplified, merged_periods: 1 },
		]);
	});

	it('is a rated conversation with flat figures instead of a list', async () => {
		expect(await rowsOf({ report: csat, output: 'simplified' }, [vendorCsat])).toEqual([
			{
				_id: '53cb7b33-a289-4572-84f5-f10dd9968e62',
				start_time: '2023-01-02T12:45:55.854Z',
				user_display_name: 'Admin',
				team_name: 'Helpdesk',
				direction: 'in',
				phone_number: '+918530610172',
				duration: 14,
				rating_count: 3,
				rating_average: 10 / 3,
				notes: '',
			},
		]);
	});

	it('is an answer with its conversation', async () => {
		const rows = await rowsOf({ report: csat, output: 'simplified', itemPer: 'answer' }, [vendorCsat]);
		expect(rows).toHaveLength(3);
		expect(rows[1]).toEqual({
			_id: '53cb7b33-a289-4572-84f5-f10dd9968e62',
			answer_id: '63b2d22bc6e3fe49eb41308e',
			start_time: '2023-01-02T12:45:55.854Z',
			user_display_name: 'Admin',
			team_name: 'Helpdesk',
			question_number: 2,
			question: 'How knowledgeable was the agent?',
			answer: '1',
			rating: 1,
			timestamp: '2023-01-02T12:46:28.848Z',
		});
	});

	it.each([
		['in', '+1'],
		['out', '+2'],
		[undefined, '+1'],
	])("has the customer's number, whichever way the call went: %s", async (direction, phoneNumber) => {
		const record = { ...vendorCall, direction, caller: '+1', callee: '+2' };
		expect((await rowsOf({ output: 'simplified' }, [record]))[0].phone_number).toBe(phoneNumber);
		expect((await rowsOf({ output: 'selectedFields', fields: ['phone_number'] }, [record]))[0]).toEqual({ phone_number: phoneNumber });
		expect((await rowsOf({}, [record]))[0]).not.toHaveProperty('phone_number');
	});

	it('gives every item the same keys, null where the record has nothing', async () => {
		const [row] = await rowsOf({ output: 'simplified' }, [{ _id: 'a', duration: undefined }]);
		expect(Object.keys(row)).toEqual(calls.simplified);
		expect(row).toMatchObject({ _id: 'a', duration: null, caller: null });
	});

	it.each(reports)('$title: ten fields at most, the id among them, each a column and none nested', (report) => {
		const columns = [...report.columns, ...(report.derived ?? []), ...(report.added ?? []), ...(report.answers?.columns ?? [])];
		for (const simplified of [report.simplified, report.answers?.simplified ?? report.simplified]) {
			expect(simplified.length).toBeLessThanOrEqual(10);
			expect(new Set(simplified).size).toBe(simplified.length);
			expect(simplified).toContain(report.id);
			const types = simplified.map((name) => columns.find((column) => column.name === name)?.type);
			expect(types).not.toContain(undefined);
			expect(types).not.toContain('json');
		}
	});
});

describe('selected fields', () => {
	const pick = async (record: object, fields: string[]) =>
		(await rowsOf({ output: 'selectedFields', fields }, [record as typeof vendorCall]))[0];

	it('come in the order chosen, and a missing one is null', async () => {
		const row = await pick(vendorCall, ['status', '_id', 'no_such_field', 'answer_time']);
		expect(Object.entries(row)).toEqual([
			['status', 'failed'],
			['_id', '5ff4093743e9410210f60350'],
			['no_such_field', null],
			['answer_time', null],
		]);
	});

	it('lead into nested values by dots, under one flat key', async () => {
		const custom_data = { crm: { id: 7, owner: null }, 'utm.source': 'mail', tags: ['vip', 'late'] };
		const fields = ['custom_data.crm.id', 'custom_data.crm.owner.name', 'custom_data.utm.source', 'custom_data.tags.1'];
		expect(await pick({ custom_data }, fields)).toEqual({
			'custom_data.crm.id': 7,
			'custom_data.crm.owner.name': null,
			'custom_data.utm.source': 'mail',
			'custom_data.tags.1': 'late',
		});
	});

	it('take a field whose own name has dots before a nested one', async () => {
		expect(await pick({ 'a.b': 1, a: { b: 2 } }, ['a.b'])).toEqual({ 'a.b': 1 });
	});

	it('never reach what every object inherits', async () => {
		const row = await pick(vendorCall, ['constructor', '__proto__', 'custom_data.__proto__.toString', 'status.length']);
		expect(Object.keys(row)).toHaveLength(4);
		expect(Object.values(row)).toEqual([null, null, null, null]);
		expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
	});

	it('offer what the node adds', async () => {
		const plan = { report: csat, output: 'selectedFields', fields: ['rating_average', 'answers.0.question'] } as const;
		expect(await rowsOf(plan, [vendorCsat])).toEqual([
			{ rating_average: 10 / 3, 'answers.0.question': 'How courteous was the agent?' },
		]);
		const periods = { report: productivity, output: 'selectedFields', fields: ['period_end', 'user'] } as const;
		expect(await rowsOf(periods, [vendorProductivity])).toEqual([{ period_end: '2021-06-04T14:19:00.000Z', user: 'Sarah' }]);
	});
});

it('refuses a time zone that does not exist', () => {
	expect(() => createOutput(planOf({ timezone: 'Europe/Atlantis' }), async () => null)).toThrow(/IANA.*Europe\/Atlantis/);
});

it('has no items for no records, summaries and files aside', async () => {
	for (const output of ['raw', 'simplified', 'selectedFields'] as const) {
		for (const report of reports) expect((await run({ report, output, mergePeriods: true }, [])).items).toEqual([]);
	}
});

import fc from 'fast-check';

import { columnsOf } from '../../../nodes/Samespace/output';
import { csvCell } from '../../../nodes/Samespace/output/csv';
import { calls, csat, productivity, reports, sessions, type ReportRecord } from '../../../nodes/Samespace/reports';
import { parseCsv } from './parseCsv';
import { planOf, run, vendorCall, vendorCsat, vendorProductivity, vendorSession } from './vendor';

const csvFile = 'csv' as const;
const text = (content: Buffer) => content.toString('utf8');

describe("the vendor's page as CSV", () => {
	it('calls', async () => {
		const { items, files } = await run({ returnAs: csvFile }, [vendorCall]);
		expect(text(files[0].content)).toBe(
			'_id,x_origin_id,uuid,channel,direction,type,endpoint_type,endpoint_id,user_system_id,user_display_name,' +
				'user_login_id,caller,callee,team_system_id,team_name,recording_filename,recording_url,start_time,' +
				'progress_duration,duration,answer_time,conference_duration,end_time,status,terminated_by,termination_cause,' +
				'codec,mos,dock_version,domain_id,space_id,hold_duration,custom_data\r\n' +
				'5ff4093743e9410210f60350,7f1d5a71-4f20-11eb-91c1-d5cff0c418c7,7f1d5a71-4f20-11eb-91c1-d5cff0c418c7,voice,out,team,' +
				'WEB,WEB,5f742f185dc78c9e085d4a77,Sarah Taylor,sarah,sarah,14156369898,5e8433a3f010817962f28189,Sales,' +
				'919664590918_5f742f185dc78c9e085d4a77_1609828655511.wav,' +
				'/router/api/open-recording-url/7f1d5a71-4f20-11eb-d5cff0c418c7/1455,2021-01-05T06:37:36.936Z,' +
				'0,0,,0,2021-01-05T06:37:43.256Z,failed,agent,NORMAL_CLEARING,PCMU,4.5,3.0.0,1455,beta,0,{}\r\n',
		);
		expect(files[0]).toMatchObject({ name: 'samespace-calls-part-001.csv', mimeType: 'text/csv', rows: 1 });
		const json = { file_name: 'samespace-calls-part-001.csv', mime_type: 'text/csv', rows: 1, report: 'calls', part: 1 };
		expect(items).toEqual([{ json, file: 'written: 1' }]);
	});

	it('sessions', async () => {
		const { files } = await run({ report: sessions, returnAs: csvFile }, [vendorSession]);
		expect(text(files[0].content)).toBe(
			'_id,domain_id,space_id,session_id,endpoint_type,endpoint_id,user_system_id,user_login_id,user_display_name,' +
				'ip_address,start_time,end_time,activity,dock_version,logout_reason,session_duration\r\n' +
				'62bdac0dfa59dc030b9b808d,1703,polygon,bd06dee0-f87c-11ec-88bf-29c100de7a90,WEB,WEB,61efa2871b1efd23137b07be,,' +
				'Sarah Taylor,0.0.0.0,2022-06-30T13:58:37.276Z,2022-06-30T13:59:37.446Z,login,5.0,Network Loss,60\r\n',
		);
	});

	it('productivity', async () => {
		const { files } = await run({ report: productivity, returnAs: csvFile, mergePeriods: true }, [vendorProductivity]);
		expect(text(files[0].content)).toBe(
			'_id,user,session_duration,away_time,acd,acw,asa,avg_hold_time,avg_ring_duration,inbound_conversations,' +
				'outbound_conversations,period_start,period_end,merged_periods\r\n' +
				'5e97fbfafee6373b23aa51ae,Sarah,89,0,0,0,0,0,0,0,1,2021-06-03T13:19:00.000Z,2021-06-04T14:19:00.000Z,1\r\n',
		);
	});

	it('csat, a conversation a row', async () => {
		const { files } = await run({ report: csat, returnAs: csvFile }, [vendorCsat]);
		const [header, row] = parseCsv(text(files[0].content));
		expect(header.join()).toBe(
			'_id,csat,direction,caller,callee,user_display_name,team_name,start_time,end_time,duration,acw_duration,' +
				'conversation_tags,notes,answers,rating_count,rating_average',
		);
		expect(JSON.parse(row[1])).toEqual(vendorCsat.csat);
		expect(row.slice(2, 13).join()).toBe(
			'in,+918530610172,18886669555,Admin,Helpdesk,2023-01-02T12:45:55.854Z,2023-01-02T12:46:13.114Z,14,47,["Not Interested"],',
		);
		expect(JSON.parse(row[13])).toHaveLength(3);
		expect(row.slice(14)).toEqual(['3', '3.3333333333333335']);
	});

	it('csat, an answer a row', async () => {
		const { files } = await run({ report: csat, returnAs: csvFile, itemPer: 'answer' }, [vendorCsat]);
		expect(files[0].rows).toBe(3);
		expect(text(files[0].content).split('\r\n').slice(0, 2)).toEqual([
			'_id,direction,caller,callee,user_display_name,team_name,start_time,end_time,duration,acw_duration,' +
				'conversation_tags,notes,answer_id,question_number,question,answer,rating,timestamp',
			'53cb7b33-a289-4572-84f5-f10dd9968e62,in,+918530610172,18886669555,Admin,Helpdesk,2023-01-02T12:45:55.854Z,' +
				'2023-01-02T12:46:13.114Z,14,47,"[""Not Interested""]",,63b2d22bc6e3fe49eb4130a0,3,' +
				'How courteous was the agent?,5,5,2023-01-02T12:46:33.130Z',
		]);
	});
});

it.each([
	[calls, vendorCall],
	[sessions, vendorSession],
])('NDJSON is each record whole on its line', async (report, record) => {
	const unknown = { ...record, new_field: ['line\nbreak'] };
	const { files } = await run({ report, returnAs: 'ndjson' }, [record, unknown]);
	const name = `samespace-${report.title.toLowerCase()}-part-001.ndjson`;
	expect(files[0]).toMatchObject({ name, mimeType: 'application/x-ndjson', rows: 2 });
	const lines = text(files[0].content).split('\n');
	expect(lines).toHaveLength(3);
	expect(lines[2]).toBe('');
	expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([record, unknown]);
});

describe('files', () => {
	const many = (count: number) => Array.from({ length: count }, (_, at): ReportRecord => ({ _id: `call ${at}` }));
	const header = `${columnsOf(planOf({})).join()}\r\n`;

	it('hold rowsPerFile rows, each with the same header, and the last one the rest', async () => {
		const { items, files } = await run({ returnAs: csvFile, rowsPerFile: 4 }, many(3), many(6), many(1));
		expect(files.map(({ name, rows }) => [name, rows])).toEqual([
			['samespace-calls-part-001.csv', 4],
			['samespace-calls-part-002.csv', 4],
			['samespace-calls-part-003.csv', 2],
		]);
		for (const { content, rows } of files) {
			expect(text(content).startsWith(header)).toBe(true);
			expect(parseCsv(text(content))).toHaveLength(rows + 1);
		}
		expect(items.map(({ json, file: written }) => [json.part, json.rows, written])).toEqual([
			[1, 4, 'written: 1'],
			[2, 4, 'written: 2'],
			[3, 2, 'written: 3'],
		]);
	});

	it('are not followed by an empty one where the last is just full', async () => {
		expect((await run({ returnAs: csvFile, rowsPerFile: 2 }, many(4))).files.map(({ rows }) => rows)).toEqual([2, 2]);
	});

	it('are there without any record too: a header in CSV, nothing in NDJSON', async () => {
		const csv = await run({ returnAs: csvFile }, []);
		expect(csv.files.map(({ rows, content }) => [rows, text(content)])).toEqual([[0, header]]);
		expect(csv.items[0].json).toMatchObject({ rows: 0, part: 1 });
		const ndjson = await run({ returnAs: 'ndjson' });
		expect(ndjson.files.map(({ rows, content }) => [rows, content.length])).toEqual([[0, 0]]);
	});

	it('are whole, row by row, however large', async () => {
		const notes = 'é😀'.repeat(8000);
		const { files } = await run({ report: csat, returnAs: csvFile }, many(40).map((record) => ({ ...record, notes })));
		const rows = parseCsv(text(files[0].content));
		expect(rows.slice(1).map((row) => [row[0], row[12] === notes])).toEqual(many(40).map(({ _id }) => [_id, true]));
	});

	it.each(reports)('$title: a CSV has all columns of the definition, once', (report) => {
		const columns = columnsOf(planOf({ report, mergePeriods: true }));
		expect(columns).toEqual([...report.columns, ...(report.added ?? [])].map(({ name }) => name));
		expect(new Set(columns).size).toBe(columns.length);
	});
});

describe('a cell', () => {
	it.each([
		['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
		['=1+1', "'=1+1"],
		['+1 415 636', "'+1 415 636"],
		['-rappeler', "'-rappeler"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\t=1', `"'\t'=1"`],
		['\r=1', `"'\r'=1"`],
		['-', "'-"],
		['-1+1', "'-1+1"],
		['+918530610172', '+918530610172'],
		['-5', '-5'],
		['-0.5', '-0.5'],
		['+1e5', '+1e5'],
		[-5, '-5'],
		[4.5, '4.5'],
		["'=1", "'=1"],
		['a=b', 'a=b'],
		[' =1', ' =1'],
		['plain', 'plain'],
		['a,b', '"a,b"'],
		['say "hi"', '"say ""hi"""'],
		['two\nlines', '"two\nlines"'],
		['two\rlines', '"two\rlines"'],
		['', ''],
		[null, ''],
		[undefined, ''],
		[true, 'true'],
		[{ a: [1, '"'] }, '"{""a"":[1,""\\""""]}"'],
		[[], '[]'],
	])('of %j is written %j', (value, cell) => {
		expect(csvCell(value)).toBe(cell);
	});
});

describe('read back by another parser', () => {
	const odd = fc.oneof(
		fc.constantFrom('"', '""', ',', '\r\n', '\n', '\r', "'", '=HYPERLINK("a","b")'),
		fc.constantFrom('+1', '-x', '@', '\t', '😀👍🏽', 'العميل', '苦情', ''),
		fc.string({ unit: 'grapheme', maxLength: 12 }),
		fc.constant('long "note", line\n'.repeat(1800)), // 32 KB
	);
	const notes = fc.array(odd, { maxLength: 4 }).map((parts) => parts.join(''));
	const record = fc.record({
		_id: fc.uuid(),
		user_display_name: notes,
		notes,
		duration: fc.option(fc.integer()),
		conversation_tags: fc.array(notes, { maxLength: 3 }),
	});

	/** What a reader sees of a value: the guard's quote is part of the text. */
	const seen = (value: string) => {
		const isNumber = (text: string): boolean => /^[+-]\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
		const start = '=+-@＝＋－＠\t\r\n'.includes(value.charAt(0) || ' ') && !isNumber(value) ? "'" : '';
		// A spreadsheet that goes by semicolons or tabs sees a new cell at each of them and at each line break.
		const [first, ...rest] = value.split(/([;\t\r\n]+)/);
		const guarded = rest.map((part, at) => (at % 2 === 1 && /^[\s"\u200b\ufeff]*[=+\-@＝＋－＠]/.test(part) ? `'${part}` : part));
		return start + first + guarded.join('');
	};

	it('every value is the same', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), async (records) => {
				const { files } = await run({ report: csat, returnAs: csvFile, rowsPerFile: 2 }, records);
				const parts = files.map(({ content }) => parseCsv(text(content)));
				expect(parts.flatMap(([, ...rows]) => rows)).toHaveLength(records.length);
				const [names] = parts[0];
				parts.flatMap(([, ...rows]) => rows).forEach((cells, at) => {
					const cell = (name: string) => cells[names.indexOf(name)];
					expect(cells).toHaveLength(names.length);
					expect(cell('_id')).toBe(seen(records[at]._id));
					expect(cell('user_display_name')).toBe(seen(records[at].user_display_name));
					expect(cell('notes')).toBe(seen(records[at].notes));
					expect(cell('duration')).toBe(records[at].duration === null ? '' : String(records[at].duration));
					expect(JSON.parse(cell('conversation_tags'))).toEqual(records[at].conversation_tags);
				});
			}),
			{ numRuns: 60 },
		);
	});

	it('NDJSON too', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), async (records) => {
				const { files } = await run({ returnAs: 'ndjson' }, records);
				const lines = text(files[0].content).trimEnd().split('\n');
				expect(lines.map((line) => JSON.parse(line))).toEqual(records.map((one) => ({ ...one })));
			}),
			{ numRuns: 40 },
		);
	});
});

describe('the columns of a CSV file', () => {
	it("are those of the simplified items, with the workflow's clock and whole URLs", async () => {
		const { files } = await run({ returnAs: csvFile, output: 'simplified', timezone: 'Asia/Kolkata' }, [vendorCall]);
		expect(text(files[0].content)).toBe(
			`${calls.simplified.join()}\r\n5ff4093743e9410210f60350,2021-01-05T12:07:36.936+05:30,out,failed,sarah,14156369898,Sarah Taylor,Sales,0,` +
				'https://acme.samespace.com/router/api/open-recording-url/7f1d5a71-4f20-11eb-d5cff0c418c7/1455\r\n',
		);
	});

	it('are the fields that were selected', async () => {
		const { files } = await run({ returnAs: csvFile, output: 'selectedFields', fields: ['_id', 'custom_data.a'] }, [{ ...vendorCall, custom_data: { a: 1 } }]);
		expect(text(files[0].content)).toBe('_id,custom_data.a\r\n5ff4093743e9410210f60350,1\r\n');
	});

	it("are a summary's groups and metrics", async () => {
		const { files } = await run({ returnAs: csvFile, output: 'summary', groupBy: ['team'], metrics: ['calls', 'answer_rate_percent', 'termination_causes'] }, [vendorCall]);
		expect(files.map(({ name }) => name)).toEqual(['samespace-calls-summary-part-001.csv']);
		expect(text(files[0].content)).toBe('team,calls,answer_rate_percent,termination_causes\r\nSales,1,,"{""NORMAL_CLEARING"":1}"\r\n');
	});

	it("are a summary's in NDJSON too", async () => {
		const { files } = await run({ returnAs: 'ndjson', output: 'summary', metrics: ['calls'] }, [vendorCall, vendorCall]);
		expect(text(files[0].content)).toBe('{"calls":2}\n');
	});
});

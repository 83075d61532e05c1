import * as fc from 'fast-check';

import { normalize, type RowMeaning } from '../../../nodes/Samespace/reading/times';
import { calls, csat, type ReportRecord } from '../../../nodes/Samespace/reports';
import { wallText } from './wallClock.ts';

const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Chatham', 'Asia/Kathmandu', 'America/St_Johns'];

function normalized(row: ReportRecord, changes: Partial<RowMeaning> = {}): ReportRecord {
	const range = { start: Date.parse('2026-01-01T00:00:00Z'), end: Date.parse('2027-01-01T00:00:00Z') };
	return normalize(row, { report: csat, clusterZone: 'America/New_York', range, ...changes });
}

describe("times without an offset get the cluster's", () => {
	it.each([
		['2026-03-01 10:00:00', '2026-03-01T10:00:00.000-05:00'],
		['2026-07-01 10:00:00', '2026-07-01T10:00:00.000-04:00'],
		['2026-07-01 10:00:00.250', '2026-07-01T10:00:00.250-04:00'],
		['2026-07-01T10:00:00', '2026-07-01T10:00:00.000-04:00'],
		['2026-07-01T10:00', '2026-07-01T10:00:00.000-04:00'],
	])('%s is %s in New York', (text, time) => {
		expect(normalized({ start_time: text }).start_time).toBe(time);
	});

	it("and Z where the cluster's clock is UTC", () => {
		expect(normalized({ start_time: '2026-07-01 10:00:00' }, { clusterZone: 'UTC' }).start_time).toBe('2026-07-01T10:00:00.000Z');
		expect(normalized({ start_time: '2026-01-01 10:00:00' }, { clusterZone: 'Europe/London' }).start_time).toBe('2026-01-01T10:00:00.000Z');
	});

	it('at any time of any day, also as clocks are changed', () => {
		fc.assert(
			fc.property(fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) }), fc.constantFrom(...zones), (at, clusterZone) => {
				const text = wallText(at, clusterZone);
				const time = String(normalized({ start_time: text }, { clusterZone, range: { start: at - 1000, end: at + 1000 } }).start_time);
				expect(Date.parse(time)).toBe(Math.floor(at / 1000) * 1000);
				expect(time.slice(0, 19)).toBe(text.replace(' ', 'T'));
			}),
		);
	});

	it.each(['2026-07-01T10:00:00.000Z', '2026-07-01T10:00:00+02:00', '2026-07-01T10:00:00.5-0330', 'yesterday', '', '2026-13-41 10:00:00', '2026-02-30 10:00:00', '2026-02-03 25:00:00', '2026-02-03 10:00:99'])(
		'%j stays as it is',
		(text) => {
			expect(normalized({ start_time: text }).start_time).toBe(text);
		},
	);

	it.each([
		['2026-07-01 10:00:00Z', '2026-07-01T06:00:00.000-04:00'],
		['2026-07-01 10:00:00+02:00', '2026-07-01T04:00:00.000-04:00'],
	])('%s has one already', (text, time) => {
		expect(normalized({ start_time: text }).start_time).toBe(time);
	});

	it('in the answers of a conversation as well, whatever else stands among them', () => {
		const row = { csat: [{ timestamp: '2026-07-01 10:00:00', answer: '2026-07-01 10:00:00' }, null, 7, { timestamp: 5 }] };
		expect(normalized(row)).toEqual({ csat: [{ timestamp: '2026-07-01T10:00:00.000-04:00', answer: '2026-07-01 10:00:00' }, null, 7, { timestamp: 5 }] });
		expect(normalized({ csat: 'none' })).toEqual({ csat: 'none' });
	});

	it('in every column of times, and in no other', () => {
		const text = '2026-07-01 10:00:00';
		expect(normalized({ end_time: text, answer_time: text, notes: text }, { report: calls })).toEqual({
			end_time: '2026-07-01T10:00:00.000-04:00',
			answer_time: '2026-07-01T10:00:00.000-04:00',
			notes: text,
		});
	});
});

describe('a time that comes twice, as clocks are set back,', () => {
	const text = '2026-11-01 01:30:00';

	it.each([
		['the first where that was asked for', '2026-11-01T05:00:00Z', '2026-11-01T05:45:00Z', '2026-11-01T01:30:00.000-04:00'],
		['the second where that was asked for', '2026-11-01T06:00:00Z', '2026-11-01T07:00:00Z', '2026-11-01T01:30:00.000-05:00'],
		['the first where both were', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', '2026-11-01T01:30:00.000-04:00'],
		['the first where neither was', '2026-12-01T00:00:00Z', '2026-12-02T00:00:00Z', '2026-11-01T01:30:00.000-04:00'],
	])('is %s', (_, start, end, time) => {
		const range = { start: Date.parse(start), end: Date.parse(end) };
		expect(normalized({ start_time: text }, { range }).start_time).toBe(time);
	});
});

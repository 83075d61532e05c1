import { DateTime } from 'luxon';

import { rangeBefore, rangeOf } from '../../../nodes/Samespace/parameters/range';

function beforeOf(form: { [name: string]: unknown }, now: string, zone: string): string {
	const at = DateTime.fromISO(now, { zone }).toMillis();
	const read = (name: string, fallback: unknown): unknown => form[name] ?? fallback;
	const { start, end } = rangeBefore(read, rangeOf(read, at, zone), at, zone);
	return [start, end].map((instant) => DateTime.fromMillis(instant, { zone }).toFormat('yyyy-MM-dd HH:mm:ss.SSS')).join(' to ');
}

describe('the period that a range is compared with', () => {
	it.each([
		['today', '2026-03-11T09:30', '2026-03-10 00:00:00.000 to 2026-03-10 09:30:00.000'],
		['yesterday', '2026-03-11T09:30', '2026-03-09 00:00:00.000 to 2026-03-09 23:59:59.999'],
		['last24Hours', '2026-03-11T09:30', '2026-03-09 09:30:00.000 to 2026-03-10 09:30:00.000'],
		['last7Days', '2026-03-11T09:30', '2026-02-26 00:00:00.000 to 2026-03-04 09:30:00.000'],
		['last30Days', '2026-03-11T09:30', '2026-01-11 00:00:00.000 to 2026-02-09 09:30:00.000'],
		['thisWeek', '2026-03-11T09:30', '2026-03-02 00:00:00.000 to 2026-03-04 09:30:00.000'],
		['lastWeek', '2026-03-11T09:30', '2026-02-23 00:00:00.000 to 2026-03-01 23:59:59.999'],
		['thisMonth', '2026-03-31T09:30', '2026-02-01 00:00:00.000 to 2026-02-28 09:30:00.000'],
		['lastMonth', '2026-03-31T09:30', '2026-01-01 00:00:00.000 to 2026-01-31 23:59:59.999'],
		['lastMonth', '2026-05-31T09:30', '2026-03-01 00:00:00.000 to 2026-03-31 23:59:59.999'],
	])('%s at %s is %s', (dateRange, now, wanted) => {
		expect(beforeOf({ dateRange }, now, 'Europe/Berlin')).toBe(wanted);
	});

	it.each([
		['2026-11-12', '2026-11-18', '2026-11-05 00:00:00.000 to 2026-11-11 23:59:59.999'],
		['2026-11-12', '2026-11-12', '2026-11-11 00:00:00.000 to 2026-11-11 23:59:59.999'],
		[DateTime.fromISO('2026-11-12T00:00', { zone: 'Europe/Berlin' }), DateTime.fromISO('2026-11-19T00:00', { zone: 'Europe/Berlin' }), '2026-11-05 00:00:00.000 to 2026-11-12 00:00:00.000'],
		['2026-11-12T08:00', '2026-11-12T18:00', '2026-11-11 08:00:00.000 to 2026-11-11 18:00:00.000'],
		['2026-11-12T20:00', '2026-11-13T23:00', '2026-11-10 20:00:00.000 to 2026-11-11 23:00:00.000'],
		['2026-10-26', '2026-10-26', '2026-10-25 00:00:00.000 to 2026-10-25 23:59:59.999'],
	])('custom from %s to %s is %s', (startTime, endTime, wanted) => {
		expect(beforeOf({ dateRange: 'custom', startTime, endTime }, '2026-11-20T12:00', 'Europe/Berlin')).toBe(wanted);
	});

	it('of a day whose midnight is missing is the whole day before', () => {
		expect(beforeOf({ dateRange: 'custom', startTime: '2026-04-24', endTime: '2026-04-24' }, '2026-05-01T12:00', 'Africa/Cairo')).toBe('2026-04-23 00:00:00.000 to 2026-04-23 23:59:59.999');
	});
});

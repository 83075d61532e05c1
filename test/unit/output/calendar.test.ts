import fc from 'fast-check';
import { DateTime } from 'luxon';

import { createPeriodName } from '../../../nodes/Samespace/output/calendar';
import { calls, productivity, type ReportRecord } from '../../../nodes/Samespace/reports';
import { createOutput } from '../../../nodes/Samespace/output';
import { finishedItems, planOf, rowsOf, vendorCall, vendorProductivity } from './vendor';

const hourIn = (timezone: string, ...instants: string[]) => {
	const nameAt = createPeriodName('hour', timezone);
	return instants.map((instant) => nameAt(Date.parse(instant)));
};

describe('an hour', () => {
	it('is named by its first instant', () => {
		expect(hourIn('Europe/Berlin', '2026-03-29T00:59:59.999Z', '2026-03-29T01:00:00Z')).toEqual([
			'2026-03-29T01:00:00.000+01:00',
			'2026-03-29T03:00:00.000+02:00',
		]);
	});

	it('that comes twice when summer time ends is two hours', () => {
		expect(hourIn('Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z')).toEqual([
			'2026-10-25T02:00:00.000+02:00',
			'2026-10-25T02:00:00.000+01:00',
		]);
		expect(hourIn('America/New_York', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z')).toEqual([
			'2026-11-01T01:00:00.000-04:00',
			'2026-11-01T01:00:00.000-05:00',
		]);
	});

	it('begins at the half of an hour of UTC where the offset is half an hour', () => {
		expect(hourIn('Asia/Kolkata', '2026-03-01T00:29:59Z', '2026-03-01T00:30:00Z')).toEqual([
			'2026-03-01T05:00:00.000+05:30',
			'2026-03-01T06:00:00.000+05:30',
		]);
	});

	it('lasts 90 minutes where clocks go back by 30, and 30 where they go forward', () => {
		const back = ['2026-04-04T14:10:00Z', '2026-04-04T15:20:00Z', '2026-04-04T15:30:00Z'];
		expect(hourIn('Australia/Lord_Howe', ...back)).toEqual([
			'2026-04-05T01:00:00.000+11:00',
			'2026-04-05T01:00:00.000+11:00',
			'2026-04-05T02:00:00.000+10:30',
		]);
		const forward = ['2026-10-03T15:29:00Z', '2026-10-03T15:35:00Z', '2026-10-03T16:00:00Z'];
		expect(hourIn('Australia/Lord_Howe', ...forward)).toEqual([
			'2026-10-04T01:00:00.000+10:30',
			'2026-10-04T02:30:00.000+11:00',
			'2026-10-04T03:00:00.000+11:00',
		]);
	});

	it('is right where clocks changed a minute after midnight', () => {
		expect(hourIn('America/St_Johns', '2010-11-07T02:30:30Z', '2010-11-07T02:31:30Z')).toEqual([
			'2010-11-07T00:00:00.000-02:30',
			'2010-11-06T23:00:00.000-02:30',
		]);
	});
});

it('days, weeks and months are those of the zone', () => {
	const instant = Date.parse('2025-12-28T18:30:00Z'); // Monday, midnight, in Kolkata
	const name = (group: 'day' | 'week' | 'month', timezone: string) => createPeriodName(group, timezone)(instant);
	expect([name('day', 'Asia/Kolkata'), name('day', 'UTC')]).toEqual(['2025-12-29', '2025-12-28']);
	expect([name('week', 'Asia/Kolkata'), name('week', 'UTC')]).toEqual(['2026-W01', '2025-W52']);
	expect([name('month', 'Pacific/Auckland'), name('month', 'UTC')]).toEqual(['2025-12', '2025-12']);
});

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'];
/** When clocks change in one of the zones. */
const changes = [
	'2026-03-08T07:00:00Z',
	'2026-03-29T01:00:00Z',
	'2026-04-04T15:00:00Z',
	'2026-10-03T15:30:00Z',
	'2026-10-25T01:00:00Z',
	'2026-11-01T06:00:00Z',
	'2010-11-07T02:31:00Z',
];
const within = (hours: number) => fc.integer({ min: -hours * 3_600_000, max: hours * 3_600_000 });
const nearChange = fc
	.tuple(fc.constantFrom(...changes), fc.oneof(within(1), within(2), within(36)))
	.map(([change, ms]) => Date.parse(change) + ms);

const anyGroup = fc.constantFrom('hour', 'day', 'week', 'month');

const byLuxon = {
	hour: (time: DateTime) => time.startOf('hour').toISO(),
	day: (time: DateTime) => time.toISODate(),
	week: (time: DateTime) => time.toISOWeekDate()?.slice(0, 8),
	month: (time: DateTime) => time.toISODate()?.slice(0, 7),
};

describe.each(zones)('in %s', (timezone) => {
	it.each(['hour', 'day', 'week', 'month'] as const)('the cached %s name is the one that luxon gives', (group) => {
		const nameAt = createPeriodName(group, timezone);
		fc.assert(
			fc.property(nearChange, (instant) => {
				expect(nameAt(instant)).toBe(byLuxon[group](DateTime.fromMillis(instant, { zone: timezone })));
			}),
			{ numRuns: 100 },
		);
	});

	it('sums by period equal the ungrouped sums across a change of clocks', async () => {
		const call = fc.record({
			start_time: nearChange.map((instant) => new Date(instant).toISOString()),
			answer_time: fc.constantFrom(null, '2026-03-29T00:30:00.000Z'),
			duration: fc.integer({ min: 0, max: 600 }),
			direction: fc.constantFrom('in', 'out'),
			termination_cause: fc.constantFrom('NO_ANSWER', 'NORMAL_CLEARING'),
		});
		const added = ['calls', 'inbound', 'inbound_answered', 'outbound', 'outbound_connected', 'talk_time_total'];
		await fc.assert(
			fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 30 }), anyGroup, async (records, group) => {
				const whole = await rowsOf({ output: 'summary', timezone }, records);
				const parts = await rowsOf({ output: 'summary', timezone, groupBy: [group] }, records);
				for (const name of added) expect(total(parts, name)).toBe(whole[0][name]);
				const names = parts.map((part) => part[group]);
				expect(new Set(names).size).toBe(names.length);
				const starts = group === 'hour' ? names.map((name) => Date.parse(String(name))) : names.map(String);
				expect(starts).toEqual([...starts].sort((a, b) => (a < b ? -1 : 1)));
			}),
			{ numRuns: 25 },
		);
	});
});

function total(rows: ReadonlyArray<{ [name: string]: unknown }>, name: string): number {
	return rows.reduce((sum, one) => sum + Number(one[name]), 0);
}

it('hours are sorted by time, also where the repeated one sorts differently as text', async () => {
	const at = (start_time: string): ReportRecord => ({ ...vendorCall, start_time });
	const records = [at('2026-10-25T01:30:00Z'), at('2026-10-25T00:30:00Z'), at('2026-10-25T02:30:00Z')];
	const rows = await rowsOf({ output: 'summary', timezone: 'Europe/Berlin', groupBy: ['hour'] }, records);
	expect(rows.map(({ hour, calls: count }) => [hour, count])).toEqual([
		['2026-10-25T02:00:00.000+02:00', 1],
		['2026-10-25T02:00:00.000+01:00', 1],
		['2026-10-25T03:00:00.000+01:00', 1],
	]);
});

it('a record without a readable time has its own group, the last one', async () => {
	const times = [null, '2026-03-01T10:00:00Z', 'yesterday', '2026-03-01 10:00:00', undefined];
	const records = times.map((start_time) => ({ ...vendorCall, start_time }));
	const rows = await rowsOf({ report: calls, output: 'summary', groupBy: ['day'] }, records);
	expect(rows.map(({ day, calls: count }) => [day, count])).toEqual([
		['2026-03-01', 1],
		[null, 4],
	]);
});

it('totals lie in the day of their middle, since their period may begin and end off midnight where clocks are set back', async () => {
	const plan = planOf({ report: productivity, output: 'summary', groupBy: ['day'], timezone: 'Europe/Berlin' });
	const output = createOutput(plan, async () => null);
	const midnights = ['2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'].map(Date.parse);
	const hour = 3_600_000;
	await output.take([vendorProductivity], { start: midnights[0] - hour, end: midnights[1] - 1000 });
	await output.take([vendorProductivity], { start: midnights[1] - 1000, end: midnights[2] + hour });
	await output.take([vendorProductivity], { start: midnights[1], end: midnights[1] });
	const rows = (await finishedItems(output)).map(({ json }) => json);
	expect(rows.map(({ day, conversations }) => [day, conversations])).toEqual([
		['2026-03-28', 1],
		['2026-03-29', 2],
	]);
});

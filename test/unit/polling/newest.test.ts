import { newestFew, pollEventNamed } from '../../../nodes/Samespace/polling';
import { call, dayMs, hourMs, idsOf, minuteMs, noon, Report } from './support';

const event = pollEventNamed('callCompleted');

async function newestOf(report: Report, count: number): Promise<unknown[]> {
	const outcome = await newestFew(event, count, noon, report.read);
	if (!outcome.ok) throw new Error('It failed');
	return idsOf(outcome.value);
}

describe('a manual test run', () => {
	it('shows the newest few, oldest first, whatever the order of the report', async () => {
		const report = new Report([3, 9, 1, 7, 5].map((minutes) => call(`${minutes}`, noon - minutes * minuteMs)));
		expect(await newestOf(report, 3)).toEqual(['5', '3', '1']);
		expect(report.ranges).toEqual([{ start: noon - 15 * minuteMs, end: noon }]);
	});

	it('looks back step by step, to 30 days, until there are enough', async () => {
		const report = new Report([call('a', noon - 20 * dayMs), call('b', noon - 3 * hourMs), call('c', noon - 40 * dayMs)]);
		expect(await newestOf(report, 3)).toEqual(['a', 'b']);
		expect(report.ranges.map(({ start }) => (noon - start) / minuteMs)).toEqual([15, 120, 1440, 7 * 1440, 30 * 1440]);
		expect(report.ranges.slice(1).map(({ end }) => end)).toEqual(report.ranges.slice(0, -1).map(({ start }) => start));
	});

	it('shows a record at the seam of two steps once', async () => {
		expect(await newestOf(new Report([call('a', noon - 15 * minuteMs)]), 3)).toEqual(['a']);
	});

	it('does not show a call that is still running', async () => {
		expect(await newestOf(new Report([call('a', noon - minuteMs, null)]), 3)).toEqual([]);
	});

	it('shows a record whose time cannot be read only where there is room', async () => {
		const report = new Report([{ _id: 'x', start_time: '?', end_time: '?' }, call('a', noon - minuteMs), call('b', noon - 2 * minuteMs)]);
		expect(await newestOf(report, 3)).toEqual(['x', 'b', 'a']);
		expect(await newestOf(report, 2)).toEqual(['b', 'a']);
	});

	it('gives back a failure as it is', async () => {
		const outcome = await newestFew(event, 3, noon, async () => await Promise.resolve({ kind: 'credential' }));
		expect(outcome).toEqual({ ok: false, failure: { kind: 'credential' } });
	});
});

import { newestFew, pollEventNamed, type PollReader } from '../../../nodes/Samespace/polling';
import { failed } from '../../../nodes/Samespace/reading';
import { call, dayMs, hourMs, idsOf, minuteMs, noon, Report } from './support';

const event = pollEventNamed('callCompleted');

async function newestOf(report: PollReader, count: number, of = event): Promise<unknown[]> {
	const outcome = await newestFew(of, count, noon, report);
	if (!outcome.ok) throw new Error('It failed');
	return idsOf(outcome.value);
}

/** Counts how often the newest were asked for, and how many. */
class Counted extends Report {
	readonly counts: number[] = [];

	override async newest(...[range, count]: Parameters<PollReader['newest']>): ReturnType<PollReader['newest']> {
		this.counts.push(count);
		return await super.newest(range, count);
	}
}

describe('a manual test run', () => {
	it('shows the newest few, oldest first', async () => {
		const report = new Counted([3, 9, 1, 7, 5].map((minutes) => call(`${minutes}`, noon - minutes * minuteMs)));
		expect(await newestOf(report, 3)).toEqual(['5', '3', '1']);
		expect(report.counts).toEqual([25]);
	});

	it('looks back 27 days', async () => {
		const report = new Report([call('a', noon - 20 * dayMs), call('b', noon - 3 * hourMs), call('c', noon - 40 * dayMs)]);
		expect(await newestOf(report, 3)).toEqual(['a', 'b']);
	});

	it('looks into more records where few of the newest are news', async () => {
		const answered = Array.from({ length: 100 }, (_, at) => ({ ...call(`${at}`, noon - at * minuteMs), direction: 'in', answer_time: 'x' }));
		const report = new Counted([...answered, { ...call('missed', noon - 200 * minuteMs), direction: 'in' }]);
		expect(await newestOf(report, 3, pollEventNamed('callMissed'))).toEqual(['missed']);
		expect(report.counts).toEqual([25, 1000]);
	});

	it('does not show a call that is still running', async () => {
		expect(await newestOf(new Report([call('a', noon - minuteMs, null)]), 3)).toEqual([]);
	});

	it('gives back a failure as it is', async () => {
		const newest = async (): ReturnType<PollReader['newest']> => await Promise.resolve(failed({ kind: 'credential' }));
		const outcome = await newestFew(event, 3, noon, { read: async () => await Promise.reject(new Error('not asked')), newest });
		expect(outcome).toEqual({ ok: false, failure: { kind: 'credential' } });
	});
});

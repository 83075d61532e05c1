import { failed, success, timeOf, type Outcome } from '../reading';
import type { News, PollEvent, PollReader } from './poll';

const reachMs = 27 * 86_400_000;
/** Of how many records the news is looked for, until there is enough. */
const countsRead = [25, 1000];

/** The newest few that a manual test run shows, oldest first: of the last 27 days. Knows no state. `now` is in ms since 1970. */
export async function newestFew(event: PollEvent, count: number, now: number, reader: PollReader): Promise<Outcome<Array<News['record']>>> {
	let news: Array<News & { time: number }> = [];
	for (const most of countsRead) {
		const newest = await reader.newest({ start: now - reachMs, end: now }, most);
		if (!newest.ok) return failed(newest.failure);
		news = newest.value.flatMap((record) => {
			const time = timeOf(record, event.report) ?? -Infinity;
			return Object.keys(record).length === 0 ? [] : event.newsOf(record, now).map((one) => ({ ...one, time }));
		});
		if (news.length >= count || newest.value.length < most) break;
	}
	const ordered = news.slice(0, count).sort((one, other) => one.time - other.time);
	return success(ordered.map(({ record }) => record));
}

import type { News, PollEvent } from '../../../../nodes/Samespace/polling';
import type { ReportRecord } from '../../../../nodes/Samespace/reports';

/** The event, quicker: what a record tells is worked out once, but for sessions, where it depends on when it is asked. */
export function withMemory(event: PollEvent): PollEvent {
	if (event.name === 'sessionActivity') return event;
	const known = new WeakMap<ReportRecord, News[]>();
	return {
		...event,
		newsOf(record, settled) {
			const news = known.get(record) ?? event.newsOf(record, settled);
			known.set(record, news);
			return news;
		},
	};
}

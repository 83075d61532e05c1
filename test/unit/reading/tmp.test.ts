import { read, spread, idsOf } from './reading.ts';
const cases: Array<[string, number, object, object]> = [
	['plain small', 40, {}, {}],
	['plain 3 pages', 25, {}, {}],
	['array', 25, { withTotal: false }, {}],
	['cap array', 95, { withTotal: false, cap: 7 }, { pageSize: 20 }],
	['cap', 95, { cap: 7 }, { pageSize: 20 }],
	['skipIgnored', 95, { skipIgnored: true }, {}],
	['limitIgnored', 95, { limitIgnored: true }, {}],
	['limitIgnored array', 95, { limitIgnored: true, withTotal: false }, {}],
	['both ignored array', 95, { limitIgnored: true, skipIgnored: true, withTotal: false }, {}],
	['times ignored', 95, { timesIgnored: true }, { days: 70 }],
	['times ignored start', 95, { timesIgnored: 'start' }, { days: 70 }],
	['times ignored end array', 95, { timesIgnored: 'end', withTotal: false }, { days: 70 }],
	['large', 600, {}, { concurrency: 4 }],
	['large newest', 600, { order: 'newestFirst' }, { concurrency: 4, order: 'newestFirst' }],
	['large array', 600, { withTotal: false }, { concurrency: 4 }],
	['unstable', 60, { order: 'unstable' }, {}],
	['limit', 600, {}, { limit: 5, order: 'newestFirst' }],
	['limit2', 60, {}, { limit: 5, order: 'newestFirst' }],
];
it.each(cases)('%s', async (name, count, behaviour, asked) => {
	const days = (asked as { days?: number }).days ?? 20;
	const records = spread(count, days);
	const r = await read(records, behaviour, asked);
	const want = idsOf(records).sort();
	const got = [...r.ids].sort();
	const missing = want.filter((id) => !got.includes(id)).length;
	console.log(name, 'requests', r.api.log.length, 'missing', missing, 'got', got.length, 'failure', JSON.stringify(r.failure), 'ms', r.tookMs, r.api.asked.slice(0, 12).join(' '));
});

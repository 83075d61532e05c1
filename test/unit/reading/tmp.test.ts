import { read, spread, idsOf, origin, dayMs } from './reading.ts';
it('removals', async () => {
	const records = [{ id: 'r0', at: origin }, { id: 'r1', at: origin }, { id: 'twin0', at: origin }, { id: 'twin1', at: origin }, { id: 'first', at: origin }, { id: 'last', at: origin + 88 * dayMs }];
	const r = await read(records, { latencyMs: () => 1, before: (n, recs) => { if (n === 5 || n === 7) recs.splice(0, 1); } }, { days: 88, pageSize: 3, concurrency: 3, order: 'newestFirst' });
	console.log(r.ids.join(), JSON.stringify(r.failure), r.api.records.map((x) => x.id).join(), JSON.stringify(r.statistics));
	for (const p of r.api.log) console.log(p.n, p.skip, p.limit, String(p.filters.start_time), String(p.filters.end_time), 'rows', p.rows, 'said', p.said);
});

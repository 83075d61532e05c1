/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits to see that nothing more is sent */
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator/index.ts';
import { ask, credentialFor, idsOf, type ReportName } from '../support/asking.ts';
import { PolledTrigger } from '../support/runNode.ts';

const range = { start: '2026-10-01T00:00:00.000Z', end: '2026-11-18T00:00:00.000Z' };

let cluster: Simulator;
afterEach(async () => await cluster.close());

async function start(switches: SimulatorOptions['switches']): Promise<void> {
	cluster = await startSimulator({ days: 60, callsPerDay: 60, now: '2026-11-20T00:00:00Z', switches });
}

const reports = ['calls', 'sessions', 'csat'] as const satisfies readonly ReportName[];

describe('the first run succeeds, without any option, against a cluster that', () => {
	it.each<[string, SimulatorOptions['switches']]>([
		['refuses a limit above 500 (U15)', { refusedLimit: 500 }],
		['refuses a limit above 100 with 413 (U15)', { refusedLimit: 100, refusalStatus: 413, refusalNamesField: false }],
		['refuses a limit above 10 with 422 (U15)', { refusedLimit: 10, refusalStatus: 422 }],
		['refuses what the page does not show (U18)', { refuses: 'undocumented' }],
		['refuses it without a word (U18)', { refuses: 'undocumented', refusalNamesField: false, refusalStatus: 422 }],
		['answers nothing with 204 (U19)', { nothingBody: 'noContent' }],
		['answers nothing with null (U19)', { nothingBody: 'null' }],
		['answers nothing with words (U19)', { nothingBody: 'message' }],
		['answers nothing with 404 (U19)', { nothingBody: 'message404' }],
	])('%s', async (_, switches) => {
		await start(switches);
		for (const report of reports) {
			const run = await ask(cluster, report, range);
			expect({ report, error: run.error?.message }).toEqual({ report, error: undefined });
			expect(idsOf(run.json as [])).toEqual(idsOf(cluster.truth[report](range) as []));
			const empty = await ask(cluster, report, { start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' });
			expect({ report, error: empty.error?.message, items: empty.items.length }).toEqual({ report, error: undefined, items: 0 });
		}
	}, 120_000);
});

it('what was refused is told in the hint, and the next run asks for it no more', async () => {
	await start({ refusedLimit: 100 });
	const first = await ask(cluster, 'calls', range);
	expect(first.hints.map(({ message }) => message)).toContainEqual(expect.stringContaining('pages have at most 100 rows'));
	cluster.clearLog();
	await ask(cluster, 'calls', range);
	expect(cluster.log.filter(({ status }) => status !== 200)).toEqual([]);
});

it('a run that asked for nothing that is refused has no hint, whatever runs before it have learnt', async () => {
	await start({ refusedLimit: 100, refuses: { calls: ['undocumentedFilters'] } });
	const direction = { filters: { custom: '{ "direction": "in" }' } };
	await ask(cluster, 'calls', range, { parameters: direction });
	const small = { options: { pageSize: 50 }, returnAll: false, limit: 5 };
	expect((await ask(cluster, 'calls', range, { parameters: small })).hints).toEqual([]);
	expect((await ask(cluster, 'calls', range)).hints.map(({ message }) => message)).toEqual([expect.stringMatching(/^Calls: .* so pages have at most 100 rows\.$/)]);
});

it('a trigger learns it, too', async () => {
	cluster = await startSimulator({ truth: {}, switches: { refusedLimit: 50 } });
	const trigger = new PolledTrigger({ event: 'callCompleted', output: 'raw', options: { settleSeconds: 0 } }, credentialFor(cluster));
	const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
	expect(await trigger.poll()).toEqual([]);
	cluster.addCall({ _id: 'a', start_time: ago(60), end_time: ago(30) });
	expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['a']);
});

it('after one input item has failed the others end', async () => {
	await start({});
	cluster.latencyMs = 20;
	const run = await ask(cluster, 'calls', range, {
		input: [{ to: range.end }, { to: 'never' }, { to: range.end }],
		parameters: { endTime: '={{ $json.to }}', options: { pageSize: 10 } },
	});
	expect(run.error?.message).toContain("'End Time' isn't a valid date");
	const sent = cluster.log.length;
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(cluster.log).toHaveLength(sent);
	expect(sent).toBeLessThan(20);
});

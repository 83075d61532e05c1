import type { IDataObject } from 'n8n-workflow';

import { PolledTrigger } from '../support/runNode.ts';
import { credentialOf, json, startRawCluster, type RawCluster } from './support/rawCluster.ts';
import { tallyOf } from './support/tally.ts';
import { inheritedNames, oddJson } from './support/values.ts';

// A page with a row that is no record is asked for again, with waits of some seconds in between.
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => await Promise.resolve() }));

const counted = tallyOf('polls of the trigger');

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
let cluster: RawCluster;
afterEach(async () => await cluster.close());

const trigger = (event: unknown, parameters: IDataObject = {}): PolledTrigger =>
	new PolledTrigger({ event: event as string, output: 'raw', options: { settleSeconds: 0 }, ...parameters }, credentialOf(cluster));

describe('one poisoned record', () => {
	const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
	const times = () => ({ start_time: ago(5), end_time: ago(4) });
	const poisons: { [what: string]: () => IDataObject } = {
		'with an object as id': () => ({ _id: { toString: 'x', valueOf: null }, ...times() }),
		'with a list as id': () => ({ _id: [['x']], ...times() }),
		'without an id': () => ({ caller: 'x', ...times() }),
		'with 150,000 answers': () => ({ _id: 'x', csat: Array.from({ length: 150_000 }, (_, n) => ({ _id: String(n), answer: '5', timestamp: ago(4) })), ...times() }),
		'whose answers are odd': () => ({ _id: 'x', csat: [null, 7, [], { answer: { toString: 1 } }, { _id: { a: 1 } }], ...times() }),
		'nested very deep': () => ({ _id: 'x', custom_data: 'DEEP', csat: [{ answer: 'DEEP' }], ...times() }),
		'that is a text': () => 'text' as never,
		'that is null': () => null as never,
		'that is a list': () => [1] as never,
		'whose time is no time': () => ({ _id: 'x', ...times(), start_time: 'Agent 7', activity: 'login', csat: [{ _id: 'x', answer: '5', timestamp: ago(4) }] }),
		'whose direction and answer time are objects': () => ({ _id: 'x', direction: { toString: 'x' }, answer_time: { toString: 'x' }, ...times() }),
		'whose activity is an object': () => ({ _id: 'x', activity: { toString: 'x' }, ...times() }),
		'whose end is an object': () => ({ _id: 'x', ...times(), end_time: { toString: 'x' } as never, logout_reason: { toString: 'x' } }),
	};

	it.each(Object.keys(poisons).flatMap((what) => ['callCompleted', 'sessionActivity', 'csatReceived'].map((event) => [what, event])))(
		'%s stops neither the others nor the next poll: %s',
		async (what, event) => {
			let rows: IDataObject[] = [];
			cluster = await startRawCluster((request, response) => {
				const body = JSON.stringify({ total: rows.length, data: rows }).replaceAll('"DEEP"', deep);
				json(body)(request, response);
			});
			const poll = trigger(event);
			expect(await poll.poll()).toEqual([]);
			const good = (id: string) => ({ _id: id, csat: [{ _id: id, answer: '5', timestamp: ago(3) }], activity: 'login', start_time: ago(3), end_time: ago(2) });
			rows = [good('first'), poisons[what]()];
			const came = await poll.poll();
			expect(came.map(({ _id }) => _id)).toContain('first');
			const isRecord = typeof rows[1] === 'object' && rows[1] !== null && !Array.isArray(rows[1]);
			expect(came).toHaveLength(!isRecord || (event === 'csatReceived' && rows[1].csat === undefined) ? 1 : 2);
			rows = [...rows, good('second')];
			expect((await poll.poll()).map(({ _id }) => _id)).toEqual(['second']);
			if (!isRecord) await expect(poll.poll()).rejects.toThrow("Samespace sent rows that aren't records");
			expect(await poll.poll()).toEqual([]);
			counted(4);
		},
	);
});

it('each inherited name, and each odd value, as event and output is a clear error', async () => {
	cluster = await startRawCluster(json({ total: 0, data: [] }));
	for (const value of [...inheritedNames, ...oddJson, 'summary', 'file', 'dashboard']) {
		for (const parameters of [{ event: value }, { output: value }]) {
			if (value === undefined || (typeof value === 'string' && value.startsWith('='))) continue;
			const poll = trigger('callCompleted', parameters as IDataObject).poll();
			await expect(poll).rejects.toMatchObject({ message: expect.stringMatching(/^'(Trigger On|Output)' is |did not expect/) as string, context: { itemIndex: 0 } });
			counted();
		}
	}
	expect(cluster.asked).toEqual([]);
}, 300_000);

it('each odd value among filters and options is a poll or a clear error', async () => {
	cluster = await startRawCluster(json({ total: 0, data: [] }));
	for (const name of ['lookbackMinutes', 'settleSeconds', 'maxItemsPerPoll', 'teamName', 'custom']) {
		for (const value of oddJson) {
			const at = ['teamName', 'custom'].includes(name) ? 'filters' : 'options';
			const poll = trigger('callCompleted', { [at]: { [name]: value } } as IDataObject).poll();
			await poll.catch((error: { message: string; context?: object }) => {
				expect(error.context).toMatchObject({ itemIndex: 0 });
			});
			counted();
		}
	}
}, 300_000);

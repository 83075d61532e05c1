import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Fault, type Simulator } from '../simulator/index.ts';
import { ask, asked } from '../support/asking.ts';
import type { NodeRun } from '../support/runNode.ts';
import { finalFaults, harmlessFaults, passingFaults, isRefusedDepth, places, plain, range, records, rowFaults, type FaultCase, type Place } from '../unit/reading/faultCases.ts';

const everyPlace = Object.keys(places) as Place[];
const everyCase = everyPlace.flatMap((place) => ([1, 4] as const).map((concurrency) => ({ place, concurrency })));

type Case = (typeof everyCase)[number];

/** A run with a fault at one page, and what the cluster saw of it. */
interface FaultyRun extends Case {
	ids: unknown[];
	error?: NodeRun['error'];
	/** In the order of arrival; with several under way, whatever their order. */
	sent: string[];
	hint?: string;
	cluster: Simulator;
}

/** All cases of a fault at once, each against a cluster of its own. */
async function runAll(fault: FaultCase, { cases = everyCase, times = 1, options = {} as IDataObject } = {}): Promise<FaultyRun[]> {
	return await Promise.all(cases.map(async (which) => await runOne(fault, which, { times, options })));
}

async function runOne(fault: FaultCase, { place, concurrency }: Case, { times, options }: { times: number; options: IDataObject }): Promise<FaultyRun> {
	const calls = records.map(({ id, at }) => ({ _id: id, start_time: new Date(at).toISOString(), end_time: new Date(at).toISOString() }));
	// What is sent together has arrived before the first answer goes out.
	const cluster = await startSimulator({ truth: { calls: calls as never[] }, now: range.end, latencyMs: 25 });
	const isThere = ({ body }: { body: unknown }): boolean => (body as { skip: number }).skip === places[place];
	cluster.faults.add({ ...fault.fault, when: isThere, times } as Fault);
	const run = await ask(cluster, 'calls', range, { parameters: { options: { pageSize: 10, timeout: 1, concurrency, sort: 'oldestFirst', ...options } } });
	await cluster.close();
	cluster.assertNoViolations();
	const sent = asked(cluster.log);
	return { place, concurrency, ids: run.json.map(({ _id }) => _id), error: run.error, sent: concurrency === 1 ? sent : sent.sort(), hint: run.hints[0]?.message, cluster };
}

function inOrder(sent: readonly string[], { concurrency }: Case): string[] {
	return concurrency === 1 ? [...sent] : [...sent].sort();
}

/** `plain` with the page at a place asked for so many times. */
function repeating(place: Place, times: number): string[] {
	return plain.flatMap((page) => (page.startsWith(`${places[place]}+`) ? Array.from({ length: times }, () => page) : [page]));
}

const truth = records.map(({ id }) => id);

describe.each(Object.entries(passingFaults))('%s', (_, fault) => {
	it('once, at the first, middle and last page, is got over by asking for that page again', async () => {
		for (const { ids, error, sent, hint, ...which } of await runAll(fault)) {
			expect({ ...which, cluster: null, error, ids, sent }).toEqual({ ...which, cluster: null, error: undefined, ids: truth, sent: inOrder(repeating(which.place, 2), which) });
			expect(hint).toBe('1 retry: Samespace was rate limiting, overloaded or unreachable for a moment.');
		}
	});

	it('that stays is an error that names it, and nothing is sent after it', async () => {
		for (const { error, ids, sent, ...which } of await runAll(fault, { times: 99, options: { maxRetries: 1 } })) {
			if (which.place !== 'first' && isRefusedDepth(fault)) {
				expect(ids).toEqual(truth);
				continue;
			}
			const all = repeating(which.place, 2);
			const expected = which.concurrency === 4 && which.place !== 'first' ? all : all.slice(0, places[which.place] / 10 + 2);
			expect({ ...which, cluster: null, title: error?.message, ids, sent }).toEqual({ ...which, cluster: null, title: fault.error, ids: [], sent: inOrder(expected, which) });
			expect(error?.description).toContain('The request was tried 2 times.');
			expect(error?.context).toMatchObject({ itemIndex: 0 });
		}
	});
});

describe.each(Object.entries(finalFaults))('%s', (_, fault) => {
	it('at the first, middle and last page, is an error at once', async () => {
		for (const { error, ids, sent, ...which } of await runAll(fault, { times: 99 })) {
			if (which.place !== 'first' && isRefusedDepth(fault)) {
				expect(ids).toEqual(truth);
				continue;
			}
			const expected = which.concurrency === 4 && which.place !== 'first' ? plain : plain.slice(0, places[which.place] / 10 + 1);
			expect({ ...which, cluster: null, title: error?.message, ids, sent }).toEqual({ ...which, cluster: null, title: fault.error, ids: [], sent: inOrder(expected, which) });
		}
	});
});

describe.each(Object.entries(harmlessFaults))('%s', (name, fault) => {
	it('at the first, middle and last page, makes no difference', async () => {
		for (const { error, ids, sent, ...which } of await runAll(fault, { options: { timeout: 20 } })) {
			const expected = truth.map((id, n) => (name === 'a record without an id' && n === places[which.place] ? undefined : id));
			expect({ ...which, cluster: null, error, ids, sent }).toEqual({ ...which, cluster: null, error: undefined, ids: expected, sent: inOrder(plain, which) });
		}
	});
});

describe.each(Object.entries(rowFaults))('%s', (name, fault) => {
	it('at the first, middle and last page, is noticed, and every record comes out once', async () => {
		for (const { cluster, error, ids, sent, ...which } of await runAll(fault)) {
			expect({ ...which, error }).toEqual({ ...which, error: undefined });
			expect(sent.length).toBeLessThanOrEqual(4 * plain.length);
			const removedUnseen = name === 'a record that is removed' && which.place === 'first' ? [truth[0]] : [];
			const everThere = new Set([...truth, ...cluster.truth.calls(range).map(({ _id }) => _id)]);
			expect([...removedUnseen, ...ids].sort()).toEqual([...everThere].sort());
		}
	});
});

it('an empty page at the first page of every window is an error that says when and how many', async () => {
	for (const { error, ids, sent } of await runAll(rowFaults['an empty page'], { times: 999, cases: everyCase.slice(0, 2) })) {
		expect({ title: error?.message, ids }).toEqual({ title: 'The report is incomplete', ids: [] });
		expect(error?.description).toMatch(/^From 2026-01-\d\dT.* to 2026-01-\d\dT.*, Samespace announced \d+ rows?, but \d+ arrived\. /);
		expect(sent.length).toBeLessThan(200);
	}
});

it.each(['a total five too high', 'half a total'])('%s at the first page of every window is an error, or seen to be wrong', async (name) => {
	for (const { error, ids } of await runAll(rowFaults[name], { times: 999, cases: everyCase.slice(0, 2) })) {
		if (error) expect(error.message).toBe('The report is incomplete');
		else expect(ids).toEqual(truth);
	}
});

it("with 'If Incomplete' on 'Warn', a total five too high in every window gives every record, and a warning", async () => {
	const [{ error, ids, hint }] = await runAll(rowFaults['a total five too high'], { times: 999, cases: everyCase.slice(0, 1), options: { onIncomplete: 'warn' } });
	expect({ error, ids: ids.sort() }).toEqual({ error: undefined, ids: truth });
	expect(hint).toMatch(/^The report is incomplete\. From .*, Samespace announced .* didn't help\./);
});

import type { ErrorShape, Fault } from './index.ts';
import { ask, page, pathOf, send } from './testing/client.ts';
import { sharedSimulator } from './testing/sharedSimulator.ts';

const shared = sharedSimulator({ now: '2026-03-15T12:00:00.000Z', days: 20 });
const day = { start: '2026-03-10T00:00:00.000Z', end: '2026-03-11T00:00:00.000Z' };

describe('U24 a gateway between', () => {
	it.each([520, 521, 522, 523, 524, 529, 530])('answers %i once, as a web page', async (status) => {
		const { simulator } = shared;
		simulator.faults.add({ kind: 'status', status, errorBody: 'html' });
		const answer = await ask(simulator, 'calls', day);
		expect(answer).toMatchObject({ status, headers: { 'content-type': 'text/html' } });
		expect(answer.text).toContain(`<title>${status}</title>`);
		expect((await page(simulator, 'calls', day)).data).toEqual(simulator.truth.calls(day));
	});

	it('stalls in the middle of a body until the client gives up', async () => {
		const { simulator } = shared;
		simulator.faults.add({ kind: 'stallMidBody' });
		const body = { filters: { start_time: day.start, end_time: day.end } };
		const before = performance.now();
		await expect(send(simulator, { path: pathOf.calls, body, giveUpMs: 80 })).rejects.toThrow(/gave up|aborted/);
		expect(performance.now() - before).toBeGreaterThan(75);
		expect(simulator.log[0]).toMatchObject({ status: 200, finished: false });
		expect((await page(simulator, 'calls', day)).data).toEqual(simulator.truth.calls(day));
	});
});

describe('U26 an error in a status of 200', () => {
	it.each<[ErrorShape | undefined, string | undefined, unknown]>([
		[undefined, undefined, { code: 500, message: 'Internal error', data: null }],
		['code', 'down', { code: 500, message: 'down', data: null }],
		['status', undefined, { status: 'error', message: 'Query timed out', data: [] }],
		['error', undefined, { error: 'Internal error' }],
		['errorObject', 'busy', { error: { message: 'busy' } }],
	])('of the shape %s, once', async (shape, message, json) => {
		const { simulator } = shared;
		simulator.faults.add({ kind: 'error200', shape, message });
		expect(await ask(simulator, 'calls', day)).toMatchObject({ status: 200, json });
		expect(simulator.log[0]).toMatchObject({ status: 200, rows: null, total: null });
		expect((await page(simulator, 'calls', day)).data).toEqual(simulator.truth.calls(day));
	});

	it.each<[Extract<Fault, { kind: 'harmlessError' }>['value']]>([[0], [null], [{}]])(
		'but error %j beside rows is none',
		async (value) => {
			const { simulator } = shared;
			simulator.faults.add({ kind: 'harmlessError', value, times: 3 });
			const data = simulator.truth.calls(day);
			expect((await ask(simulator, 'calls', day)).json).toEqual({ total: data.length, data, error: value });
			shared.set({ envelope: 'dataOnly' });
			expect((await ask(simulator, 'calls', day)).json).toEqual({ data, error: value });
			shared.set({ envelope: 'array' });
			expect((await ask(simulator, 'calls', day)).json).toEqual(data);
		},
	);
});

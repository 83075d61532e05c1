/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits a turn */
import type { Child } from '../../../playground/child.ts';
import { keepRunning } from '../../support/keepRunning.ts';

/** Programs that are started one after another, and how each ends. */
function programs(startFails: readonly boolean[] = []): { started: Array<{ end: () => void; killed: boolean }>; start: () => Promise<Child> } {
	const started: Array<{ end: () => void; killed: boolean }> = [];
	const start = async (): Promise<Child> => {
		const number = started.length;
		let end: () => void = () => undefined;
		const ended = new Promise<number>((resolve) => (end = () => resolve(1)));
		const one = { end, killed: false };
		started.push(one);
		if (startFails[number]) throw new Error(`${number} did not start`);
		return { ended, output: () => `output of ${number}`, kill: async () => await Promise.resolve(void ((one.killed = true), end())) } as unknown as Child;
	};
	return { started, start };
}

const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

it('what ends by itself is started again; what is killed is not', async () => {
	const { started, start } = programs();
	const kept = await keepRunning({ start });
	started[0].end();
	await turn();
	expect(started).toHaveLength(2);
	expect(kept.output()).toBe('output of 1');
	await kept.kill();
	await turn();
	expect(started.map(({ killed }) => killed)).toEqual([false, true]);
});

it('what ends before it is ready is started again, three times at most', async () => {
	const some = programs([true]);
	await keepRunning({ start: some.start });
	expect(some.started).toHaveLength(2);
	const all = programs([true, true, true, true, true]);
	await expect(keepRunning({ start: all.start })).rejects.toThrow('did not start');
	expect(all.started).toHaveLength(4);
});

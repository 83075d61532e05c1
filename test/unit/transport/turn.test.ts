/* eslint-disable @n8n/community-nodes/no-restricted-globals -- watches whether others get their turn */
import { inTurn } from '../../../nodes/Samespace/transport';

function busyFor(ms: number): void {
	for (const end = performance.now() + ms; performance.now() < end; );
}

it('pieces of work come one after another, and a timer gets its turn between them', async () => {
	const order: string[] = [];
	const timer = setInterval(() => order.push('timer'), 1);
	const all = [1, 2, 3, 4, 5].map(async (n) => await inTurn(() => (busyFor(20), order.push(String(n)), n)));
	expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5]);
	clearInterval(timer);
	expect(order.filter((what) => what !== 'timer')).toEqual(['1', '2', '3', '4', '5']);
	for (const n of ['2', '3', '4', '5']) expect(order[order.indexOf(n) - 1]).toBe('timer');
});

it('what one piece throws reaches whoever asked for it, and nobody else', async () => {
	const failing = inTurn(() => {
		throw new RangeError('this one');
	});
	const next = inTurn(() => 'next');
	await expect(failing).rejects.toThrow('this one');
	expect(await next).toBe('next');
});
